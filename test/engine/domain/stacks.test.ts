// Stacks by name and id, their resources and their events.
import { STACK, Stack, Stacks } from '../../../engine/src/domain/stacks';
import { ENV, world } from '../scenarios/stage';

const ABROAD = { ...ENV, region: 'eu-west-1' };

function staged(): { stacks: Stacks; stack: Stack } {
  const stacks = new Stacks(world('2027-01-01', {}).ledger);
  return { stacks, stack: stacks.add(ENV, 'shop') };
}

test('a stack begins without protection, and a rollback is not turned off', () => {
  const { stack } = staged();
  expect([stack.terminationProtection, stack.disableRollback, stack.root]).toEqual([false, false, undefined]);
});

test('the root of a stack is the outermost that it is nested in', () => {
  const { stacks, stack } = staged();
  const inner = stacks.add(ENV, 'inner', stack);
  const innermost = stacks.add(ENV, 'innermost', inner);
  expect([inner.root, innermost.root]).toEqual([stack, stack]);
});

test('a stack is found by its name while it stands, by its id always, and where it is alone', () => {
  const { stacks, stack } = staged();
  const abroad = stacks.add(ABROAD, 'shop');
  for (const called of ['shop', stack.id]) {
    expect(stacks.tryFind(ENV, called)).toBe(stack);
  }
  expect(stacks.tryFind(ABROAD, 'shop')).toBe(abroad);
  expect(stacks.tryFind(ABROAD, stack.id)).toBeUndefined();
  stacks.remove(stack);
  expect([stacks.tryFind(ENV, 'shop'), stacks.tryFind(ENV, stack.id)]).toEqual([undefined, stack]);
});

test('all stacks of a place are listed, the latest first, those that are gone among them', () => {
  const { stacks, stack } = staged();
  stacks.add(ABROAD, 'shop');
  const second = stacks.add(ENV, 'second');
  stacks.remove(stack);
  const again = stacks.add(ENV, 'shop');
  expect(stacks.all(ENV)).toEqual([again, second, stack]);
  expect([stack.incarnation, second.incarnation, again.incarnation]).toEqual([0, 0, 1]);
  expect(again.id).not.toBe(stack.id);
});

describe('a resource of a stack', () => {
  const TYPE = 'AWS::SQS::Queue';
  const at = (physicalId: string | undefined, type = TYPE) => ({ logicalId: 'Queue', type, physicalId });
  const made = (physicalId: string) => ({
    logicalId: 'Queue',
    type: TYPE,
    physicalId,
    properties: {},
    attributes: {},
    generation: 0,
    tags: {},
    metadata: {},
    deletionPolicy: 'Delete' as const,
    updateReplacePolicy: 'Delete' as const,
  });
  const lineOf = (stack: Stack) => {
    const line = stack.resources.get('Queue');
    return [line?.type, line?.physicalId, line?.status];
  };

  test('shows its last status, under its id once it has one', () => {
    const { stacks, stack } = staged();
    stacks.moveResource(stack, at(undefined), 'CREATE_IN_PROGRESS');
    expect(lineOf(stack)).toEqual([TYPE, undefined, 'CREATE_IN_PROGRESS']);
    stacks.moveResource(stack, at('one'), 'CREATE_COMPLETE');
    expect(lineOf(stack)).toEqual([TYPE, 'one', 'CREATE_COMPLETE']);
  });

  test('that another has taken the place of has events alone', () => {
    const { stacks, stack } = staged();
    stacks.moveResource(stack, at('two'), 'UPDATE_COMPLETE');
    Object.assign(stack.resources.get('Queue') ?? {}, { made: made('two') });
    stacks.moveResource(stack, at('one'), 'DELETE_COMPLETE');
    expect(lineOf(stack)).toEqual([TYPE, 'two', 'UPDATE_COMPLETE']);
    expect(stack.events.map(({ physicalId, status }) => [physicalId, status])).toEqual([
      ['two', 'UPDATE_COMPLETE'],
      ['one', 'DELETE_COMPLETE'],
    ]);
    stacks.moveResource(stack, at('two'), 'UPDATE_IN_PROGRESS');
    expect(lineOf(stack)).toEqual([TYPE, 'two', 'UPDATE_IN_PROGRESS']);
    stacks.moveResource(stack, at(undefined), 'UPDATE_FAILED');
    expect(lineOf(stack)).toEqual([TYPE, undefined, 'UPDATE_FAILED']);
  });

  test('of another type is another resource', () => {
    const { stacks, stack } = staged();
    stacks.moveResource(stack, at('one'), 'CREATE_COMPLETE');
    Object.assign(stack.resources.get('Queue') ?? {}, { made: made('one') });
    stacks.moveResource(stack, at('two', 'AWS::SNS::Topic'), 'CREATE_IN_PROGRESS');
    expect(lineOf(stack)).toEqual(['AWS::SNS::Topic', 'two', 'CREATE_IN_PROGRESS']);
    expect(stack.standing()).toEqual([]);
  });
});

test('an export is found by its name among those of the place', () => {
  const { stacks, stack } = staged();
  const output = (key: string, exportName: string | undefined) => ({
    key,
    value: `v-${key}`,
    description: undefined,
    exportName,
  });
  stack.outputs = [output('none', undefined), output('one', 'first'), output('two', 'second')];
  expect(stacks.exporting(ENV, 'second')).toEqual({ stack, value: 'v-two' });
  expect([stacks.exporting(ENV, 'third'), stacks.exporting(ABROAD, 'first')]).toEqual([undefined, undefined]);
});

test('events have ids of their own, which name the resource that they are about', () => {
  const { stacks, stack } = staged();
  stacks.move(stack, 'CREATE_IN_PROGRESS');
  stacks.moveResource(
    stack,
    { logicalId: 'Queue', type: 'AWS::SQS::Queue', physicalId: undefined },
    'CREATE_IN_PROGRESS',
  );
  stacks.move(stack, 'CREATE_COMPLETE');
  const other = stacks.add(ENV, 'other');
  stacks.move(other, 'CREATE_IN_PROGRESS');
  const ids = [...stack.events, ...other.events].map(({ id }) => id);
  const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
  expect(ids[0]).toMatch(new RegExp(`^${UUID}$`));
  expect(ids[1]).toMatch(new RegExp(`^Queue-CREATE_IN_PROGRESS-${UUID}$`));
  expect(new Set(ids).size).toBe(4);
  expect(stack.events.map(({ type }) => type === STACK)).toEqual([true, false, true]);
});
