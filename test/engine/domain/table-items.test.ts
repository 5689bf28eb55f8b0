// Rows, numbers and sizes against what is plain.
import * as fc from 'fast-check';
import { type Attribute, type Item, itemSize, sortable } from '../../../engine/src/domain/attribute-values';
import { ItemTable } from '../../../engine/src/domain/item-table';
import { BUCKETS, hashOf, KeyedRows, type Row, segmentOf } from '../../../engine/src/domain/keyed-rows';
import { DEFAULT_TABLE } from '../../../engine/src/domain/tables';
import { addDecimals, formatDecimal, sortableDecimal, tryParseDecimal } from '../../../engine/src/kernel/decimals';

const decimal = (text: string) => tryParseDecimal(text) ?? fail(text);

function fail(text: string): never {
  throw new Error(`${text} is no number`);
}

const numbers = fc.tuple(fc.bigInt(-(10n ** 38n) + 1n, 10n ** 38n - 1n), fc.integer({ min: -60, max: 60 }));
const textOf = ([digits, power]: readonly [bigint, number]) => `${digits}e${power}`;
/** As whole numbers of 10^-60. */
const whole = ([digits, power]: readonly [bigint, number]) => digits * 10n ** BigInt(power + 60);

test('decimals are added and put in order without rounding, and read back as they were', () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const [left, right] = [decimal(textOf(a)), decimal(textOf(b))];
      const sum = decimal(formatDecimal(addDecimals(left, right)));
      expect(sum).toEqual(decimal(`${whole(a) + whole(b)}e-60`));
      const [first, second] = [sortableDecimal(left), sortableDecimal(right)];
      expect(first < second).toBe(whole(a) < whole(b));
      expect(first === second).toBe(whole(a) === whole(b));
      expect(decimal(formatDecimal(left))).toEqual(left);
    }),
  );
});

// prettier-ignore
test.each([
  ['0', '0'], ['-0.0', '0'], ['007', '7'], ['1.50', '1.5'], ['-12e3', '-12000'], ['1e-3', '0.001'], ['.5', '0.5'], ['5.', '5'],
  ['+3', '3'], ['', undefined], ['.', undefined], ['1e', undefined], ['0x1', undefined], ['1 ', undefined], ['NaN', undefined],
])('the number %j reads as %j', (text, read) => {
  const parsed = tryParseDecimal(text);
  expect(parsed && formatDecimal(parsed)).toBe(read);
});

test('texts are in the order of their bytes in UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      const [left, right] = [sortable({ S: a }) ?? '', sortable({ S: b }) ?? ''];
      expect(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)))).toBe(left < right ? -1 : left > right ? 1 : 0);
    }),
  );
});

// prettier-ignore
test.each<[string, Attribute, number]>([
  ['a text by its bytes',     { S: 'äb' },                              3],
  ['a number of one digit',   { N: '1' },                               2],
  ['one of four digits',      { N: '-1234' },                           4],
  ['zero',                    { N: '0' },                               1],
  ['true',                    { BOOL: true },                           1],
  ['nothing',                 { NULL: true },                           1],
  ['bytes',                   { B: new Uint8Array(5) },                 5],
  ['a set',                   { SS: ['a', 'bc'] },                      3],
  ['an empty list',           { L: [] },                                3],
  ['a list of two',           { L: [{ S: 'a' }, { S: 'b' }] },          7],
  ['a map of one',            { M: { key: { S: 'ab' } } },              9],
])('the size of %s is counted as DynamoDB does', (_what, value, size) => {
  expect(itemSize({ name: value })).toBe(4 + size);
});

const KEYED = {
  ...DEFAULT_TABLE,
  attributes: [
    { AttributeName: 'hash', AttributeType: 'S' },
    { AttributeName: 'sort', AttributeType: 'N' },
    { AttributeName: 'other', AttributeType: 'S' },
  ],
  keySchema: [
    { AttributeName: 'hash', KeyType: 'HASH' },
    { AttributeName: 'sort', KeyType: 'RANGE' },
  ],
  globalIndexes: [
    {
      name: 'by-other',
      keySchema: [
        { AttributeName: 'other', KeyType: 'HASH' },
        { AttributeName: 'sort', KeyType: 'RANGE' },
      ],
      projection: { ProjectionType: 'KEYS_ONLY' },
      readUnits: 0,
      writeUnits: 0,
    },
  ],
};

const write = fc.record({
  hash: fc.nat(5),
  sort: fc.integer({ min: -9, max: 9 }),
  other: fc.option(fc.nat(3), { nil: undefined }),
  remove: fc.boolean(),
  view: fc.boolean(),
});

const plain = (rows: Iterable<Row>) => [...rows].map(({ item }) => JSON.stringify(item)).sort();

test('a table and its indexes hold what was written, in order, and a view holds what was there when it was taken', () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 200 }), (writes) => {
      const table = new ItemTable('table');
      table.describe(KEYED, KEYED);
      const model = new Map<string, Item>();
      const views: { readonly view: KeyedRows; readonly held: string[] }[] = [];
      const held = () => [...model.values()].map((item) => JSON.stringify(item)).sort();
      for (const { hash, sort, other, remove, view } of writes) {
        if (view) {
          views.push({ view: table.rows.view(), held: held() });
        }
        const key = { hash: { S: `h${hash}` }, sort: { N: String(sort) } };
        const item = other === undefined ? key : { ...key, other: { S: `o${other}` } };
        table.write(table.keyOf(key), remove ? undefined : item, 0, undefined);
        if (remove) {
          model.delete(JSON.stringify(key));
        } else {
          model.set(JSON.stringify(key), item);
        }
      }
      expect(plain(table.rows.rows())).toEqual(held());
      expect([table.rows.length, table.rows.sizeBytes]).toEqual([
        model.size,
        [...model.values()].reduce((sum, item) => sum + itemSize(item), 0),
      ]);
      for (const { view, held: then } of views) {
        expect(plain(view.rows())).toEqual(then);
      }
      for (let hash = 0; hash <= 5; hash++) {
        const sorts = table.rows.partition(`h${hash}`).map(({ item }) => Number(item['sort']?.N));
        expect(sorts).toEqual([...sorts].sort((a, b) => a - b));
      }
      const index = table.tryFindIndex('by-other');
      const indexed = [...model.values()].filter((item) => item['other'] !== undefined);
      expect(plain(index?.rows.rows() ?? []).length).toBe(indexed.length);
      for (let other = 0; other <= 3; other++) {
        const entries = index?.rows.partition(`o${other}`).map(({ item }) => Number(item['sort']?.N)) ?? [];
        const expected = indexed
          .filter((item) => item['other']?.S === `o${other}`)
          .map((item) => Number(item['sort']?.N));
        expect(entries).toEqual(expected.sort((a, b) => a - b));
      }
    }),
    { numRuns: 50 },
  );
});

test('what stands behind each row of a scan is the rest of it, and segments share the rows', () => {
  const rows = KeyedRows.empty();
  for (let number = 0; number < 500; number++) {
    rows.put({
      hashKey: `k${number % 170}`,
      sortKey: `${number}`,
      tie: '',
      item: { n: { N: `${number}` } },
      sizeBytes: 1,
    });
  }
  const all = [...rows.rows()];
  for (const [at, row] of all.entries()) {
    expect([...rows.rows(row)].length).toBe(all.length - at - 1);
  }
  for (const total of [1, 2, 3, 7, 5000]) {
    const parts = Array.from({ length: total }, (_, number) => [...rows.rows(undefined, { number, total })]);
    expect(parts.flat()).toEqual(all);
    expect(parts.every((part, number) => part.every(({ hashKey }) => segmentOf(hashKey, total) === number))).toBe(true);
  }
});

test('keys that are alike spread over the buckets', () => {
  const counts = new Array<number>(BUCKETS).fill(0);
  for (let number = 0; number < BUCKETS * 8; number++) {
    const bucket = hashOf(`customer-${number}`) >>> 20;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  expect(Math.max(...counts)).toBeLessThan(32);
  expect(counts.filter((count) => count === 0).length).toBeLessThan(BUCKETS / 100);
});
