// Rules of Choice states by themselves: kinds that differ, patterns, several comparisons in one.
import { chosen, type ChoiceRule } from '../../../engine/src/domain/choice-rules';
import { NotRun, StateFailure } from '../../../engine/src/domain/states-definition';

const fits = (rule: ChoiceRule, data: Readonly<Record<string, unknown>>) => chosen(rule, (path) => data[path.slice(2)]);

const of = (comparison: object): ChoiceRule => ({ Variable: '$.a', ...comparison });
const NOON = '2027-01-01T12:00:00Z';

// prettier-ignore
test.each<[comparison: object, value: unknown, expected: boolean]>([
  // What is of another kind fits nothing, whatever it would be as a text.
  [{ StringMatches: '*' },                              5,        false],
  [{ StringMatches: 5 },                                '5',      false],
  [{ StringMatches: null },                             'undefined', false],
  [{ StringLessThan: 'b' },                             'a',      true],
  [{ StringLessThan: 'b' },                             'b',      false],
  [{ StringEquals: 5 },                                 5,        false],
  [{ NumericEquals: 'x' },                              'x',      false],
  [{ NumericEquals: 1 },                                1,        true],
  [{ BooleanEquals: 'x' },                              'x',      false],
  [{ BooleanEquals: false },                            false,    true],
  [{ BooleanEquals: false },                            true,     false],
  [{ TimestampEquals: NOON },                           5,        false],
  [{ TimestampEquals: NOON },                           '2027-01-01T14:00:00+02:00', true],
  [{ TimestampEquals: 'soon' },                         'soon',   false],
  [{ TimestampLessThanEquals: NOON },                   NOON,     true],
  [{ TimestampGreaterThan: NOON },                      NOON,     false],
  [{ TimestampGreaterThan: NOON },                      '2027-01-01T12:00:01Z', true],
  [{ TimestampGreaterThanEquals: NOON },                '2027-01-01T11:59:59Z', false],
  [{ IsNull: true },                                    1,        false],
  [{ IsNull: false },                                   1,        true],
  [{ NumericLessThanEquals: 3 },                        4,        false],
  [{ IsString: true },                                  1,        false],
  [{ IsString: true },                                  'x',      true],
  [{ IsNumeric: true },                                 1,        true],
  [{ IsNumeric: true },                                 '1',      false],
  [{ IsBoolean: true },                                 1,        false],
  [{ IsBoolean: true },                                 false,    true],
  [{ IsTimestamp: true },                               5,        false],
  [{ IsTimestamp: false },                              5,        true],
  [{ IsPresent: true },                                 0,        true],
  [{ IsPresent: false },                                0,        false],
  // Nothing in a pattern but an asterisk stands for anything else.
  [{ StringMatches: 'a.c' },                            'abc',    false],
  [{ StringMatches: 'a.c' },                            'a.c',    true],
  [{ StringMatches: '(a|b)+' },                         'a',      false],
  [{ StringMatches: 'a\\\\b' },                         'a\\b',   true],
  [{ StringMatches: '*.json' },                         'x/y\n.json', true],
  [{ StringMatches: '*.json' },                         'x.json.gz', false],
  [{ StringMatches: 'b*' },                             'ab',     false],
  // Of several comparisons each has to fit.
  [{ IsNumeric: true, NumericEquals: 2 },               2,        true],
  [{ IsNumeric: true, NumericEquals: 2 },               1,        false],
  [{ Comment: 'any', Next: 'B', Assign: {}, IsNull: true }, null, true],
])('%j of %j: %p', (comparison, value, expected) => {
  expect(fits(of(comparison), { a: value })).toBe(expected);
});

test('the other side may be a path, which finds what is of the kind or nothing fits', () => {
  expect(fits(of({ NumericLessThanPath: '$.b' }), { a: 1, b: 2 })).toBe(true);
  expect(fits(of({ NumericLessThanPath: '$.b' }), { a: 2, b: 2 })).toBe(false);
  expect(fits(of({ NumericLessThanPath: '$.b' }), { a: 1, b: '2' })).toBe(false);
  expect(fits(of({ NumericLessThanPath: '$.c' }), { a: 1, b: 2 })).toBe(false);
});

test('a rule about what is not there is an error, but for one that asks whether it is', () => {
  expect(() => fits(of({ StringEquals: 'x' }), {})).toThrow(StateFailure);
  expect(() => fits({ StringEquals: 'x' }, {})).toThrow(StateFailure);
  expect(fits(of({ IsPresent: true }), {})).toBe(false);
  expect(fits(of({ IsPresent: false }), {})).toBe(true);
});

test('And, Or and Not take rules that take others', () => {
  const [yes, no] = [of({ IsNumeric: true }), of({ IsString: true })];
  expect(fits({ And: [yes, { Not: no }] }, { a: 1 })).toBe(true);
  expect(fits({ And: [yes, no] }, { a: 1 })).toBe(false);
  expect(fits({ Or: [no, yes] }, { a: 1 })).toBe(true);
  expect(fits({ Or: [no, { Not: yes }] }, { a: 1 })).toBe(false);
  expect(fits({ Not: { Or: [no, no] } }, { a: 1 })).toBe(true);
});

test.each(['StringSounds', 'ListEquals', 'NotStringEquals', 'StringEqualsPaths', 'String'])('%s is not run', (name) => {
  expect(() => fits(of({ [name]: 'x' }), { a: 'x' })).toThrow(new NotRun(`comparison ${name} is not run`));
});
