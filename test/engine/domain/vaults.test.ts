import { Vaults } from '../../../engine/src/domain/vaults';
import { Names } from '../../../engine/src/kernel/names';
import { ENV, vault, vaultArn } from '../scenarios/stage';

function made(...names: string[]): Vaults {
  const vaults = new Vaults(new Names());
  for (const name of names) {
    vaults.add({ ...vault(name), name, env: ENV } as never);
  }
  return vaults;
}

test('vaults that stand are listed by ARN, in whatever order they were made', () => {
  for (const order of [
    ['a', 'b', 'c'],
    ['c', 'b', 'a'],
    ['b', 'c', 'a'],
  ]) {
    expect(
      made(...order)
        .standing()
        .map(({ arn }) => arn),
    ).toEqual(['a', 'b', 'c'].map((name) => vaultArn(name)));
  }
});

test('vaults of an account and Region are those alone, by ARN, without what was deleted', () => {
  const vaults = made('c', 'a', 'd', 'b');
  const elsewhere = { ...ENV, region: 'eu-west-1' };
  const away = vaults.add({ ...vault('a'), name: 'a', env: elsewhere } as never);
  expect(vaults.at(ENV).map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
  expect(vaults.at(elsewhere)).toEqual([away]);
  vaults.remove(vaults.tryFind(ENV, 'b')!);
  vaults.remove(away);
  expect(vaults.at(ENV).map(({ name }) => name)).toEqual(['a', 'c', 'd']);
  expect([vaults.at(elsewhere), vaults.at({ ...ENV, account: '999988887777' })]).toEqual([[], []]);
});

test('a vault that is deleted is found by its number alone, and tells nothing more', () => {
  const vaults = made('a', 'b');
  const [a] = vaults.standing();
  a!.notifications = { snsTopicArn: 'arn:aws:sns:eu-central-1:111122223333:t', backupVaultEvents: [] };
  vaults.remove(a!);
  expect([vaults.tryFind(ENV, 'a'), vaults.tryFindByArn(vaultArn('a'))]).toEqual([undefined, undefined]);
  expect(vaults.standing()).toEqual([vaults.find(1)]);
  expect(vaults.find(0)).toMatchObject({ deleted: true, notifications: undefined });
  expect(() => vaults.find(2)).toThrow('no vault 2 among 2');
  const again = vaults.add(a!.made);
  expect(vaults.tryFind(ENV, 'a')).toBe(again);
  expect(again).not.toBe(a);
});
