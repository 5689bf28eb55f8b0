// Stack sets by name, id and ARN, and the ids of what they do.
import type { StackSetDesign } from '../../../engine/src/domain/stack-sets';
import { StackSets } from '../../../engine/src/domain/stack-sets';
import { ENV, world } from '../scenarios/stage';

const DESIGN = {} as StackSetDesign;
const staged = () => new StackSets(world('2027-01-01', {}).ledger);

test('a stack set is found by its name, its id and its ARN, in its own account and Region alone', () => {
  const sets = staged();
  const set = sets.add(ENV, 'base', DESIGN);
  sets.add(ENV, 'another', DESIGN);
  expect(set.id).toMatch(/^base:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(set.arn).toBe(`arn:aws:cloudformation:eu-central-1:111122223333:stackset/${set.id}`);
  for (const called of ['base', set.id, set.arn]) {
    expect(sets.tryFind(ENV, called)).toBe(set);
    expect(sets.tryFind({ ...ENV, region: 'eu-west-1' }, called)).toBeUndefined();
  }
  expect(sets.tryFind(ENV, 'base:')).toBeUndefined();
});

test('ids differ by account, Region, name and turn, and are the same in the same World again', () => {
  const idsOf = () => {
    const sets = staged();
    const places = [ENV, ENV, { ...ENV, region: 'eu-west-1' }, { ...ENV, account: '444455556666' }];
    const made = places.map((env) => sets.add(env, 'base', DESIGN));
    const operations = made.flatMap((set) => [1, 2].map(() => sets.operate(set, 'CREATE', undefined).id));
    return [...made.map(({ id }) => id), ...operations];
  };
  const ids = idsOf();
  expect(new Set(ids).size).toBe(ids.length);
  expect(idsOf()).toEqual(ids);
  const alone = (env: typeof ENV, name: string) => staged().add(env, name, DESIGN).id.split(':')[1];
  const first = alone(ENV, 'base');
  expect(alone(ENV, 'base')).toBe(first);
  expect(alone(ENV, 'other')).not.toBe(first);
  expect(alone({ ...ENV, region: 'eu-west-1' }, 'base')).not.toBe(first);
});

test('an operation has the id that the caller gave it', () => {
  const sets = staged();
  const set = sets.add(ENV, 'base', DESIGN);
  expect(sets.operate(set, 'DELETE', 'mine').id).toBe('mine');
  expect(set.operations.map(({ id, status }) => [id, status])).toEqual([['mine', 'SUCCEEDED']]);
});
