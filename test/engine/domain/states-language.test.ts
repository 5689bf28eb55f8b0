// State machines, state by state: what they do next, and with what.
import { parseInstant, SECOND } from '../../../engine/src/kernel/instant';
import {
  begin,
  type Definition,
  failed,
  type Next,
  returned,
  waited,
} from '../../../engine/src/domain/states-language';

const NOW = parseInstant('2027-01-01');
const FUNCTION = 'arn:aws:lambda:eu-central-1:111122223333:function:f';

function machine(States: Definition['States'], more: Partial<Definition> = {}): Definition {
  return { StartAt: 'A', States, ...more };
}

function run(States: Definition['States'], input: unknown = {}): Next {
  return begin(machine(States), input, NOW);
}

const END = { Type: 'Succeed' };

// prettier-ignore
test.each<[what: string, state: object, input: unknown, output: unknown]>([
  ['its input',                     {},                                                         { a: 1 },            { a: 1 }],
  ['a result',                      { Result: { b: 2 } },                                       { a: 1 },            { b: 2 }],
  ['a result beside its input',     { Result: 2, ResultPath: '$.b.c' },                         { a: 1, b: { d: 3 } }, { a: 1, b: { d: 3, c: 2 } }],
  ['its input, without its result', { Result: 2, ResultPath: null },                            { a: 1 },            { a: 1 }],
  ['a part of its input',           { InputPath: '$.a' },                                       { a: { b: 1 } },     { b: 1 }],
  ['a part of its output',          { OutputPath: '$.a' },                                      { a: { b: 1 } },     { b: 1 }],
  ['nothing',                       { OutputPath: null },                                       { a: 1 },            {}],
  ['what a template makes of it',   { Parameters: { 'x.$': '$.a[1]', y: { 'z.$': '$' }, w: [1] } }, { a: [1, 2] },   { x: 2, y: { z: { a: [1, 2] } }, w: [1] }],
  ['a sum',                         { Parameters: { 'n.$': 'States.MathAdd($.n, -1)' } },       { n: 4 },            { n: 3 }],
])('a Pass state hands on %s', (_what, state, input, output) => {
  expect(run({ A: { Type: 'Pass', Next: 'B', ...state }, B: END }, input)).toEqual({ to: 'succeed', output });
  expect(run({ A: { Type: 'Pass', End: true, ...state } }, input)).toEqual({ to: 'succeed', output });
});

// prettier-ignore
test.each<[rule: object, input: unknown, fits: boolean]>([
  [{ Variable: '$.a', BooleanEquals: true },                      { a: true },           true],
  [{ Variable: '$.a', BooleanEquals: true },                      { a: 'true' },         false],
  [{ Variable: '$.a', BooleanEquals: true },                      {},                    false],
  [{ Variable: '$.a', StringEquals: 'x' },                        { a: 'x' },            true],
  [{ Variable: '$.a', StringEqualsPath: '$.b' },                  { a: 'x', b: 'x' },    true],
  [{ Variable: '$.a', StringEqualsPath: '$.b' },                  { a: 'x', b: 'y' },    false],
  [{ Variable: '$.a', NumericLessThan: 3 },                       { a: 2 },              true],
  [{ Variable: '$.a', NumericLessThan: 3 },                       { a: 3 },              false],
  [{ Variable: '$.a', NumericLessThanEquals: 3 },                 { a: 3 },              true],
  [{ Variable: '$.a', NumericGreaterThan: 3 },                    { a: 3 },              false],
  [{ Variable: '$.a', NumericGreaterThanEquals: 3 },              { a: 3 },              true],
  [{ Variable: '$.a', IsPresent: false },                         {},                    true],
  [{ Variable: '$.a', IsNull: true },                             { a: null },           true],
  [{ Not: { Variable: '$.a', IsString: true } },                  { a: 1 },              true],
  [{ And: [{ Variable: '$.a', IsNumeric: true }, { Variable: '$.a', NumericEquals: 1 }] }, { a: 1 }, true],
  [{ And: [{ Variable: '$.a', IsNumeric: true }, { Variable: '$.a', NumericEquals: 2 }] }, { a: 1 }, false],
  [{ Or: [{ Variable: '$.a', NumericEquals: 2 }, { Variable: '$.a', NumericEquals: 1 }] },  { a: 1 }, true],
])('a choice by %j of %j fits: %p', (rule, input, fits) => {
  const choice = { Type: 'Choice', Choices: [{ ...rule, Next: 'B' }], Default: 'C' };
  const next = run({ A: choice, B: { Type: 'Pass', Result: 'B', End: true }, C: { Type: 'Pass', Result: 'C', End: true } }, input);
  expect(next).toEqual({ to: 'succeed', output: fits ? 'B' : 'C' });
});

test('a choice that nothing fits fails, as a Fail state does', () => {
  const choice = { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'A' }] };
  expect(run({ A: choice })).toMatchObject({ to: 'fail', error: 'States.NoChoiceMatched' });
  expect(run({ A: { Type: 'Fail', Error: 'Mine', Cause: 'so' } })).toEqual({ to: 'fail', error: 'Mine', cause: 'so' });
});

// prettier-ignore
test.each<[state: object, ms: number]>([
  [{ Seconds: 60 },                          60 * SECOND],
  [{ SecondsPath: '$.s' },                   7 * SECOND],
  [{ Timestamp: '2027-01-01T00:00:09Z' },    9 * SECOND],
  [{ TimestampPath: '$.t' },                 3 * SECOND],
  [{ Timestamp: '2026-01-01T00:00:00Z' },    0],
])('a Wait state with %j waits %d ms', (state, ms) => {
  const definition = machine({ A: { Type: 'Wait', Next: 'B', ...state }, B: END });
  const next = begin(definition, { s: 7, t: '2027-01-01T00:00:03Z' }, NOW);
  expect(next).toMatchObject({ to: 'wait', ms });
  const then = next.to === 'wait' ? waited(definition, next.at, NOW) : next;
  expect(then).toEqual({ to: 'succeed', output: { s: 7, t: '2027-01-01T00:00:03Z' } });
});

describe('a task', () => {
  const task = (more: object = {}) =>
    machine({ A: { Type: 'Task', Resource: FUNCTION, Next: 'B', ...more }, B: END, C: END });
  const position = (definition: Definition) => {
    const next = begin(definition, { a: 1 }, NOW);
    if (next.to !== 'invoke') {
      throw new Error(`no task but ${next.to}`);
    }
    return next;
  };

  test('calls its function, directly or by way of the integration, and goes on with what it returned', () => {
    const direct = task({ Parameters: { 'n.$': '$.a' }, ResultPath: '$.r' });
    const called = position(direct);
    expect(called).toMatchObject({ functionArn: FUNCTION, payload: { n: 1 } });
    expect(returned(direct, called.at, 'x', NOW)).toEqual({ to: 'succeed', output: { a: 1, r: 'x' } });
    const integrated = task({
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: FUNCTION, 'Payload.$': '$' },
      ResultSelector: { 'got.$': '$.Payload' },
    });
    const invoked = position(integrated);
    expect(invoked).toMatchObject({ functionArn: FUNCTION, payload: { a: 1 } });
    expect(returned(integrated, invoked.at, 'x', NOW)).toEqual({ to: 'succeed', output: { got: 'x' } });
  });

  test('that fails is tried again after longer and longer, then caught, or the end', () => {
    const retry = { ErrorEquals: ['Mine'], IntervalSeconds: 10, MaxAttempts: 2, BackoffRate: 3 };
    const definition = task({ Retry: [retry], Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.e', Next: 'C' }] });
    const fault = { error: 'Mine', cause: 'so' };
    const waits: number[] = [];
    let next: Next = failed(definition, position(definition).at, fault, NOW);
    while (next.to === 'wait') {
      waits.push(next.ms);
      const again = waited(definition, next.at, NOW);
      next = again.to === 'invoke' ? failed(definition, again.at, fault, NOW) : again;
    }
    expect(waits).toEqual([10 * SECOND, 30 * SECOND]);
    expect(next).toEqual({ to: 'succeed', output: { a: 1, e: { Error: 'Mine', Cause: 'so' } } });
    const other = { error: 'Other', cause: '' };
    expect(failed(definition, position(definition).at, other, NOW)).toMatchObject({ to: 'succeed' });
    const plain = task({ Retry: [retry] });
    expect(failed(plain, position(plain).at, other, NOW)).toEqual({ to: 'fail', ...other });
  });
});

// prettier-ignore
test.each<[what: string, state: object, cause: RegExp]>([
  ['a Map state',        { Type: 'Map', End: true },                                         /State 'A': states of type Map are not run/],
  ['another service',    { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true }, /sqs:sendMessage are not run/],
  ['JSONata',            { Type: 'Pass', QueryLanguage: 'JSONata', End: true },              /JSONata is not run/],
  ['a path to nothing',  { Type: 'Pass', InputPath: '$.none', End: true },                   /path '\$\.none' finds nothing/],
  ['another intrinsic',  { Type: 'Pass', Parameters: { 'a.$': "States.Format('{}', $.a)" }, End: true }, /States\.Format is not run/],
  ['another comparison', { Type: 'Choice', Choices: [{ Variable: '$.a', StringMatches: 'x*', Next: 'A' }] }, /StringMatches is not run/],
])('%s ends with what is not run, and where', (_what, state, cause) => {
  const next = run({ A: state as Definition['States'][string] }, { a: 1 });
  expect(next).toMatchObject({ to: 'fail', error: 'NotEmulated' });
  expect(next.to === 'fail' ? next.cause : '').toMatch(cause);
});

test('a state that is not there is an error of the machine', () => {
  expect(run({ A: { Type: 'Pass', Next: 'Z' } })).toMatchObject({ to: 'fail', error: 'States.Runtime' });
});
