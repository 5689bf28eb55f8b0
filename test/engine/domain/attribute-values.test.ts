// Values of attributes: which type they have, how large they are, which are the same, and which comes first.
import {
  type Attribute,
  decimalOf,
  sameItem,
  sameValue,
  setOf,
  sortable,
  typeOf,
  typesOf,
  valueSize,
} from '../../../engine/src/domain/attribute-values';

const bytes = (...all: number[]) => Uint8Array.from(all);

// prettier-ignore
const ALIKE: [Attribute, Attribute][] = [
  [{ S: 'a' },                        { S: 'a' }],
  [{ N: '1' },                        { N: '1' }],
  [{ B: bytes(1, 2) },                { B: bytes(1, 2) }],
  [{ SS: ['a', 'b'] },                { SS: ['b', 'a'] }],
  [{ NS: ['1', '2'] },                { NS: ['2', '1'] }],
  [{ BS: [bytes(1), bytes(200)] },    { BS: [bytes(200), bytes(1)] }],
  [{ L: [] },                         { L: [] }],
  [{ L: [{ S: 'a' }, { N: '1' }] },   { L: [{ S: 'a' }, { N: '1' }] }],
  [{ M: {} },                         { M: {} }],
  [{ M: { a: { S: 'a' }, b: { N: '1' } } }, { M: { b: { N: '1' }, a: { S: 'a' } } }],
  [{ NULL: true },                    { NULL: true }],
  [{ BOOL: false },                   { BOOL: false }],
];

// prettier-ignore
const UNLIKE: [Attribute, Attribute][] = [
  [{ S: 'a' },                        { S: 'b' }],
  [{ S: '1' },                        { N: '1' }],
  [{ B: bytes(1, 2) },                { B: bytes(1, 3) }],
  [{ B: bytes() },                    { B: bytes(0) }],
  [{ SS: ['a'] },                     { SS: ['a', 'b'] }],
  [{ SS: ['a', 'b'] },                { SS: ['a', 'c'] }],
  [{ SS: ['1'] },                     { NS: ['1'] }],
  [{ NS: ['1', '2'] },                { NS: ['1', '3'] }],
  [{ BS: [bytes(1)] },                { BS: [bytes(2)] }],
  [{ BS: [bytes(1), bytes(2)] },      { BS: [bytes(1), bytes(3)] }],
  [{ L: [{ S: 'a' }] },               { L: [{ S: 'a' }, { S: 'b' }] }],
  [{ L: [{ S: 'a' }, { S: 'b' }] },   { L: [{ S: 'a' }, { S: 'c' }] }],
  [{ L: [{ S: 'a' }, { S: 'b' }] },   { L: [{ S: 'b' }, { S: 'a' }] }],
  [{ L: [] },                         { M: {} }],
  [{ M: { a: { S: 'a' } } },          { M: { a: { S: 'a' }, b: { S: 'b' } } }],
  [{ M: { a: { S: 'a' } } },          { M: { b: { S: 'a' } } }],
  [{ M: { a: { S: 'a' }, b: { S: 'b' } } }, { M: { a: { S: 'a' }, b: { S: 'c' } } }],
  [{ BOOL: true },                    { BOOL: false }],
];

test.each(ALIKE)('%j and %j are the same', (a, b) => {
  expect([sameValue(a, b), sameValue(b, a), sameItem({ x: a }, { x: b })]).toEqual([true, true, true]);
});

test.each(UNLIKE)('%j and %j are not the same', (a, b) => {
  expect([sameValue(a, b), sameValue(b, a), sameItem({ x: a }, { x: b })]).toEqual([false, false, false]);
});

// Two digits of base 100 stand in a byte: a number whose digits do not pair takes one byte more.
// prettier-ignore
test.each<[string, Attribute, number]>([
  ['two digits that pair',        { N: '12' },                             2],
  ['two digits that do not',      { N: '1.2' },                            3],
  ['three digits',                { N: '123' },                            3],
  ['a minus',                     { N: '-1.2' },                           4],
  ['a set of numbers',            { NS: ['12', '1.2', '0'] },              6],
  ['two digits a hundredfold',    { N: '120' },                            3],
  ['two digits of a hundredth',   { N: '0.012' },                          3],
  ['a set of bytes',              { BS: [bytes(1, 2), bytes(3, 4)] },      4],
  ['no bytes',                    { B: bytes() },                          0],
  ['a list in a map',             { M: { ab: { L: [{ BOOL: true }] } } },  3 + 1 + 2 + 3 + 1 + 1],
])('%s takes as many bytes as DynamoDB counts', (_what, value, size) => {
  expect(valueSize(value)).toBe(size);
});

test('bytes are in the order of their values, and those of a set are told apart', () => {
  const sorted = [bytes(), bytes(0), bytes(0, 1), bytes(1), bytes(127), bytes(128), bytes(255, 0)];
  const texts = sorted.map((B) => sortable({ B }) ?? '');
  expect(new Set(texts).size).toBe(sorted.length);
  expect([...texts].reverse().sort()).toEqual(texts);
  expect(new Set(setOf({ BS: sorted })).size).toBe(sorted.length);
  // A view of some of a buffer is those bytes alone.
  expect(sortable({ B: Buffer.from([9, 1, 2, 9]).subarray(1, 3) })).toBe(sortable({ B: bytes(1, 2) }));
});

test('types that do not sort have no place', () => {
  expect([sortable({ BOOL: true }), sortable({ L: [] })]).toEqual([undefined, undefined]);
});

test('a value has the types of its members, of which one that is null is none', () => {
  expect(typesOf({ S: 'a', N: '1' })).toEqual(['S', 'N']);
  expect(typesOf({ S: null, BOOL: false } as unknown as Attribute)).toEqual(['BOOL']);
  expect(typeOf({ NULL: true })).toBe('NULL');
});

test('what was to be refused before is told', () => {
  expect(() => typeOf({})).toThrow('a value without a type was let in');
  expect(() => decimalOf('x')).toThrow("'x' was let in as a number");
});
