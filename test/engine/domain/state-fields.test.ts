// Fields of states in either query language: where texts come from, and what errors call the field.
import { parseInstant } from '../../../engine/src/kernel/instant';
import type { Definition } from '../../../engine/src/domain/states-definition';
import { begin, type Course, failed, type Next, returned, waited } from '../../../engine/src/domain/states-language';
import { Chance, History } from '../../../engine/src/domain/states-scope';

const NOW = parseInstant('2027-01-01');
const FUNCTION = 'arn:aws:lambda:eu-central-1:111122223333:function:f';

function course(States: Record<string, object>, QueryLanguage?: string): Course {
  const definition = { StartAt: 'A', States: States as Definition['States'], ...(QueryLanguage && { QueryLanguage }) };
  return { definition, context: {}, chance: new Chance(1, 'arn:e'), history: new History() };
}

const run = (A: object, input: unknown = {}, language?: string): Next => begin(course({ A }, language), input, NOW);

// prettier-ignore
test.each<[state: object, error: string, cause: string]>([
  [{},                                        '',     ''],
  [{ Error: 'Mine' },                         'Mine', ''],
  [{ ErrorPath: '$.e', CausePath: '$.n' },    'Own',  '3'],
  [{ ErrorPath: '$.e', CausePath: '$.o' },    'Own',  '{"a":1}'],
])('a Fail state with %j fails with %j and %j', (state, error, cause) => {
  expect(run({ Type: 'Fail', ...state }, { e: 'Own', n: 3, o: { a: 1 } })).toEqual({ to: 'fail', error, cause });
});

test('a Fail state of JSONata without words has none', () => {
  expect(run({ Type: 'Fail' }, {}, 'JSONata')).toEqual({ to: 'fail', error: '', cause: '' });
  expect(run({ Type: 'Fail', Error: 'Mine' }, {}, 'JSONata')).toEqual({ to: 'fail', error: 'Mine', cause: '' });
});

test('arguments, items and selectors see the input of their state', () => {
  const Branches = [{ StartAt: 'P', States: { P: { Type: 'Succeed' } } }];
  const parallel = run(
    { Type: 'Parallel', Branches, Arguments: '{% $states.input.a %}', End: true },
    { a: 7 },
    'JSONata',
  );
  expect(parallel).toMatchObject({ branching: { branches: [{ input: 7 }] } });
  const ItemSelector = '{% $states.input.a + $states.context.Map.Item.Value %}';
  const map = { Type: 'Map', Items: '{% $states.input.l %}', ItemSelector, ItemProcessor: Branches[0], End: true };
  expect(run(map, { a: 7, l: [1, 2] }, 'JSONata')).toMatchObject({
    branching: { branches: [{ input: 8 }, { input: 9 }] },
  });
  const old = {
    Type: 'Map',
    ItemsPath: '$.l',
    Parameters: { 'v.$': '$$.Map.Item.Value' },
    Iterator: Branches[0],
    End: true,
  };
  expect(run(old, { l: [1] })).toMatchObject({ branching: { branches: [{ input: { v: 1 } }] } });
});

test('a Pass state of JSONata makes nothing of what is for JSONPath', () => {
  const state = { Type: 'Pass', Result: 1, Parameters: { a: 1 }, InputPath: '$.a', End: true };
  expect(run(state, { a: 2 }, 'JSONata')).toEqual({ to: 'succeed', output: { a: 2 } });
  expect(run({ ...state, InputPath: undefined }, { a: 2 })).toEqual({ to: 'succeed', output: 1 });
});

test('errors of a choice name its rule, or the state where none fits', () => {
  const lost = '{% $none %}';
  const state = (Condition: unknown, of: object, own: object = {}) =>
    run({ Type: 'Choice', Choices: [{ Condition, Next: 'A', ...of }], Default: 'A', ...own }, {}, 'JSONata');
  const cause = (next: Next) => (next.to === 'fail' ? next.cause : next.to);
  expect(cause(state('{% true %}', { Output: lost }))).toContain("for the field 'Choices[0]/Output' returned nothing");
  expect(cause(state('{% true %}', { Assign: { a: lost } }))).toContain("for the field 'Choices[0]/Assign/a'");
  expect(cause(state('{% false %}', {}, { Output: lost }))).toContain("for the field 'Output' returned nothing");
});

test('only what makes a result shows one', () => {
  const Output = '{% $exists($states.result) %}';
  expect(run({ Type: 'Pass', Output, End: true }, {}, 'JSONata')).toEqual({ to: 'succeed', output: false });
  const one = course({ A: { Type: 'Task', Resource: FUNCTION, Output, End: true } }, 'JSONata');
  const next = begin(one, {}, NOW);
  expect(next.to === 'invoke' && returned(one, next.at, 1, NOW)).toEqual({ to: 'succeed', output: true });
});

test('a wait hands on its input at its output path, and leaves result paths alone', () => {
  const one = course({ A: { Type: 'Wait', Seconds: 0, OutputPath: '$.a', ResultPath: '$.r', End: true } });
  const next = begin(one, { a: 1 }, NOW);
  expect(next).toMatchObject({ to: 'wait', ms: 0 });
  expect(next.to === 'wait' && waited(one, next.at, NOW)).toEqual({ to: 'succeed', output: 1 });
});

test('a state of JSONata in a machine of JSONPath catches in JSONata', () => {
  const other = { ErrorEquals: ['Other'], Next: 'A' };
  const Catch = [other, { ErrorEquals: ['Else', 'Mine'], Output: '{% $states.errorOutput.Cause %}', Next: 'B' }];
  const A = { Type: 'Task', Resource: FUNCTION, QueryLanguage: 'JSONata', Catch, End: true };
  const one = course({ A, B: { Type: 'Succeed' } });
  const next = begin(one, {}, NOW);
  const caught = next.to === 'invoke' && failed(one, next.at, { error: 'Mine', cause: 'so' }, NOW);
  expect(caught).toEqual({ to: 'succeed', output: 'so' });
});

describe('an error of the fields of a task', () => {
  const of = (more: object): Next => {
    const one = course({
      A: { Type: 'Task', Resource: FUNCTION, ResultPath: '$.a.b', End: true, ...more },
      B: { Type: 'Succeed' },
    });
    const next = begin(one, { a: 1 }, NOW);
    return next.to === 'invoke' ? returned(one, next.at, 'x', NOW) : next;
  };
  const all = { ErrorEquals: ['States.ALL'] };

  test('is tried again though nothing would catch it, and caught though nothing would try it again', () => {
    expect(of({ Retry: [all], Catch: [] })).toMatchObject({ to: 'wait', ms: 1000 });
    expect(of({ Retry: [], Catch: [{ ...all, ResultPath: null, Next: 'B' }] })).toEqual({
      ...{ to: 'succeed', output: { a: 1 } },
    });
  });

  test('ends the course where there is neither', () => {
    const ended = { to: 'fail', error: 'States.ResultPathMatchFailure' };
    expect([of({}), of({ Catch: [] }), of({ Retry: [] }), of({ Retry: [], Catch: [] })]).toMatchObject(
      Array(4).fill(ended),
    );
  });
});

test('the context says how often a task was tried again, by all of its retriers', () => {
  const Retry = [{ ErrorEquals: ['Mine'] }, { ErrorEquals: ['States.ALL'] }];
  const A = { Type: 'Task', Resource: FUNCTION, Parameters: { 'n.$': '$$.State.RetryCount' }, Retry, End: true };
  const one = course({ A });
  let next = begin(one, {}, NOW);
  const counts: unknown[] = [];
  for (const error of ['Mine', 'Other', 'Mine']) {
    counts.push(next.to === 'invoke' && next.payload);
    const failure = next.to === 'invoke' ? failed(one, next.at, { error, cause: '' }, NOW) : next;
    next = failure.to === 'wait' ? waited(one, failure.at, NOW) : failure;
  }
  expect([...counts, next.to === 'invoke' && next.payload]).toEqual([0, 1, 2, 3].map((n) => ({ n })));
});

test('a function is called by the integration as asked, and a choice without rules goes its other way', () => {
  const Resource = 'arn:aws:states:::lambda:invoke';
  const Parameters = { FunctionName: FUNCTION, InvocationType: 'RequestResponse' };
  expect(run({ Type: 'Task', Resource, Parameters, End: true })).toMatchObject({ functionArn: FUNCTION, payload: {} });
  const choice = course({ A: { Type: 'Choice', Default: 'B' }, B: { Type: 'Succeed' } });
  expect(begin(choice, { a: 1 }, NOW)).toEqual({ to: 'succeed', output: { a: 1 } });
  expect(run({ Type: 'Choice' })).toMatchObject({ to: 'fail', error: 'States.NoChoiceMatched' });
});
