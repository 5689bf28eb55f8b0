// States that query by JSONata: time and chance are the World's, errors those of Step Functions.
import { parseInstant } from '../../../engine/src/kernel/instant';
import type { Definition } from '../../../engine/src/domain/states-definition';
import { evaluated } from '../../../engine/src/domain/states-jsonata';
import {
  begin,
  type Course,
  failed,
  answered,
  type Next,
  returned,
  waited,
} from '../../../engine/src/domain/states-language';
import { Chance, History } from '../../../engine/src/domain/states-scope';

const NOW = parseInstant('2027-03-04T05:06:07Z');
const FUNCTION = 'arn:aws:lambda:eu-central-1:111122223333:function:f';

function course(States: Definition['States'], QueryLanguage = 'JSONata'): Course {
  const definition = { StartAt: 'A', QueryLanguage, States };
  const context = { Execution: { Name: 'e' } };
  return { definition, context, chance: new Chance(1, 'arn:e'), history: new History() };
}

function run(States: Definition['States'], input: unknown = {}): Next {
  return begin(course(States), input, NOW);
}

function value(expression: string, seed = 1): unknown {
  const scope = { variables: { v: 7 }, context: {}, chance: new Chance(seed, 'arn:e'), now: NOW };
  return evaluated(`{% ${expression} %}`, { input: { a: [{ b: 1 }, { b: 2 }] } }, scope, 'Output');
}

// prettier-ignore
test.each<[expression: string, made: unknown]>([
  ['$states.input.a.b',                               [1, 2]],
  ['$sum($states.input.a.b) + $v',                    10],
  ['$states.input.a[b = 2]',                          { b: 2 }],
  ['$now()',                                          '2027-03-04T05:06:07.000Z'],
  ["$now('[Y]/[M]')",                                 '2027/3'],
  ['$millis()',                                       NOW],
  ["$toMillis('2027-01-01T00:00:00Z')",               Date.UTC(2027, 0, 1)],
  ["$toMillis('2027-01-01T00:00:00')",                Date.UTC(2027, 0, 1)],
  ["$toMillis('10:00', '[H]:[m]')",                   Date.UTC(2027, 2, 4, 10)],
  ["'2027-01-01T00:00:00' ~> $toMillis()",            Date.UTC(2027, 0, 1)],
  ['$partition([1..5], 2)',                           [[1, 2], [3, 4], [5]]],
  ['$range(0, 10, 5)',                                [0, 5, 10]],
  ["$hash('input data', 'SHA-1')",                    'aaff4a450a104cd177d28d18d74485e8cae074b7'],
  ['$parse(\'{"a": 1}\').a',                          1],
  ['$random(3) = $random(3)',                         true],
  ['$count($shuffle([1..9]))',                        9],
  ['null',                                            null],
  ["$toMillis('2027-01-02T10:00', '[Y]-[M01]-[D01]T[H01]:[m01]')", Date.UTC(2027, 0, 2, 10)],
  ['$partition(1, 2)',                                [[1]]],
  ['$sort($shuffle([1..20]))',                        Array.from({ length: 20 }, (_, i) => i + 1)],
  ['$shuffle([1..20]) = [1..20]',                     false],
  ['$match($uuid(), /^[0-9a-f-]{36}$/).match = ""',   false],
  ['$length($uuid())',                                36],
])('%s is %j', (expression, made) => {
  // One that maps answers a sequence, which of one item is the item.
  expect([value(expression)].flat()).toEqual([made].flat());
});

test('a time without a zone is of UTC, wherever this machine stands', () => {
  const parse = Date.parse.bind(Date);
  // As a machine in another zone reads what names none.
  Date.parse = (text) => parse(/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}+05:00`);
  try {
    expect(value("$toMillis('2027-01-01T00:00:00')")).toBe(Date.UTC(2027, 0, 1));
  } finally {
    Date.parse = parse;
  }
});

test('chance follows from the seed', () => {
  const drawn = '[$random(), $random(), $uuid(), $shuffle([1..20])]';
  expect(value(drawn)).toEqual(value(drawn));
  expect(value(drawn)).not.toEqual(value(drawn, 2));
  const [one, other] = value('[$random(), $random()]') as number[];
  expect(one).not.toBe(other);
});

// prettier-ignore
test.each<[what: string, state: object, why: RegExp]>([
  ['makes nothing',          { Output: { v: '{% $states.input.none %}' } }, /^An error occurred while executing the state 'A'\. The JSONata expression '\$states\.input\.none' specified for the field 'Output\/v' returned nothing \(undefined\)\.$/],
  ['makes nothing in a list', { Output: ['{% 1 %}', { w: '{% $none %}' }] }, /the field 'Output\[1\]\/w' returned nothing/],
  ['makes nothing to assign', { Assign: { x: '{% $none %}' } },             /the field 'Assign\/x' returned nothing/],
  ['fails',                  { Output: "{% 1 + 'a' %}" },                  /'1 \+ 'a'' specified for the field 'Output' threw an error during evaluation\. T2002: /],
  ['is none',                { Output: '{% 1 + %}' },                      /threw an error during evaluation\. S0207: /],
  ['evaluates another',      { Output: "{% $eval('1') %}" },               /evaluation\. \$eval is not supported: use \$parse/],
  ['never ends',             { Output: '{% ($f := function($n) { $f($n + 1) }; $f(0)) %}' }, /takes more than 200000 steps/],
  ['calls itself too often', { Output: '{% ($f := function($n) { 1 + $f($n + 1) }; $f(0)) %}' }, /threw an error during evaluation/],
])('an expression that %s is an error of its state', (_what, state, why) => {
  const next = run({ A: { Type: 'Pass', End: true, ...state } });
  expect(next).toMatchObject({ to: 'fail', error: 'States.QueryEvaluationError' });
  expect(next.to === 'fail' ? next.cause : '').toMatch(why);
});

// prettier-ignore
test.each<[what: string, state: object, output: unknown]>([
  ['its input',    {},                                                               { a: 2 }],
  ['its output',   { Output: { b: '{% $states.input.a * 2 %}', c: [' {% 1 %}'] } },  { b: 4, c: [' {% 1 %}'] }],
  ['null',         { Output: { a: null } },                                          { a: null }],
  ['the context',  { Output: '{% $states.context.Execution.Name & $states.context.State.Name %}' }, 'eA'],
])('a Pass state hands on %s', (_what, state, output) => {
  expect(run({ A: { Type: 'Pass', End: true, ...state } }, { a: 2 })).toEqual({ to: 'succeed', output });
});

test('variables are assigned as a state is left, from what they were as it was entered', () => {
  const States = {
    A: { Type: 'Pass', Assign: { x: '{% $states.input.a %}', y: 'one' }, Next: 'B' },
    B: { Type: 'Pass', Assign: { x: '{% $x + 1 %}', z: '{% $x %}' }, Output: '{% $x %}', Next: 'C' },
    C: { Type: 'Succeed', Output: '{% [$x, $y, $z, $states.input] %}' },
  };
  expect(run(States, { a: 1 })).toEqual({ to: 'succeed', output: [2, 'one', 1, 1] });
});

test('a choice goes by conditions, with an output and variables of the rule that fits', () => {
  const Choices = [
    { Condition: '{% $states.input.a > 5 %}', Next: 'B', Output: 'much', Assign: { by: '{% $states.input.a %}' } },
    { Condition: '{% $states.input.a > 2 %}', Next: 'B' },
  ];
  const A = { Type: 'Choice', Choices, Default: 'B', Output: 'none', Assign: { by: 0 } };
  const B = { Type: 'Succeed', Output: "{% [$states.input, $exists($by) ? $by : 'unset'] %}" };
  expect(run({ A, B }, { a: 6 })).toEqual({ to: 'succeed', output: ['much', 6] });
  expect(run({ A, B }, { a: 3 })).toEqual({ to: 'succeed', output: [{ a: 3 }, 'unset'] });
  expect(run({ A, B }, { a: 1 })).toEqual({ to: 'succeed', output: ['none', 0] });
  expect(run({ A: { ...A, Choices: [{ Condition: '{% 1 %}', Next: 'B' }] }, B })).toMatchObject({
    error: 'States.QueryEvaluationError',
    cause: expect.stringContaining(
      "'1' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1",
    ) as string,
  });
});

// prettier-ignore
test.each<[condition: unknown, expression: string, was: string]>([
  ['{% null %}', 'null',      "'null' for value: null"],
  ['{% [1] %}',  '[1]',       "'array' for value: [1]"],
  [{ a: 1 },     '{"a":1}',   '\'object\' for value: {"a":1}'],
  ['yes',        'yes',       '\'string\' for value: "yes"'],
])('a condition %j is none', (Condition, expression, was) => {
  expect(run({ A: { Type: 'Choice', Choices: [{ Condition, Next: 'A' }] } })).toMatchObject({
    error: 'States.QueryEvaluationError',
    cause: `An error occurred while executing the state 'A'. The JSONata expression '${expression}' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was ${was}`,
  });
});

test('waits, failures and tasks have expressions in their fields', () => {
  const wait = (more: object) => run({ A: { Type: 'Wait', End: true, ...more } }, { s: 3 });
  expect(wait({ Seconds: '{% $states.input.s * 2 %}' })).toMatchObject({ to: 'wait', ms: 6000 });
  expect(wait({ Timestamp: '{% $fromMillis($millis() + 9000) %}' })).toMatchObject({ to: 'wait', ms: 9000 });
  expect(wait({ Seconds: '{% "3" %}' })).toMatchObject({ error: 'States.QueryEvaluationError' });
  const fail = run({ A: { Type: 'Fail', Error: '{% $states.input.e %}', Cause: '{% "why " & 1 %}' } }, { e: 'Mine' });
  expect(fail).toEqual({ to: 'fail', error: 'Mine', cause: 'why 1' });
  const waiting = course({ A: { Type: 'Wait', Seconds: 1, Output: '{% $states.input.s + 1 %}', End: true } });
  const next = begin(waiting, { s: 3 }, NOW);
  expect(next.to === 'wait' && waited(waiting, next.at, NOW)).toEqual({ to: 'succeed', output: 4 });
});

describe('a task', () => {
  const A = {
    ...{ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true },
    Arguments: { FunctionName: FUNCTION, Payload: '{% $states.input.a %}' },
    Output: '{% {"got": $states.result.Payload, "of": $states.input.a} %}',
    Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B', Output: '{% $states.errorOutput.Error %}', Assign: { e: 1 } }],
  };
  const B = { Type: 'Succeed', Output: '{% [$states.input, $e] %}' };
  const invoked = (one: Course) => {
    const next = begin(one, { a: 1 }, NOW);
    if (next.to !== 'invoke') {
      throw new Error(JSON.stringify(next));
    }
    return next;
  };

  test('is given its arguments, and hands on its output or its error', () => {
    const one = course({ A, B });
    const { at, payload } = invoked(one);
    expect(payload).toBe(1);
    expect(returned(one, at, 'x', NOW)).toEqual({ to: 'succeed', output: { got: 'x', of: 1 } });
    expect(failed(one, at, { error: 'Mine', cause: '' }, NOW)).toEqual({ to: 'succeed', output: ['Mine', 1] });
  });

  test('catches the errors of its own expressions, but for those of what catches', () => {
    const one = course({ A: { ...A, Output: '{% $none %}' }, B });
    const output = ['States.QueryEvaluationError', 1];
    expect(returned(one, invoked(one).at, 'x', NOW)).toEqual({ to: 'succeed', output });
    const other = course({ A: { ...A, Catch: [{ ...A.Catch[0], Output: '{% $none %}' }] } as never, B });
    expect(failed(other, invoked(other).at, { error: 'Mine', cause: '' }, NOW)).toMatchObject({
      ...{ to: 'fail', error: 'States.QueryEvaluationError' },
      cause: expect.stringContaining("specified for the field 'Catch[0]/Output'") as string,
    });
  });
});

test('a Map state goes through an array or an object, and selects from each', () => {
  const ItemProcessor = { StartAt: 'P', States: { P: { Type: 'Succeed' } } };
  const map = (Items: unknown, ItemSelector?: unknown): Next =>
    run({
      A: {
        Type: 'Map',
        Items,
        ItemProcessor,
        MaxConcurrency: '{% 2 %}',
        End: true,
        ...(ItemSelector !== undefined && { ItemSelector }),
      },
    });
  const inputs = (next: Next) => (next.to === 'branch' ? next.branching.branches.map(({ input }) => input) : next);
  expect(inputs(map('{% [1, 2] %}'))).toEqual([1, 2]);
  expect(inputs(map({ a: 1, b: 2 }))).toEqual([
    { Key: 'a', Value: 1 },
    { Key: 'b', Value: 2 },
  ]);
  const item = '$states.context.Map.Item';
  expect(inputs(map([7, 8], `{% [${item}.Index, ${item}.Value] %}`))).toEqual([
    [0, 7],
    [1, 8],
  ]);
  expect(inputs(map({ a: 1 }, `{% ${item}.Key %}`))).toEqual(['a']);
  expect(inputs(map(3))).toMatchObject({ error: 'States.Runtime' });
  expect(map([1])).toMatchObject({ branching: { most: 2 } });
});

test('a Parallel state is given its arguments, and hands on its output', () => {
  const Branches = [{ StartAt: 'P', States: { P: { Type: 'Succeed' } } }];
  const A = {
    Type: 'Parallel',
    Branches,
    Arguments: { n: '{% 1 + 1 %}' },
    Output: '{% $states.result[0] %}',
    End: true,
  };
  const one = course({ A });
  const next = begin(one, {}, NOW);
  expect(next).toMatchObject({ to: 'branch', branching: { branches: [{ input: { n: 2 } }] } });
  expect(next.to === 'branch' && answered(one, next.at, [{ n: 2 }], NOW)).toEqual({ to: 'succeed', output: { n: 2 } });
});

test('one state of a machine may query by JSONata, the others by JSONPath', () => {
  const States = {
    A: {
      Type: 'Pass',
      QueryLanguage: 'JSONata',
      Output: { b: '{% $states.input.a + 1 %}' },
      Assign: { v: 1 },
      Next: 'B',
    },
    B: { Type: 'Pass', Parameters: { 'c.$': '$.b', 'v.$': '$v' }, End: true },
  };
  expect(begin(course(States, 'JSONPath'), { a: 1 }, NOW)).toEqual({ to: 'succeed', output: { c: 2, v: 1 } });
});
