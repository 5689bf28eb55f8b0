// Functions of states that query by JSONPath, as the developer guide of Step Functions gives them.
import { createHash } from 'node:crypto';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { read } from '../../../engine/src/domain/states-data';
import { NotRun } from '../../../engine/src/domain/states-definition';
import { Chance } from '../../../engine/src/domain/states-scope';

const DATA = {
  s: 'a,b',
  n: 3,
  list: [1, 2, 3, 3, { a: 1 }, { a: 1 }],
  o: { a: 1, b: { c: 1 } },
  p: { b: { d: 2 } },
  'odd, name': 'odd',
};

function call(text: string, seed = 1, execution = 'arn:e'): unknown {
  const scope = { variables: { v: 'var' }, context: { Execution: { Name: 'e' } }, chance: new Chance(seed, execution) };
  return read(text, DATA, { ...scope, now: parseInstant('2027-01-01') }, 'x.$');
}

// prettier-ignore
test.each<[text: string, value: unknown]>([
  ['States.Array($.n, 1.5, true, null, \'x\')',           [3, 1.5, true, null, 'x']],
  ['States.Array()',                                      []],
  ['States.ArrayPartition($.list, 4)',                    [[1, 2, 3, 3], [{ a: 1 }, { a: 1 }]]],
  ['States.ArrayContains($.list, $.list[4])',             true],
  ['States.ArrayContains($.list, 4)',                     false],
  ['States.ArrayRange(1, 9, 2)',                          [1, 3, 5, 7, 9]],
  ['States.ArrayRange(3, 1, -1)',                         [3, 2, 1]],
  ['States.ArrayRange(1, 1000, 1)',                       Array.from({ length: 1000 }, (_, i) => i + 1)],
  ['States.ArrayGetItem($.list, 1)',                      2],
  ['States.ArrayLength($.list)',                          6],
  ['States.ArrayUnique($.list)',                          [1, 2, 3, { a: 1 }]],
  ["States.Base64Encode('Data to encode')",               'RGF0YSB0byBlbmNvZGU='],
  ["States.Base64Decode('RGVjb2RlZCBkYXRh')",             'Decoded data'],
  ["States.Hash('input data', 'SHA-1')",                  'aaff4a450a104cd177d28d18d74485e8cae074b7'],
  ['States.JsonMerge($.o, $.p, false)',                   { a: 1, b: { d: 2 } }],
  ['States.JsonToString($.o)',                            '{"a":1,"b":{"c":1}}'],
  ['States.StringToJson(\'{"a": [1]}\')',                 { a: [1] }],
  ['States.MathAdd($.n, -1)',                             2],
  ['States.MathAdd(1.5, 1)',                              3],
  ["States.StringSplit($.s, ',')",                        ['a', 'b']],
  ["States.StringSplit('This.is+a,test.string', '.+,')",  ['This', 'is', 'a', 'test', 'string']],
  ["States.Format('Hi {}, {}!', $.s, $.n)",               'Hi a,b, 3!'],
  ["States.Format('\\{\\} \\'{}\\' \\\\', $v)",           "{} 'var' \\"],
  ["States.Format('{}/{}', $$.Execution.Name, States.ArrayGetItem(States.StringSplit($.s, ','), 1))", 'e/b'],
  ["States.Format('{}', $['odd, name'])",                 'odd'],
  ["States.ArrayLength($.list[?(@.a == 1)])",             2],
  ['States.MathRandom(5, 6)',                             5],
  ['States.Array(1.25, 1e3, 15E-1, -2.5e+10, 1e12, -0)',  [1.25, 1000, 1.5, -2.5e10, 1e12, -0]],
  ["States.Array( 1 ,  'x' , false )",                    [1, 'x', false]],
  ['States.Array(1) ',                                    [1]],
  ["States.Array('a\\'b', 'c\\'d', States.Format('{}', '\\{\\}'))", ["a'b", "c'd", '{}']],
  ['States.ArrayPartition($.list, 1)',                    [[1], [2], [3], [3], [{ a: 1 }], [{ a: 1 }]]],
  ['States.ArrayGetItem($.list, 0)',                      1],
  ['States.ArrayGetItem($.list, 0.4)',                    1],
  ['States.ArrayRange(1, 1, 1)',                          [1]],
  ['States.ArrayRange(5, 1, 1)',                          []],
  ['States.MathAdd(2147483647, -2147483648)',             -1],
  ["States.Hash($.o, 'MD5')",                             createHash('md5').update('{"a":1,"b":{"c":1}}').digest('hex')],
  ["States.StringSplit(',a,,b,', ',')",                   ['a', 'b']],
  ["States.StringSplit('', ',')",                         []],
  ["States.Format('{} {}', $.o, true)",                   '{"a":1,"b":{"c":1}} true'],
  [`${'States.Array('.repeat(10)}${')'.repeat(10)}`,      JSON.parse(`${'['.repeat(10)}${']'.repeat(10)}`)],
])('%s is %j', (text, value) => {
  expect(call(text)).toEqual(value);
});

// prettier-ignore
test.each<[text: string, error: string, why: string]>([
  ['States.ArrayRange(1, 1001, 1)',      'States.IntrinsicFailure', 'Expected steps other than 0 and at most 1000 items'],
  ['States.ArrayRange(1, 5, 0)',         'States.IntrinsicFailure', 'Expected steps other than 0 and at most 1000 items'],
  ['States.ArrayGetItem($.list, 6)',     'States.IntrinsicFailure', 'There is no item 6 in an array of 6'],
  ['States.ArrayPartition($.list, 0)',   'States.IntrinsicFailure', 'Expected a number of at least 1, got 0'],
  ['States.ArrayLength($.n)',            'States.IntrinsicFailure', 'Expected an array, got 3'],
  ['States.MathAdd(2147483648, 1)',      'States.IntrinsicFailure', 'Expected a number from -2147483648 to 2147483647, got 2147483648'],
  ["States.Hash('x', 'CRC')",            'States.IntrinsicFailure', 'Expected an algorithm of MD5, SHA-1, SHA-256, SHA-384, SHA-512, got "CRC"'],
  ['States.JsonMerge($.o, $.p, true)',   'States.IntrinsicFailure', 'Expected two objects and false, as deep merging is not supported'],
  ["States.Format('{}')",                'States.IntrinsicFailure', "Expected 1 values for '{}', got 0"],
  ['States.UUID(1)',                     'States.IntrinsicFailure', 'Invalid number of arguments for States.UUID: 1'],
  ['States.Sum(1)',                      'States.IntrinsicFailure', 'There is no function States.Sum'],
  ['States.Array(1 2)',                  'States.IntrinsicFailure', "Cannot read '1 2)'"],
  ['States.Array(1) x',                  'States.IntrinsicFailure', "Cannot read ' x'"],
  ['States.MathRandom(5, 5)',            'States.IntrinsicFailure', 'Expected an end above 5, got 5'],
  ["States.Hash('x', 'constructor')",    'States.IntrinsicFailure', 'Expected an algorithm of MD5, SHA-1, SHA-256, SHA-384, SHA-512, got "constructor"'],
  ['States.constructor(1)',              'States.IntrinsicFailure', 'There is no function States.constructor'],
  ["States.Array('x' 'y')",              'States.IntrinsicFailure', "Cannot read ' 'y')'"],
  ['States.Array(1',                     'States.IntrinsicFailure', "Cannot read ''"],
  ['States.Array(1x)',                   'States.IntrinsicFailure', "Cannot read '1x)'"],
  ['States.Array(1x',                    'States.IntrinsicFailure', "Cannot read '1x'"],
  ['States.Array(1)x',                   'States.IntrinsicFailure', "Cannot read 'x'"],
  ['States.Array',                       'States.IntrinsicFailure', "Cannot read 'States.Array'"],
  ['States.ArrayLength()',               'States.IntrinsicFailure', 'Invalid number of arguments for States.ArrayLength: 0'],
  ['States.ArrayGetItem($.list, -1)',    'States.IntrinsicFailure', 'There is no item -1 in an array of 6'],
  ['States.ArrayRange(1, 1, 0)',         'States.IntrinsicFailure', 'Expected steps other than 0 and at most 1000 items'],
  ['States.Base64Encode($.n)',           'States.IntrinsicFailure', 'Expected a string of at most 10000 characters, got 3'],
  ["States.MathAdd('5', 1)",             'States.IntrinsicFailure', 'Expected a number from -2147483648 to 2147483647, got "5"'],
  ['States.MathAdd(1, -2147483649)',     'States.IntrinsicFailure', 'Expected a number from -2147483648 to 2147483647, got -2147483649'],
  ['States.MathAdd(1, 1e12)',            'States.IntrinsicFailure', 'Expected a number from -2147483648 to 2147483647, got 1000000000000'],
  ["States.StringToJson('{')",           'States.IntrinsicFailure', ''],
  ...[['$.list', '$.o'], ['$.o', '$.list'], ['null', '$.o'], ['$.o', 'null'], ['$.s', '$.o'], ['$.o', '3']].map(([one, other]): [string, string, string] =>
    [`States.JsonMerge(${one}, ${other}, false)`, 'States.IntrinsicFailure', 'Expected two objects and false, as deep merging is not supported']),
  [`${'States.Array('.repeat(11)}${')'.repeat(11)}`, 'States.IntrinsicFailure', 'At most 10 functions may be nested'],
  ['States.Array($.none)',               'States.Runtime',          `The JsonPath argument for the field '$.none' could not be found in the input '${JSON.stringify(DATA)}'`],
])('%s fails: %s', (text, error, why) => {
  const run = () => call(text);
  expect(run).toThrow(`The function '${text}' had the following error: ${why}`);
  expect(run).toThrow(expect.objectContaining({ error }) as Error);
});

test('chance follows from the seed and the execution, or from a seed that is given', () => {
  const numbers = (seed: number, execution: string) =>
    call('States.Array(States.MathRandom(0, 1000000), States.UUID())', seed, execution);
  expect(numbers(1, 'a')).toEqual(numbers(1, 'a'));
  expect(numbers(1, 'a')).not.toEqual(numbers(2, 'a'));
  expect(numbers(1, 'a')).not.toEqual(numbers(1, 'b'));
  const twice = call('States.Array(States.MathRandom(0, 1000000, 7), States.MathRandom(0, 1000000, 7))') as number[];
  expect(twice[0]).toBe(twice[1]);
  const other = call('States.Array(States.UUID(), States.UUID())') as string[];
  expect(other[0]).not.toBe(other[1]);
  expect(other[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('a number is drawn from the first to below the second, and each of them comes', () => {
  const drawn = Array.from({ length: 60 }, (_, seed) => call('States.MathRandom(5, 8)', seed));
  expect([...new Set(drawn)].sort()).toEqual([5, 6, 7]);
});

test('texts may have 10,000 characters', () => {
  const encoded = (length: number) => call(`States.Base64Decode(States.Base64Encode('${'x'.repeat(length)}'))`);
  const text = (length: number) => call(`States.StringSplit('${'x'.repeat(length)}', ',')`);
  expect(text(10_000)).toEqual(['x'.repeat(10_000)]);
  expect(() => text(10_001)).toThrow('Expected a string of at most 10000 characters, got 10001 characters');
  expect(encoded(7_500)).toBe('x'.repeat(7_500));
});

test('a path in a function that is of a kind that is not read stays one', () => {
  expect(() => call('States.Array($.list[?(@ =~ /x/)])')).toThrow(NotRun);
});
