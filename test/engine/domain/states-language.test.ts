// State machines, state by state: what they do next, and with what.
import { parseInstant, SECOND } from '../../../engine/src/kernel/instant';
import type { Definition } from '../../../engine/src/domain/states-definition';
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

const NOW = parseInstant('2027-01-01');
const FUNCTION = 'arn:aws:lambda:eu-central-1:111122223333:function:f';

const CONTEXT = { Execution: { Id: 'arn:e', Name: 'e' }, StateMachine: { Id: 'arn:aws:states:r:1:stateMachine:m' } };

function machine(States: Definition['States'], more: Partial<Definition> = {}): Course {
  const definition = { StartAt: 'A', States, ...more };
  return { definition, context: CONTEXT, chance: new Chance(1, 'arn:e'), history: new History() };
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
  ['every one of several',          { Parameters: { 'n.$': '$.a[*].b' } },                      { a: [{ b: 1 }, { b: 2 }] }, { n: [1, 2] }],
  ['what is somewhere below',       { InputPath: '$..b' },                                      { a: [{ b: 1 }, { c: { b: 2 } }] }, [1, 2]],
  ['a slice',                       { InputPath: '$.a[1:3]' },                                  { a: [1, 2, 3, 4] }, [2, 3]],
  ['what a filter lets through',    { InputPath: "$.a[?(@.b == 'x')].c" },                      { a: [{ b: 'x', c: 1 }, { b: 'y', c: 2 }] }, [1]],
  ['none of several',               { InputPath: '$.a[*].z' },                                  { a: [{ b: 1 }] },   []],
  ['the context object',            { Parameters: { 'n.$': '$$.Execution.Name', 's.$': '$$.State.Name' } }, {},      { n: 'e', s: 'A' }],
  ['when it was entered',           { Parameters: { 'at.$': '$$.State.EnteredTime' } },         {},                  { at: '2027-01-01T00:00:00.000Z' }],
])('a Pass state hands on %s', (_what, state, input, output) => {
  expect(run({ A: { Type: 'Pass', Next: 'B', ...state }, B: END }, input)).toEqual({ to: 'succeed', output });
  expect(run({ A: { Type: 'Pass', End: true, ...state } }, input)).toEqual({ to: 'succeed', output });
});

// prettier-ignore
test.each<[rule: object, input: unknown, fits: boolean]>([
  [{ Variable: '$.a', BooleanEquals: true },                      { a: true },           true],
  [{ Variable: '$.a', BooleanEquals: true },                      { a: 'true' },         false],
  [{ Variable: '$.a', StringMatches: 'x*z' },                     { a: 'xyz' },          true],
  [{ Variable: '$.a', StringMatches: 'x*z' },                     { a: 'xy' },           false],
  [{ Variable: '$.a', StringMatches: 'x\\*' },                   { a: 'x*' },           true],
  [{ Variable: '$.a', StringMatches: 'x\\*' },                   { a: 'xy' },           false],
  [{ Variable: '$.a', IsTimestamp: true },                        { a: '2027-01-01T00:00:00Z' }, true],
  [{ Variable: '$.a', IsTimestamp: true },                        { a: 'soon' },         false],
  [{ Variable: '$.a', TimestampLessThan: '2027-01-01T12:00:00Z' }, { a: '2027-01-01T13:00:00+02:00' }, true],
  [{ Variable: '$$.State.Name', StringEquals: 'A' },              {},                    true],
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
  const position = (definition: Course) => {
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
  ['another service',    { Type: 'Task', Resource: 'arn:aws:states:::ecs:runTask', End: true }, /ecs:runTask are not run/],
  ['another action',     { Type: 'Task', Resource: 'arn:aws:states:::sqs:receiveMessage', End: true }, /sqs:receiveMessage are not run/],
  ['a job',              { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:backup:startBackupJob.sync', End: true }, /startBackupJob.sync are not run/],
  ['a callback of a table', { Type: 'Task', Resource: 'arn:aws:states:::dynamodb:putItem.waitForTaskToken', End: true }, /waitForTaskToken are not run/],
  ['an activity',        { Type: 'Task', Resource: 'arn:aws:states:eu-central-1:111122223333:activity:a', End: true }, /activity:a are not run/],
  ['another role',       { Type: 'Task', Resource: FUNCTION, Credentials: {}, End: true },   /Credentials/],
  ['items of S3',        { Type: 'Map', ItemReader: {}, ItemProcessor: { StartAt: 'A', States: {} }, End: true }, /ItemReader/],
  ['results in S3',      { Type: 'Map', ResultWriter: {}, ItemProcessor: { StartAt: 'A', States: {} }, End: true }, /ResultWriter/],
  ['another type',       { Type: 'Loop', End: true },                                        /State 'A': states of type Loop are not run/],
  ['another comparison', { Type: 'Choice', Choices: [{ Variable: '$.a', StringSounds: 'x', Next: 'A' }] }, /StringSounds is not run/],
  ['a filter by pattern', { Type: 'Pass', InputPath: '$.b[?(@ =~ /x/)]', End: true },        /is of a kind that is not read/],
  ['a filter by list',   { Type: 'Pass', InputPath: '$.b[?(@ in [1])]', End: true },         /is of a kind that is not read/],
  ['a script',           { Type: 'Pass', InputPath: '$.b[(@.length-1)]', End: true },        /is of a kind that is not read/],
])('%s ends with what is not run, and where', (_what, state, cause) => {
  const next = run({ A: state as Definition['States'][string] }, { a: 1, b: [1] });
  expect(next).toMatchObject({ to: 'fail', error: 'NotEmulated' });
  expect(next.to === 'fail' ? next.cause : '').toMatch(cause);
});

// prettier-ignore
test.each<[what: string, state: object, error: string, cause: string]>([
  ['a path of a template to nothing', { Type: 'Pass', Parameters: { 'x.$': '$.none' }, End: true }, 'States.Runtime', "An error occurred while executing the state 'A'. The JSONPath '$.none' specified for the field 'x.$' could not be found in the input '{\"a\":1}'"],
  ['an input path to nothing',        { Type: 'Pass', InputPath: '$.none', End: true }, 'States.Runtime', "An error occurred while executing the state 'A'. The JSONPath '$.none' specified for the field 'InputPath' could not be found in the input '{\"a\":1}'"],
  ['a path to no variable',           { Type: 'Pass', InputPath: '$none', End: true }, 'States.Runtime', "An error occurred while executing the state 'A'. The JSONPath '$none' specified for the field 'InputPath' could not be found in the input '{\"a\":1}'"],
  ['a result in what holds no names', { Type: 'Pass', Result: 1, ResultPath: '$.a.b', End: true }, 'States.ResultPathMatchFailure', "An error occurred while executing the state 'A'. Unable to apply step \"b\" to input 1"],
  ['a choice about nothing',          { Type: 'Choice', Choices: [{ Variable: '$.none', BooleanEquals: true, Next: 'A' }], Default: 'A' }, 'States.Runtime', "An error occurred while executing the state 'A'. Invalid path '$.none': The choice state's condition path references an invalid value."],
  ['a wait for no time',              { Type: 'Wait', TimestampPath: '$.a', End: true }, 'States.Runtime', "An error occurred while executing the state 'A'. The Timestamp '1' is no ISO-8601 extended offset date-time."],
  ['a wait for no seconds',           { Type: 'Wait', SecondsPath: '$$.Execution.Name', End: true }, 'States.Runtime', "An error occurred while executing the state 'A'. The SecondsPath parameter cannot be parsed as a long value: $$.Execution.Name == \"e\""],
  ['a Map over no array',             { Type: 'Map', ItemProcessor: { StartAt: 'A', States: {} }, End: true }, 'States.Runtime', "An error occurred while executing the state 'A'. The items of a Map state must be an array, got {\"a\":1}"],
])('%s is an error of the state', (_what, state, error, cause) => {
  expect(run({ A: state as Definition['States'][string] }, { a: 1 })).toEqual({ to: 'fail', error, cause });
});

test('a loop without end ends when the history is full', () => {
  const next = run({ A: { Type: 'Pass', Next: 'A' } });
  expect(next).toMatchObject({
    to: 'fail',
    error: 'States.Runtime',
    cause: expect.stringMatching(/history events/) as string,
  });
});

describe('variables', () => {
  const b = (Parameters: object) => ({ Type: 'Pass', Parameters, End: true });

  test('are assigned as a state is left, from what they were as it was entered', () => {
    const States = {
      A: { Type: 'Pass', Result: { x: 1 }, Assign: { 'x.$': '$.x', y: 'one' }, Next: 'B' },
      B: { Type: 'Pass', Assign: { 'x.$': 'States.MathAdd($x, 1)', 'z.$': '$x' }, Next: 'C' },
      C: b({ 'x.$': '$x', 'y.$': '$y', 'z.$': '$z' }),
    };
    expect(run(States)).toEqual({ to: 'succeed', output: { x: 2, y: 'one', z: 1 } });
  });

  test('are those of the rule of a choice, or of its state where none fits', () => {
    const choice = (wanted: number) => ({
      ...{ Type: 'Choice', Default: 'B', Assign: { by: 'default' } },
      Choices: [{ Variable: '$.a', NumericEquals: wanted, Next: 'B', Assign: { 'by.$': '$.a' } }],
    });
    expect(run({ A: choice(1), B: b({ 'by.$': '$by' }) }, { a: 1 })).toEqual({ to: 'succeed', output: { by: 1 } });
    expect(run({ A: choice(2), B: b({ 'by.$': '$by' }) }, { a: 1 })).toEqual({
      to: 'succeed',
      output: { by: 'default' },
    });
  });

  test('of a caught error are made of it', () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Assign: { 'why.$': '$.Error' }, Next: 'B' }];
    const course = machine({ A: { Type: 'Task', Resource: FUNCTION, Catch, End: true }, B: b({ 'why.$': '$why' }) });
    const called = begin(course, {}, NOW);
    const next = called.to === 'invoke' && failed(course, called.at, { error: 'Mine', cause: '' }, NOW);
    expect(next).toEqual({ to: 'succeed', output: { why: 'Mine' } });
  });

  test('of a task are made of its result, before it is selected from', () => {
    const Resource = 'arn:aws:states:::lambda:invoke';
    const made = { ResultSelector: { 'b.$': '$.Payload.b' }, Assign: { 'a.$': '$.Payload.a' }, Next: 'B' };
    const course = machine({ A: { Type: 'Task', Resource, ...made }, B: b({ 'a.$': '$a', 'in.$': '$' }) });
    const called = begin(course, {}, NOW);
    const next = called.to === 'invoke' && returned(course, called.at, { a: 1, b: 2 }, NOW);
    expect(next).toEqual({ to: 'succeed', output: { a: 1, in: { b: 2 } } });
  });
});

describe('errors', () => {
  const FAULT = { error: 'Mine', cause: '' };
  const caughtBy = (name: string, error: string): Next => {
    const Catch = [{ ErrorEquals: [name], Next: 'B' }];
    const course = machine({ A: { Type: 'Task', Resource: FUNCTION, Catch, End: true }, B: END });
    const called = begin(course, {}, NOW);
    return called.to === 'invoke' ? failed(course, called.at, { ...FAULT, error }, NOW) : called;
  };

  // prettier-ignore
  test.each<[name: string, error: string, caught: boolean]>([
    ['States.ALL',        'Mine',                     true],
    ['States.ALL',        'States.Timeout',           true],
    ['States.ALL',        'States.Runtime',           false],
    ['States.ALL',        'States.DataLimitExceeded', false],
    ['States.TaskFailed', 'Mine',                     true],
    ['States.TaskFailed', 'States.Timeout',           false],
    ['States.Timeout',    'States.Timeout',           true],
    ['States.Runtime',    'States.Runtime',           false],
  ])('a catcher of %s catches %s: %p', (name, error, caught) => {
    expect(caughtBy(name, error).to).toBe(caught ? 'succeed' : 'fail');
  });

  test('of the fields of a task are caught as those of its function are', () => {
    const Catch = [{ ErrorEquals: ['States.ResultPathMatchFailure'], ResultPath: null, Next: 'B' }];
    const course = machine({ A: { Type: 'Task', Resource: FUNCTION, ResultPath: '$.a.b', Catch, End: true }, B: END });
    const called = begin(course, { a: 1 }, NOW);
    const next = called.to === 'invoke' && returned(course, called.at, 'x', NOW);
    expect(next).toEqual({ to: 'succeed', output: { a: 1 } });
  });
});

describe('branches', () => {
  const branchesOf = (course: Course, input: unknown) => {
    const next = begin(course, input, NOW);
    if (next.to !== 'branch') {
      throw new Error(`no branches but ${JSON.stringify(next)}`);
    }
    return next;
  };
  const PROCESSOR = { StartAt: 'P', States: { P: END } };

  test('of a Parallel state get its input, and its result is what they made, in their order', () => {
    const state = {
      Type: 'Parallel',
      Branches: [PROCESSOR, PROCESSOR],
      Parameters: { 'b.$': '$.a' },
      ResultPath: '$.r',
    };
    const course = machine({ A: { ...state, End: true } });
    const { branching, at } = branchesOf(course, { a: 1 });
    expect(branching.branches.map(({ input }) => input)).toEqual([{ b: 1 }, { b: 1 }]);
    expect(branching.most).toBe(Infinity);
    expect(answered(course, at, ['x', 'y'], NOW)).toEqual({ to: 'succeed', output: { a: 1, r: ['x', 'y'] } });
  });

  // prettier-ignore
  test.each<[what: string, state: object, inputs: unknown[], most: number]>([
    ['each item',                 { ItemsPath: '$.l' },                                     ['a', 'b', 'c'],                        40],
    ['each item, under its old name', { ItemsPath: '$.l', Iterator: PROCESSOR, ItemProcessor: undefined }, ['a', 'b', 'c'],         40],
    ['a selection from each',     { ItemsPath: '$.l', ItemSelector: { 'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value', 'n.$': '$.n' } }, [{ i: 0, v: 'a', n: 2 }, { i: 1, v: 'b', n: 2 }, { i: 2, v: 'c', n: 2 }], 40],
    ['so many at once',           { ItemsPath: '$.l', MaxConcurrency: 3 },                  ['a', 'b', 'c'],                        3],
    ['no more than may be',       { ItemsPath: '$.l', MaxConcurrency: 41 },                 ['a', 'b', 'c'],                        40],
    ['as many as its input says', { ItemsPath: '$.l', MaxConcurrencyPath: '$.n' },          ['a', 'b', 'c'],                        2],
  ])('of a Map state get %s', (_what, state, inputs, most) => {
    const course = machine({ A: { Type: 'Map', ItemProcessor: PROCESSOR, End: true, ...state } });
    const { branching } = branchesOf(course, { l: ['a', 'b', 'c'], n: 2 });
    expect(branching.branches.map(({ input }) => input)).toEqual(inputs);
    expect(branching.most).toBe(most);
    const fault = { error: 'Mine', cause: '' };
    expect([branching.fails([]), branching.fails([fault])]).toEqual([undefined, fault]);
  });

  const DISTRIBUTED = { ...PROCESSOR, ProcessorConfig: { Mode: 'DISTRIBUTED' as const } };

  // prettier-ignore
  test.each<[batcher: object, inputs: unknown[]]>([
    [{ MaxItemsPerBatch: 2 },                              [{ Items: ['a', 'b'] }, { Items: ['c'] }]],
    [{ MaxItemsPerBatchPath: '$.n', BatchInput: { 'n.$': '$.n' } }, [{ BatchInput: { n: 2 }, Items: ['a', 'b'] }, { BatchInput: { n: 2 }, Items: ['c'] }]],
    [{ MaxInputBytesPerBatch: '{"Items":["a","b"]}'.length },     [{ Items: ['a', 'b'] }, { Items: ['c'] }]],
    [{ MaxInputBytesPerBatch: '{"Items":["a","b"]}'.length - 1 }, [{ Items: ['a'] }, { Items: ['b'] }, { Items: ['c'] }]],
  ])('of a distributed Map state come in batches by %j', (ItemBatcher, inputs) => {
    const state = { Type: 'Map', ItemsPath: '$.l', ItemProcessor: DISTRIBUTED, ItemBatcher, End: true };
    const { branching } = branchesOf(machine({ A: state }), { l: ['a', 'b', 'c'], n: 2 });
    expect(branching.branches.map(({ input }) => input)).toEqual(inputs);
  });

  // prettier-ignore
  test.each<[state: object, most: number]>([
    [{},                                                              0],
    [{ ToleratedFailureCount: 1 },                                    1],
    [{ ToleratedFailurePercentage: 50 },                              2],
    [{ ToleratedFailurePercentage: 49 },                              1],
    [{ ToleratedFailurePercentage: 50, ToleratedFailureCount: 1 },    1],
    [{ ToleratedFailurePercentagePath: '$.p' },                       3],
  ])('of a distributed Map state with %j fail it when more than %d did', (tolerated, most) => {
    const state = { Type: 'Map', ItemsPath: '$.l', ItemProcessor: DISTRIBUTED, End: true, ...tolerated };
    const { branching } = branchesOf(machine({ A: state }), { l: [1, 2, 3, 4], p: 75 });
    const faults = Array.from({ length: most + 1 }, () => ({ error: 'Mine', cause: '' }));
    expect(branching.fails(faults.slice(1))).toBeUndefined();
    expect(branching.fails(faults)).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
  });

  test('of a distributed Map state are executions of their own, which see no variables', () => {
    const Assign = { x: 1 };
    const state = { Type: 'Map', ItemsPath: '$.l', Label: 'each', ItemProcessor: DISTRIBUTED, End: true };
    const course = machine({ A: { Type: 'Pass', Assign, Next: 'M' }, M: state });
    const [branch] = branchesOf(course, { l: [7] }).branching.branches;
    expect(branch?.variables).toEqual({});
    expect(branch?.course.context).toMatchObject({
      Execution: {
        Id: expect.stringMatching(/^arn:aws:states:r:1:execution:m\/each:[0-9a-f-]{36}$/) as string,
        Input: 7,
      },
    });
  });
});

test('a state that is not there is an error of the machine', () => {
  expect(run({ A: { Type: 'Pass', Next: 'Z' } })).toMatchObject({ to: 'fail', error: 'States.Runtime' });
});

// prettier-ignore
test.each<[caught: string, error: string, catches: boolean]>([
  ['States.Timeout',  'States.Timeout',          true],
  ['States.Timeout',  'States.HeartbeatTimeout', true],
  ['States.Timeout',  'Mine',                    false],
  ['Mine',            'States.HeartbeatTimeout', false],
  ['Mine',            'Mine',                    true],
])('who catches %s catches %s: %s', (caught, error, catches) => {
  const course = machine({ A: { Type: 'Task', Catch: [{ ErrorEquals: [caught], Next: 'B' }] }, B: END });
  const at = { state: 'A', enteredAt: NOW, input: {}, variables: {}, tries: [] };
  expect(failed(course, at, { error, cause: 'so' }, NOW).to).toBe(catches ? 'succeed' : 'fail');
});

// prettier-ignore
test.each<[type: string | undefined, to: string]>([
  [undefined,         'invoke'],
  ['RequestResponse', 'invoke'],
  ['Event',           'call'],
])('a function that is invoked as %s: %s', (InvocationType, to) => {
  const Parameters = { FunctionName: 'f', ...(InvocationType && { InvocationType }) };
  expect(run({ A: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters, End: true } }).to).toBe(to);
});
