// Secrets by name and ARN, and the stages of their versions.
import {
  CURRENT,
  moveStage,
  PREVIOUS,
  type Secret,
  Secrets,
  type SecretVersion,
} from '../../../engine/src/domain/secrets';
import { ENV } from '../scenarios/stage';

const version = (id: string, ...stages: string[]): SecretVersion => ({
  id,
  text: id,
  binary: undefined,
  createdAt: 0,
  stages: new Set(stages),
});

function secret(secrets: Secrets, name: string, more: Partial<Secret> = {}): Secret {
  const made = { name, arn: secrets.arnFor(ENV, name), goneAt: undefined, versions: new Map(), ...more };
  return secrets.put(ENV, made as unknown as Secret);
}

test('a secret is found by its name, by its ARN, and by that without the six characters', () => {
  const secrets = new Secrets();
  const one = secret(secrets, 'team/one');
  secret(secrets, 'team/two');
  expect(one.arn).toMatch(/^arn:aws:secretsmanager:eu-central-1:111122223333:secret:team\/one-[0-9a-f]{6}$/);
  for (const called of ['team/one', one.arn, one.arn.slice(0, -7)]) {
    expect(secrets.tryFind(ENV, called, 0)).toBe(one);
  }
  expect(secrets.tryFind(ENV, 'team', 0)).toBeUndefined();
  expect(secrets.tryFind({ ...ENV, region: 'eu-west-1' }, 'team/one', 0)).toBeUndefined();
  secrets.remove(ENV, one);
  expect(secrets.tryFind(ENV, 'team/one', 0)).toBeUndefined();
});

test('a name that is made again has another ARN', () => {
  const secrets = new Secrets();
  const arns = [1, 2, 3].map(() => secrets.arnFor(ENV, 'one'));
  expect(new Set(arns).size).toBe(3);
  expect(new Secrets().arnFor(ENV, 'one')).toBe(arns[0]);
  expect(secrets.arnFor({ ...ENV, region: 'eu-west-1' }, 'one')).toContain(':eu-west-1:');
});

test('what was deleted is listed until it is gone for good', () => {
  const secrets = new Secrets();
  secret(secrets, 'b');
  secret(secrets, 'a', { goneAt: 10 });
  const names = (now: number) => secrets.list(ENV, now).map(({ name }) => name);
  expect([names(9), names(10)]).toEqual([['a', 'b'], ['b']]);
});

describe('a stage', () => {
  const stagesOf = (held: Secret) =>
    [...held.versions.values()].map(({ id, stages }) => `${id} ${[...stages].sort().join()}`);
  const of = (...versions: SecretVersion[]) =>
    ({ versions: new Map(versions.map((one) => [one.id, one])) }) as unknown as Secret;

  test('of the current version moves, and whoever had it is the previous one, alone', () => {
    const held = of(version('1', PREVIOUS), version('2', CURRENT), version('3'));
    moveStage(held, CURRENT, held.versions.get('3'));
    expect(stagesOf(held)).toEqual(['1 ', `2 ${PREVIOUS}`, `3 ${CURRENT}`]);
    moveStage(held, CURRENT, held.versions.get('3'));
    expect(stagesOf(held)).toEqual(['1 ', `2 ${PREVIOUS}`, `3 ${CURRENT}`]);
  });

  test('of another name moves alone, and may be taken away', () => {
    const held = of(version('1', 'green', PREVIOUS), version('2', CURRENT));
    moveStage(held, 'green', held.versions.get('2'));
    expect(stagesOf(held)).toEqual([`1 ${PREVIOUS}`, `2 ${CURRENT},green`]);
    moveStage(held, 'green', undefined);
    expect(stagesOf(held)).toEqual([`1 ${PREVIOUS}`, `2 ${CURRENT}`]);
  });

  test('of the first version has nobody before it', () => {
    const held = of(version('1'), version('2', PREVIOUS));
    moveStage(held, CURRENT, held.versions.get('1'));
    expect(stagesOf(held)).toEqual([`1 ${CURRENT}`, `2 ${PREVIOUS}`]);
  });
});
