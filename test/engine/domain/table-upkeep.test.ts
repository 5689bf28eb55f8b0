// What befalls tables beside writes: expiry, sizes, tokens, backups, and an end.
import type { Item } from '../../../engine/src/domain/attribute-values';
import type { Resource } from '../../../engine/src/domain/protected-resources';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { DAY, MINUTE, SECOND } from '../../../engine/src/kernel/instant';
import { ENV, resource, until, world } from '../scenarios/stage';

const START = Date.UTC(2027, 0, 1);
const TABLE = resource('dynamodb', 'orders');
const GIB = 2 ** 30;

function staged(more: object = {}) {
  const state = world('2027-01-01', { resources: [TABLE] });
  state.ledger.particulars.tables.put(TABLE.arn, more);
  return {
    state,
    items: state.tableItems,
    table: state.ledger.resources.find(state.ledger.resources.tryFind(TABLE.arn)!.number),
  };
}

function put(state: WorldState, table: Resource, id: string, more: Item = {}): void {
  const item = { id: { S: id }, ...more };
  state.tableItems.write(table, state.tableItems.of(table).keyOf(item), item);
}

const idsOf = ({ tableItems }: WorldState, table: Resource) =>
  [...tableItems.of(table).rows.rows()].map(({ item }) => item['id']?.S).sort();

describe('items', () => {
  const ends = (instant: number): Item => ({ ends: { N: `${instant / SECOND}` } });

  test('go the first midnight that is a day after they expired, unless that is five years ago', () => {
    const { state, table } = staged({ timeToLiveAttribute: 'ends' });
    put(state, table, 'at-once', ends(START));
    put(state, table, 'a second later', ends(START + SECOND));
    put(state, table, 'five years ago', ends(START + DAY - 5 * 365 * DAY));
    put(state, table, 'not quite', ends(START + DAY - 5 * 365 * DAY + SECOND));
    put(state, table, 'without');
    put(state, table, 'as text', { ends: { S: '1' } });
    const rest = ['as text', 'five years ago', 'without'];
    until(state, '2027-01-02T00:00:00Z');
    expect(idsOf(state, table)).toHaveLength(6);
    until(state, '2027-01-02T00:00:00.001Z');
    expect(idsOf(state, table)).toEqual(['a second later', ...rest]);
    until(state, '2027-01-03T00:00:00.001Z');
    expect(idsOf(state, table)).toEqual(rest);
  });

  test('stay where the table has no attribute that says when they expire, or has it no more', () => {
    const { state, table } = staged({ timeToLiveAttribute: 'ends' });
    put(state, table, 'a', ends(START));
    state.ledger.particulars.tables.put(TABLE.arn, { timeToLiveAttribute: undefined });
    until(state, '2027-01-05');
    expect(idsOf(state, table)).toEqual(['a']);
  });
});

describe('the size of a table', () => {
  const large = { text: { S: 'x'.repeat(1000) } };

  test.each([
    ['that was created here', true],
    ['that has items', false],
  ])('%s is that of its items, until somebody says another', (_what, created) => {
    const { state, items, table } = staged();
    expect(table.declaration.sizeGiB).toBe(1);
    if (created) {
      items.created(table);
    }
    put(state, table, 'a', large);
    const size = items.of(table).rows.sizeBytes;
    expect(size).toBeGreaterThan(1000);
    expect(table.declaration.sizeGiB).toBe(size / GIB);
    put(state, table, 'b', large);
    expect(table.declaration.sizeGiB).toBe((2 * size) / GIB);
    table.describe({ ...table.declaration, sizeGiB: 7 }, table.service.id);
    put(state, table, 'c', large);
    expect(table.declaration.sizeGiB).toBe(7);
  });

  test('that was created here is what somebody said of it before it had any items', () => {
    const { state, items, table } = staged();
    items.created(table);
    table.describe({ ...table.declaration, sizeGiB: 7 }, table.service.id);
    put(state, table, 'a', large);
    expect(table.declaration.sizeGiB).toBe(7);
  });
});

test('a token of a transaction is remembered for ten minutes, in its account and Region', () => {
  const { state, items } = staged();
  items.rememberTransaction(ENV, 'one', 'asked', 'answer');
  until(state, '2027-01-01T00:05:00Z');
  items.rememberTransaction(ENV, 'two', 'asked', 'answer');
  expect(items.tryFindTransaction(ENV, 'one')).toEqual({ at: START, asked: 'asked', answer: 'answer' });
  expect(items.tryFindTransaction({ ...ENV, region: 'us-west-2' }, 'one')).toBeUndefined();
  until(state, '2027-01-01T00:09:59.999Z');
  items.rememberTransaction(ENV, 'three', 'asked', 'answer');
  expect(items.tryFindTransaction(ENV, 'one')).toBeDefined();
  until(state, '2027-01-01T00:10:00Z');
  expect(items.tryFindTransaction(ENV, 'one')).toBeUndefined();
  items.rememberTransaction(ENV, 'four', 'asked', 'answer');
  expect(['two', 'three', 'four'].map((token) => items.tryFindTransaction(ENV, token)?.at)).toEqual([
    ...[START + 5 * MINUTE, START + 10 * MINUTE - 1, START + 10 * MINUTE],
  ]);
});

test('backups of DynamoDB keep what the table held, and are listed where they were made, oldest first', () => {
  const { state, items, table } = staged();
  put(state, table, 'a');
  const [first, second] = [items.backup(table, 'first'), items.backup(table, 'second')];
  put(state, table, 'b');
  expect(first.arn).not.toBe(second.arn);
  expect(items.tryFindBackup(first.arn)).toBe(first);
  expect([...first.rows.rows()].map(({ item }) => item['id']?.S)).toEqual(['a']);
  expect(items.backupsAt(ENV)).toEqual([first, second]);
  expect(items.backupsAt({ ...ENV, region: 'us-west-2' })).toEqual([]);
  items.deleteBackup(first.arn);
  expect([items.tryFindBackup(first.arn), items.backupsAt(ENV)]).toEqual([undefined, [second]]);
});

test('a table that is removed takes its items with it, and one of its name is another', () => {
  const { state, items, table } = staged();
  put(state, table, 'a');
  const id = items.idOf(table);
  expect(id).toMatch(/^[0-9a-f]{8}-/);
  until(state, '2027-01-02');
  state.removeResource(table);
  expect(idsOf(state, table)).toEqual([]);
  state.addResource(TABLE);
  const again = state.ledger.resources.tryFind(TABLE.arn)!;
  expect([idsOf(state, again), items.idOf(again) === id]).toEqual([[], false]);
});
