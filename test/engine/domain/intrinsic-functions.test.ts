// Functions of states that query by JSONPath, as the developer guide of Step Functions gives them.
import { parseInstant } from '../../../engine/src/kernel/instant';
import { read } from '../../../engine/src/domain/states-data';
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
