// Executions of state machines as they move on: what they call, what they wait for, how they end.
import type { Answer, Invocation } from '../../../engine/src/domain/functions';
import { parseInstant, SECOND } from '../../../engine/src/kernel/instant';
import { createStateMachine } from '../../../engine/src/operations/sfn/create-state-machine';
import { describeExecution } from '../../../engine/src/operations/sfn/describe-execution';
import { startExecution } from '../../../engine/src/operations/sfn/start-execution';
import { ENV, world } from '../scenarios/stage';

const NOW = parseInstant('2027-01-01');
const FUNCTION = `arn:aws:lambda:${ENV.region}:${ENV.account}:function:f`;
const OK: Answer = { payload: '{"done":true}', error: undefined, log: [] };
const BAD: Answer = { payload: undefined, error: { type: 'TypeError', message: 'so' }, log: [] };

/** Starts a machine whose first state is this one, where functions run if there are answers, and moves the clock by an hour. */
function executed(state: object, answers: Answer[] | undefined, input = '{"a":1}') {
  const made = world('2027-01-01', {});
  const { functions, messaging } = made.services;
  messaging.functions.add(ENV, 'f', {
    ...{ runtime: 'nodejs22.x', handler: 'index.handler', roleArn: undefined, environment: {}, timeoutSeconds: 3 },
    ...{ memoryMib: 128, code: {}, deadLetterArn: undefined },
  });
  const calls: [seconds: number, payload: unknown][] = [];
  if (answers !== undefined) {
    functions.begin(() => Promise.resolve(OK));
  }
  const run = (invocation: Invocation) => {
    calls.push([(made.now - NOW) / SECOND, JSON.parse(invocation.payload)]);
    functions.settle(invocation, answers?.[calls.length - 1] ?? OK);
  };
  const definition = JSON.stringify({ StartAt: 'A', States: { A: state, B: { Type: 'Succeed' } } });
  createStateMachine(made, ENV, { name: 'm', definition, roleArn: 'arn:role' });
  const stateMachineArn = `arn:aws:states:${ENV.region}:${ENV.account}:stateMachine:m`;
  const { executionArn } = startExecution(made, ENV, { stateMachineArn, name: 'x', input });
  while (!made.runUntil(parseInstant('2027-01-01T01:00:00Z'))) {
    for (let next = functions.next(); next !== undefined; next = functions.next()) run(next);
  }
  const { status, output, error, cause, stopDate } = describeExecution(made, ENV, { executionArn });
  const seconds = stopDate === undefined ? undefined : (Number(stopDate) - NOW) / SECOND;
  return { ends: { status, output, error, cause, seconds }, calls };
}

const task = (more: object = {}) => ({ Type: 'Task', Resource: FUNCTION, Next: 'B', ...more });

test('a task calls its function at once with what came into it, and the execution ends with what that returned', () => {
  expect(executed(task(), [OK])).toEqual({
    ends: { status: 'SUCCEEDED', output: '{"done":true}', error: undefined, cause: undefined, seconds: 0 },
    calls: [[0, { a: 1 }]],
  });
});

test('a function that returns nothing is one that returns null', () => {
  expect(executed(task({ ResultPath: '$.r' }), [{ ...OK, payload: undefined }]).ends).toMatchObject({
    status: 'SUCCEEDED',
    output: '{"a":1,"r":null}',
  });
});

test('an execution waits as long as its state says', () => {
  expect(executed({ Type: 'Wait', Seconds: 90, Next: 'B' }, []).ends).toMatchObject({
    status: 'SUCCEEDED',
    seconds: 90,
  });
});

test('a function that fails is called again when its retrier says, and names the error in the end', () => {
  const retried = task({ Retry: [{ ErrorEquals: ['TypeError'], IntervalSeconds: 10, MaxAttempts: 1 }] });
  expect(executed(retried, [BAD, OK])).toMatchObject({
    ends: { status: 'SUCCEEDED', seconds: 10 },
    calls: [
      [0, { a: 1 }],
      [10, { a: 1 }],
    ],
  });
  expect(executed(retried, [BAD, BAD]).ends).toEqual({
    ...{ status: 'FAILED', output: undefined, seconds: 10 },
    ...{ error: 'TypeError', cause: '{"errorType":"TypeError","errorMessage":"so"}' },
  });
});

test('a function that is not there is an error that can be caught', () => {
  const absent = task({ Resource: `${FUNCTION}2` });
  expect(executed(absent, []).ends).toMatchObject({
    ...{ status: 'FAILED', error: 'Lambda.ResourceNotFoundException' },
    cause: `Function not found: ${FUNCTION}2`,
  });
  const caught = { ...absent, Catch: [{ ErrorEquals: ['Lambda.ResourceNotFoundException'], Next: 'B' }] };
  expect(executed(caught, []).ends.status).toBe('SUCCEEDED');
});

test('an execution stays as it began in a World that runs no functions', () => {
  expect(executed({ Type: 'Pass', Next: 'B' }, undefined).ends).toEqual({
    ...{ status: 'RUNNING', output: undefined, error: undefined, cause: undefined, seconds: undefined },
  });
  expect(executed({ Type: 'Pass', Next: 'B' }, []).ends.status).toBe('SUCCEEDED');
});

describe('a task that fails', () => {
  const failing = (errors: string[], ...Retry: object[]) =>
    executed(
      task({ Retry }),
      errors.map((type) => ({ ...BAD, error: { type, message: 'so' } })),
    );
  const times = ({ calls }: ReturnType<typeof executed>) => calls.map(([seconds]) => seconds);

  test('is tried three times when nobody says how often: after a second, two and four', () => {
    const tried = failing(['Mine', 'Mine', 'Mine', 'Mine'], { ErrorEquals: ['States.TaskFailed'] });
    expect([times(tried), tried.ends.status]).toEqual([[0, 1, 3, 7], 'FAILED']);
  });

  test('waits no longer than its retrier lets it', () => {
    const retrier = { ErrorEquals: ['Mine'], IntervalSeconds: 10, BackoffRate: 4, MaxDelaySeconds: 25 };
    expect(times(failing(['Mine', 'Mine', 'Mine'], retrier))).toEqual([0, 10, 35, 60]);
  });

  test('is tried by each of its retriers as often as that says, the first that fits', () => {
    const mine = { ErrorEquals: ['Mine'], IntervalSeconds: 5, MaxAttempts: 1 };
    const all = { ErrorEquals: ['States.ALL'], IntervalSeconds: 7, MaxAttempts: 2, BackoffRate: 1 };
    const tried = failing(['Other', 'Mine', 'Other', 'Mine'], mine, all);
    expect([times(tried), tried.ends]).toMatchObject([[0, 7, 12, 19], { status: 'FAILED', error: 'Mine' }]);
    expect(failing(['Other', 'Other', 'Other'], mine).ends.error).toBe('Other');
  });

  test('is caught by the first that fits', () => {
    const Catch = [
      { ErrorEquals: ['Other'], Next: 'A' },
      { ErrorEquals: ['TypeError'], ResultPath: '$.e', Next: 'B' },
    ];
    const caught = executed(task({ Catch }), [BAD]);
    expect(caught.calls).toHaveLength(1);
    expect(JSON.parse(caught.ends.output ?? '')).toMatchObject({ a: 1, e: { Error: 'TypeError' } });
  });
});

// prettier-ignore
test.each<[rule: object, input: unknown, fits: boolean]>([
  [{ Variable: '$.a', NumericGreaterThanEquals: 3 },               { a: 2 },                      false],
  [{ Variable: '$.a', NumericGreaterThanEquals: 3 },               { a: 3 },                      true],
  [{ Variable: '$.a', NumericGreaterThan: 3 },                     { a: 3 },                      false],
  [{ Variable: '$.a', NumericGreaterThan: 3 },                     { a: 4 },                      true],
  [{ Variable: '$.a', NumericLessThanEquals: 3 },                  { a: 3 },                      true],
  [{ Variable: '$.a', NumericLessThanEquals: 3 },                  { a: 4 },                      false],
  [{ Variable: '$.a', TimestampLessThan: '2027-01-02T00:00:00Z' }, { a: '2027-01-01T00:00:00Z' }, true],
  [{ Variable: '$.a', StringEquals: 1 },                           { a: 1 },                      false],
  [{ Variable: '$.a', NumericLessThan: '3' },                      { a: 2 },                      false],
  [{ Variable: '$.a', IsBoolean: true },                           { a: false },                  true],
  [{ Variable: '$.a', IsBoolean: true },                           { a: 'false' },                false],
  [{ Variable: '$.a', IsString: true },                            { a: 'x' },                    true],
  [{ Variable: '$.a', IsNumeric: true },                           { a: '1' },                    false],
  [{ Variable: '$.a', IsPresent: true, Comment: 'there' },         { a: 1 },                      true],
  [{ Or: [{ Variable: '$.a', NumericEquals: 2 }, { Variable: '$.a', NumericEquals: 3 }] }, { a: 1 }, false],
  [{ Not: { Variable: '$.a', IsNumeric: true } },                  { a: 1 },                      false],
])('an execution goes by the choice %j of %j: %p', (rule, input, fits) => {
  const choice = { Type: 'Choice', Choices: [{ ...rule, Next: 'B' }] };
  const { ends } = executed(choice, [], JSON.stringify(input));
  expect([ends.status, ends.error]).toEqual(fits ? ['SUCCEEDED', undefined] : ['FAILED', 'States.NoChoiceMatched']);
});

test('a task calls no service in a World where nobody makes such calls, and says so', () => {
  const Resource = 'arn:aws:states:::aws-sdk:backup:listBackupVaults';
  expect(executed({ ...task(), Resource }, []).ends).toMatchObject({
    ...{ status: 'FAILED', error: 'NotEmulated' },
    cause: "State 'A': calls of backup:listBackupVaults are not made in this World",
  });
});
