import { compileAlarmRule } from '../../../engine/src/domain/alarm-rule';
import type { AlarmState } from '../../../engine/src/domain/alarm-verdict';
import { verdictOf } from '../../../engine/src/domain/alarm-verdict';
import { evaluateMath } from '../../../engine/src/domain/metric-math';

/** `0` is fine, `X` bad, `-` missing: the rows of the guide's two tables, oldest first. */
const valueOf = (mark: string) => (mark === '-' ? undefined : mark === 'X' ? 5 : 0);
const KEPT = 'kept';

// prettier-ignore
test.each<[marks: string, m: number, n: number, missing: string, ignore: string, breaching: string, notBreaching: string]>([
  ['0 - X - X', 3, 3, 'OK',                'OK',    'OK',    'OK'],
  ['0 - - - -', 3, 3, 'OK',                'OK',    'OK',    'OK'],
  ['- - - - -', 3, 3, 'INSUFFICIENT_DATA', KEPT,    'ALARM', 'OK'],
  ['0 X X - X', 3, 3, 'ALARM',             'ALARM', 'ALARM', 'ALARM'],
  ['- - X - -', 3, 3, 'ALARM',             KEPT,    'ALARM', 'OK'],
  ['0 - X - X', 2, 3, 'ALARM',             'ALARM', 'ALARM', 'ALARM'],
  ['0 0 X 0 X', 2, 3, 'ALARM',             'ALARM', 'ALARM', 'ALARM'],
  ['0 - X - -', 2, 3, 'OK',                'OK',    'ALARM', 'OK'],
  ['- - - - 0', 2, 3, 'OK',                'OK',    'ALARM', 'OK'],
  ['- - - X -', 2, 3, 'ALARM',             KEPT,    'ALARM', 'OK'],
  ['X X 0 0 0', 3, 3, 'OK',                'OK',    'OK',    'OK'],
  ['X X X - 0', 2, 3, 'ALARM',             'ALARM', 'ALARM', 'ALARM'],
  ['X 0 0 - 0', 1, 3, 'OK',                'OK',    'OK',    'OK'],
  ['- - X 0 -', 1, 3, 'ALARM',             'ALARM', 'ALARM', 'ALARM'],
  ['- - X X -', 2, 3, 'ALARM',             'ALARM', 'ALARM', 'ALARM'],
])('%s, %d of %d bad: missing %s, ignore %s, breaching %s, notBreaching %s', (marks, m, n, ...expected) => {
  const values = marks.split(' ').map(valueOf);
  const verdicts = (['missing', 'ignore', 'breaching', 'notBreaching'] as const).map((missingData) => {
    const terms = {
      evaluationPeriods: n,
      datapointsToAlarm: m,
      threshold: 1,
      comparison: 'GreaterThanOrEqualToThreshold',
      missingData,
    };
    const [one, other] = (['OK', 'ALARM'] as const).map((before) => verdictOf(terms, values, before));
    return one === other ? one : KEPT;
  });
  expect(verdicts).toEqual(expected);
});

// prettier-ignore
test.each<[bad: boolean, comparison: string, value: number]>([
  [true,  'GreaterThanOrEqualToThreshold', 3], [false, 'GreaterThanOrEqualToThreshold', 2],
  [true,  'GreaterThanThreshold', 4],          [false, 'GreaterThanThreshold', 3],
  [true,  'LessThanThreshold', 2],             [false, 'LessThanThreshold', 3],
  [true,  'LessThanOrEqualToThreshold', 3],    [false, 'LessThanOrEqualToThreshold', 4],
])('%p: %s of 3 by %d', (bad, comparison, value) => {
  const terms = { evaluationPeriods: 1, datapointsToAlarm: 1, threshold: 3, comparison, missingData: 'missing' } as const;
  expect(verdictOf(terms, [undefined, undefined, value], 'OK')).toBe(bad ? 'ALARM' : 'OK');
});

// prettier-ignore
test.each<[expression: string, expected: (number | undefined)[]]>([
  ['a + b',                   [undefined, 12]],
  ['FILL(a, 0) + FILL(b, 0)', [10, 12]],
  ['FILL(none, 0)',           []],
  ['FILL(none, 0) + a',       [undefined, 2]],
  ['SUM([a, b])',             [10, 12]],
  ['SUM(METRICS())',          [10, 12]],
  ['MAX([a, b]) - MIN([b])',  [0, 0]],
  ['AVG(METRICS())',          [10, 6]],
  ['2 * (b + 1) / 2',         [11, 11]],
  ['1 + 2 * 3',               [7, 7]],
  ['-b + 1',                  [-9, -9]],
  ['IF(FILL(a, 0) > 1, b, 0)', [0, 10]],
  ['b >= 10',                 [1, 1]],
  ['FILL(a, 0) >= 1',         [0, 1]],
  ['FILL(a, 0) <= 1',         [1, 0]],
  ['FILL(a, 2) <= 2',         [1, 1]],
  ['FILL(a, 0) == 2',         [0, 1]],
  ['FILL(a, 0) != 2',         [1, 0]],
  ['FILL(a, 0) < 2',          [1, 0]],
  ['FILL(a, 0) > 2',          [0, 0]],
  ['MIN([FILL(a, 0), b])',    [0, 2]],
  ['MIN([a, b])',             [10, 2]],
  ['IF(a > 1, b, 5)',         [undefined, 10]],
  ['IF(a > 5, b, 5)',         [undefined, 5]],
  ['IF(FILL(a, 9) > 1, none, b)', [undefined, undefined]],
  ['SUM([none])',             []],
  ['10 - 4 - 3',              [3, 3]],
  ['24 / 4 / 3',              [2, 2]],
  ['  b  ',                   [10, 10]],
  ['b ',                      [10, 10]],
  [' b',                      [10, 10]],
  ['-a',                      [undefined, -2]],
  ['b + a',                   [undefined, 12]],
  ['IF(FILL(a, 0) > 1, b)',   [undefined, 10]],
  ['SUM([a, b],)',            [10, 12]],
])('%s is %j', (expression, expected) => {
  const series = new Map<string, (number | undefined)[]>([['a', [undefined, 2]], ['b', [10, 10]], ['none', []]]);
  expect(evaluateMath(expression, series, 2)).toEqual(expected);
});

test.each([
  ...[
    'a +',
    'c',
    'RATE(a)',
    'RATE(a, 1)',
    'a b',
    '(a',
    '(a]',
    '(a, 1)',
    'a ; b',
    '',
    ' ',
    'FILL(a 0)',
    'FILL(a)',
    'FILL()',
  ],
  ...['IF(a)', 'IF()', 'FILL(METRICS(1), 0)', 'SUM([a)', 'MAX(a'],
])('fails on the expression %p', (expression) => {
  expect(() => evaluateMath(expression, new Map([['a', [1]]]), 1)).toThrow('Error in expression');
});

test.each(['FILL(METRICS(), 0)', 'IF(METRICS(), 1, 0)'])('fails on %p where there are no metrics', (expression) => {
  expect(() => evaluateMath(expression, new Map(), 1)).toThrow('Error in expression');
});

// prettier-ignore
test.each<[holds: boolean, rule: string]>([
  [false, 'FALSE'],
  [true,  'TRUE'],
  [true,  ' TRUE '],
  [true,  'TRUE  '],
  [false, 'NOT TRUE'],
  [true,  'NOT FALSE'],

  [true,  'ALARM(a)'],
  [true,  'ALARM("a")'],
  [false, 'OK(a)'],
  [true,  'ALARM(a) AND NOT ALARM(b)'],
  [true,  "ALARM(b) OR INSUFFICIENT_DATA('c d')".replaceAll("'", '"')],
  [false, 'ALARM(b) AND ALARM(a) OR FALSE'],
  [true,  'TRUE AND (ALARM(b) OR OK(b))'],
  [false, 'NOT (ALARM(a) OR ALARM(b))'],
  [false, 'ALARM(missing)'],
])('%p: %s', (holds, rule) => {
  const states: Record<string, AlarmState> = { a: 'ALARM', b: 'OK', 'c d': 'INSUFFICIENT_DATA' };
  expect(compileAlarmRule(rule)((name) => states[name])).toBe(holds);
});

test.each(['', 'ALARM(a) ALARM(b)', 'ALARM(a) AND', '(ALARM(a)', 'BAD(a)', 'AND', 'TRUE OR )'])(
  'fails on the rule %p',
  (rule) => {
    expect(() => compileAlarmRule(rule)).toThrow('AlarmRule');
  },
);
