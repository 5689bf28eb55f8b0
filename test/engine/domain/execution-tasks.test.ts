// What becomes of an execution whose tasks call services: by what they answer, and by what happens meanwhile.
import { AtOnce } from '../../../engine/src/domain/execution-way';
import type { FunctionRuns } from '../../../engine/src/domain/function-runs';
import type { TaskAnswer, TaskCall } from '../../../engine/src/domain/task-integrations';
import type { TaskRuns } from '../../../engine/src/domain/task-runs';
import { MINUTE, parseInstant, SECOND } from '../../../engine/src/kernel/instant';
import { createStateMachine } from '../../../engine/src/operations/sfn/create-state-machine';
import { deleteStateMachine } from '../../../engine/src/operations/sfn/delete-state-machine';
import { describeExecution } from '../../../engine/src/operations/sfn/describe-execution';
import { startExecution } from '../../../engine/src/operations/sfn/start-execution';
import { ENV, world } from '../scenarios/stage';

const NOW = parseInstant('2027-01-01');
const MACHINES = `arn:aws:states:${ENV.region}:${ENV.account}:stateMachine`;
const LIST = 'aws-sdk:backup:listBackupVaults';

type Answers = (call: TaskCall) => TaskAnswer;

/** A World whose services answer tasks so, and a machine of it that has begun. */
function begun(States: Record<string, object>, answers: Answers, more: object = {}) {
  const state = world('2027-01-01', {});
  const { functions, executions } = state.services;
  functions.begin(() => Promise.resolve({ payload: '1', error: undefined, log: [] }));
  executions.tasks.begin((call) => Promise.resolve(answers(call)));
  const make = (name: string, of: Record<string, object>, also: object = {}) => {
    const definition = JSON.stringify({ StartAt: Object.keys(of)[0], States: of, ...also });
    createStateMachine(state, ENV, { name, definition, roleArn: 'arn:role' });
    return `${MACHINES}:${name}`;
  };
  const start = (stateMachineArn: string, name: string) =>
    startExecution(state, ENV, { stateMachineArn, name, input: '{}' }).executionArn;
  const machineArn = make('m', States, more);
  const executionArn = start(machineArn, 'x');
  const ends = async (seconds: number, arn = executionArn) => {
    while (!state.runUntil(NOW + seconds * SECOND)) {
      await executions.tasks.next()?.();
    }
    const { status, output, error, cause } = describeExecution(state, ENV, { executionArn: arn });
    return { status, output, error, cause };
  };
  return { state, make, start, ends, machineArn };
}

const task = (resource: string, more: object = {}, Parameters: object = {}) => ({
  A: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters, End: true, ...more },
});

// prettier-ignore
test.each<[what: string, answer: object, ended: object]>([
  ['an output',                          { output: { a: 1 } },                          { status: 'SUCCEEDED', output: '{"a":1}' }],
  ['a fault',                            { fault: { error: 'Backup.X', cause: 'so' } }, { status: 'FAILED', error: 'Backup.X', cause: 'so' }],
  ['that it is not run here',            { notRun: 'because' },                         { status: 'FAILED', error: 'NotEmulated', cause: "State 'A': because" }],
  ['that its parameters are not fit',    { unfit: 'bad' },                              { status: 'FAILED', error: 'States.Runtime', cause: expect.stringMatching(/state 'A'\. The Parameters '\{\}' could not be used to start the Task: \[bad\]$/) }],
])('a task whose service answers with %s', async (_, answer, ended) => {
  expect(await begun(task(LIST), () => answer as TaskAnswer).ends(1)).toMatchObject(ended);
});

test('a machine that is deleted ends its executions all the same', async () => {
  const { state, machineArn } = begun({ W: { Type: 'Wait', Seconds: 60, Next: 'E' }, E: { Type: 'Succeed' } }, () => ({
    notRun: '',
  }));
  deleteStateMachine(state, ENV, { stateMachineArn: machineArn });
  expect(state.services.messaging.stateMachines.tryFind(machineArn)).toBeUndefined();
  state.runUntil(NOW + 2 * MINUTE);
  const [execution] = state.services.messaging.stateMachines.executions;
  expect(execution).toMatchObject({ status: 'SUCCEEDED', stoppedAt: NOW + MINUTE });
});

describe('a task that starts an execution', () => {
  const nested = (pattern: string, inner: Record<string, object>, more: object = {}) => {
    const stage: { started?: string; under?: ReturnType<typeof begun> } = {};
    const answers = () => {
      const { under } = stage;
      stage.started = under!.start(under!.make('inner', inner), 'n');
      return { output: { ExecutionArn: stage.started, StartDate: NOW } };
    };
    stage.under = begun(
      task(`states:startExecution${pattern}`, more, { StateMachineArn: `${MACHINES}:inner` }),
      answers,
    );
    return stage.under;
  };
  const AT_ONCE = { S: { Type: 'Succeed' } };

  test('and waits for it goes on at once where that ended at once, and says whether it tells everything', async () => {
    const { status, output } = await nested('.sync:2', AT_ONCE).ends(1);
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output ?? '{}')).toMatchObject({
      ...{ Status: 'SUCCEEDED', Input: {}, InputDetails: { Included: true } },
      ...{ Output: {}, OutputDetails: { Included: true } },
    });
  });

  test('and waits for a callback does not go on with its end', async () => {
    const Parameters = { StateMachineArn: `${MACHINES}:inner`, Input: { 'token.$': '$$.Task.Token' } };
    expect(await nested('.waitForTaskToken', AT_ONCE, { Parameters }).ends(60)).toMatchObject({ status: 'RUNNING' });
  });
});

test('whoever calls back after the execution was over is told so', async () => {
  const { state, ends } = begun(
    task('aws-sdk:sqs:sendMessage.waitForTaskToken', {}, { QueueUrl: 'q', 'MessageBody.$': '$$.Task.Token' }),
    () => ({ notRun: 'not this' }),
    { TimeoutSeconds: 30 },
  );
  let taskToken = '';
  const { tasks } = state.services.executions;
  tasks.begin(({ parameters }) => {
    taskToken = (parameters as { MessageBody: string }).MessageBody;
    return Promise.resolve({ output: {} });
  });
  expect(await ends(20)).toMatchObject({ status: 'RUNNING' });
  expect(tasks.tryFind(taskToken)?.isOver()).toBe(false);
  expect(await ends(40)).toMatchObject({ status: 'TIMED_OUT' });
  expect(tasks.tryFind(taskToken)?.isOver()).toBe(true);
});

describe('at once', () => {
  const way = () => new AtOnce({} as FunctionRuns, {} as TaskRuns);

  test('one timer after the other comes up, each once', async () => {
    const [one, told] = [way(), [] as number[]];
    for (const ms of [30, 10, 20]) {
      one.later(ms, () => told.push(ms));
    }
    one.later(15, () => one.later(10, () => told.push(25)));
    await one.run(() => told.length === 4);
    expect(told).toEqual([10, 20, 25, 30]);
  });

  test('nothing more is done once it is over', async () => {
    const [one, told] = [way(), [] as number[]];
    one.later(10, () => told.push(10));
    one.later(20, () => told.push(20));
    await one.run(() => told.length === 1);
    expect(told).toEqual([10]);
  });
});
