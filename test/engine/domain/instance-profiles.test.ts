// Instance profiles by account.
import { type InstanceProfile, InstanceProfiles } from '../../../engine/src/domain/instance-profiles';
import { ENV } from '../scenarios/stage';

test('profiles are those of an account and partition, by name', () => {
  const profiles = new InstanceProfiles();
  const made = (name: string) => ({ name }) as InstanceProfile;
  for (const name of ['c', 'a', 'b']) {
    profiles.put(ENV, made(name));
  }
  profiles.put({ ...ENV, account: '444455556666' }, made('d'));
  profiles.put({ ...ENV, partition: 'aws-cn' }, made('e'));
  const names = (env = ENV) => profiles.list(env).map(({ name }) => name);
  expect([names(), names({ ...ENV, account: '444455556666' }), names({ ...ENV, partition: 'aws-cn' })]).toEqual([
    ['a', 'b', 'c'],
    ['d'],
    ['e'],
  ]);
  expect(profiles.tryFind(ENV, 'a')).toEqual({ name: 'a' });
  profiles.remove(ENV, 'a');
  expect([profiles.tryFind(ENV, 'a'), names()]).toEqual([undefined, ['b', 'c']]);
});
