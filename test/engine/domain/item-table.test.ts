// One table with its indexes: what each takes of an item, and what stood there before.
import type { Attribute, Item } from '../../../engine/src/domain/attribute-values';
import { ItemTable } from '../../../engine/src/domain/item-table';
import { DEFAULT_TABLE, TableIndex, TableParticulars } from '../../../engine/src/domain/tables';
import { DAY } from '../../../engine/src/kernel/instant';

const ATTRIBUTES = [
  { AttributeName: 'id', AttributeType: 'S' },
  { AttributeName: 'at', AttributeType: 'N' },
  { AttributeName: 'raw', AttributeType: 'B' },
  { AttributeName: 'shop', AttributeType: 'S' },
];
const byHash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' });
const bySort = (AttributeName: string) => ({ AttributeName, KeyType: 'RANGE' });

function index(projection: object, more: Partial<TableIndex> = {}): TableIndex {
  const keySchema = [byHash('shop'), bySort('at')];
  return { name: 'by-shop', keySchema, projection, readUnits: 0, writeUnits: 0, ...more };
}

function described(more: Partial<TableParticulars> = {}, table = new ItemTable('t')): ItemTable {
  const whole = { ...DEFAULT_TABLE, attributes: ATTRIBUTES, keySchema: [byHash('id')], ...more };
  table.describe(more, whole);
  return table;
}

function put(table: ItemTable, item: Item, at = 0, recovery?: TableParticulars['recovery']): void {
  table.write(table.keyOf(item), item, at, recovery);
}

const ITEM: Item = { id: { S: 'a' }, shop: { S: 's' }, at: { N: '1' }, note: { S: 'n' }, more: { S: 'm' } };

// prettier-ignore
test.each<[string, object, string[]]>([
  ['all of it',                  { ProjectionType: 'ALL' },                                 ['at', 'id', 'more', 'note', 'shop']],
  ['all where nothing is said',  {},                                                        ['at', 'id', 'more', 'note', 'shop']],
  ['the keys alone',             { ProjectionType: 'KEYS_ONLY' },                           ['at', 'id', 'shop']],
  ['what is named, too',         { ProjectionType: 'INCLUDE', NonKeyAttributes: ['note'] }, ['at', 'id', 'note', 'shop']],
])('an index has of an item %s', (_what, projection, names) => {
  const table = described({ globalIndexes: [index(projection)] });
  put(table, ITEM);
  const made = table.tryFindIndex('by-shop');
  expect([...(made?.rows.rows() ?? [])].map(({ item }) => Object.keys(item).sort())).toEqual([names]);
  expect(Object.keys(ITEM).filter((name) => made?.has(name)).sort()).toEqual(names);
});

test('an index has no item that lacks its key, or has it as another type', () => {
  const table = described({ globalIndexes: [index({})] });
  const { shop: _, ...without } = ITEM;
  put(table, without);
  put(table, { ...ITEM, id: { S: 'b' }, at: { S: '1' } });
  expect([table.rows.length, table.tryFindIndex('by-shop')?.rows.length]).toEqual([2, 0]);
  put(table, { ...ITEM, id: { S: 'c' } });
  expect(table.tryFindIndex('by-shop')?.rows.length).toBe(1);
  put(table, { ...without, id: { S: 'c' } });
  expect(table.tryFindIndex('by-shop')?.rows.length).toBe(0);
  expect(table.tryFindIndex('by-shop')?.entryOf({ shop: { S: 's' }, at: { N: '1' } })).toBeUndefined();
});

test('a list of an index goes on behind the entry of the item that it ended with', () => {
  const table = described({ globalIndexes: [index({})] });
  for (const id of ['a', 'b', 'c']) {
    put(table, { ...ITEM, id: { S: id } });
  }
  const made = table.tryFindIndex('by-shop');
  const after = made?.positionOf({ id: { S: 'b' }, shop: { S: 's' }, at: { N: '1' } });
  expect([...(made?.rows.rows(after) ?? [])].map(({ item }) => item['id']?.S)).toEqual(['c']);
  expect(made?.positionOf({ id: { S: 'b' } })).toBeUndefined();
});

test('a table that has other indexes now has those, filled with what it holds', () => {
  const table = described({ globalIndexes: [index({})] });
  put(table, ITEM);
  const first = table.tryFindIndex('by-shop');
  const keys = { ProjectionType: 'KEYS_ONLY' };
  const other = index({}, { name: 'local', keySchema: [byHash('id'), bySort('at')] });
  described({ globalIndexes: [index({})], localIndexes: [other] }, table);
  expect(table.tryFindIndex('by-shop')).toBe(first);
  expect([...table.indexes].map((one) => [one.name, one.isGlobal, one.rows.length])).toEqual([
    ['by-shop', true, 1],
    ['local', false, 1],
  ]);
  described({ globalIndexes: [index(keys)] }, table);
  expect([...table.indexes].map(({ rows }) => [...rows.rows()].map(({ item }) => Object.keys(item).length))).toEqual([
    [3],
  ]);
  described({ globalIndexes: [index(keys, { keySchema: [byHash('note')] })] }, table);
  expect([...table.indexes].map(({ rows }) => rows.length)).toEqual([0 + 1]);
  described({}, table);
  expect([...table.indexes]).toEqual([]);
});

test('an index that is filled takes the items that have its key, and so it does with items that were restored', () => {
  const idsOf = (of: ItemTable) =>
    [...(of.tryFindIndex('by-shop')?.rows.rows() ?? [])].map(({ item }) => item['id']?.S);
  const [table, other] = [described(), described()];
  put(table, ITEM);
  put(table, { id: { S: 'without' } });
  described({ globalIndexes: [index({})] }, table);
  expect([idsOf(table), table.rows.length]).toEqual([['a'], 2]);
  put(other, { ...ITEM, id: { S: 'restored' } });
  put(other, { id: { S: 'without, too' } });
  table.replace(other.rows);
  expect([idsOf(table), table.rows.length]).toEqual([['restored'], 2]);
});

// prettier-ignore
test.each<[string, string, Attribute, Attribute]>([
  ['a number', 'at',   { N: '10' },                { S: '10' }],
  ['bytes',    'raw',  { B: Uint8Array.of(1) },    { N: '1' }],
  ['a text',   'shop', { S: 'x' },                 { N: '1' }],
])('a key is %s where it was made so', (_what, name, right, wrong) => {
  const table = described({ keySchema: [byHash('id'), bySort(name)] });
  put(table, { id: { S: 'a' }, [name]: right });
  expect(table.tryFind(table.keyOf({ id: { S: 'a' }, [name]: right }))?.item).toEqual({ id: { S: 'a' }, [name]: right });
  for (const item of [{ id: { S: 'a' }, [name]: wrong }, { id: { S: 'a' } }, { [name]: right }]) {
    expect(() => table.keyOf(item)).toThrow('an item without its key was let in');
  }
  expect(table.keys).toEqual({ hash: { name: 'id', type: 'S' }, sort: { name, type: Object.keys(right)[0] } });
});

describe('what a table held at an instant', () => {
  const recovery = { since: 0, days: 1 };
  const item = (text: string): Item => ({ id: { S: 'a' }, text: { S: text } });
  const textsAt = (table: ItemTable, instant: number) =>
    [...table.at(instant).rows()].map((row) => row.item['text']?.S);

  test('is what was written until then, however often it was written over, as often as that is asked', () => {
    const table = described({ recovery });
    put(table, item('one'), 10, recovery);
    put(table, item('two'), 20, recovery);
    put(table, item('three'), 20, recovery);
    table.write(table.keyOf(item('')), undefined, 30, recovery);
    for (let times = 0; times < 2; times++) {
      expect([9, 10, 19, 20, 29, 30].map((instant) => textsAt(table, instant))).toEqual([
        ...[[], ['one'], ['one'], ['three'], ['three'], []],
      ]);
    }
    expect(table.rows.length).toBe(0);
  });

  test('is known whatever has become of its indexes since', () => {
    const table = described({ recovery });
    put(table, item('one'), 10, recovery);
    put(table, item('two'), 20, recovery);
    described({ recovery, globalIndexes: [index({})] }, table);
    expect(textsAt(table, 10)).toEqual(['one']);
  });

  test('is known for the days of recovery, however many writes there are', () => {
    const table = described({ recovery });
    for (let n = 0; n <= 4000; n++) {
      put(table, item(`${n}`), n * (DAY / 1000), recovery);
    }
    for (const n of [3001, 3500, 3999]) {
      expect(textsAt(table, n * (DAY / 1000))).toEqual([`${n}`]);
    }
  });

  test('is not known from before recovery was turned off, nor from before other items were restored into it', () => {
    const table = described({ recovery });
    put(table, item('one'), 10, recovery);
    put(table, item('two'), 20, recovery);
    described({ streamView: undefined }, table);
    described({ recovery }, table);
    expect(textsAt(table, 10)).toEqual(['two']);
    put(table, item('three'), 30, recovery);
    const other = described();
    put(other, item('other'));
    table.replace(other.rows);
    expect([textsAt(table, 20), textsAt(table, 30)]).toEqual([['other'], ['other']]);
  });
});
