// Tasks of state machines that wait: for whoever has their token, and for an execution that they started.
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { World } from '../../../engine/src/testing/world';
import {
  ACCOUNT,
  ANYTHING,
  begun,
  type Ended,
  MACHINE,
  open,
  optimized,
  QUEUE,
  ROLE,
  START,
  states,
  templateOf,
  type Under,
} from './task-stage';

describe('a callback', () => {
  const body = { 'token.$': '$$.Task.Token', 'for.$': '$.who' };
  const SENT = { QueueUrl: QUEUE, MessageBody: body };
  const asking = (more: object = {}, call = 'sqs:sendMessage.waitForTaskToken', given: object = SENT) =>
    states({ A: optimized(call, given, { End: true, ...more }) });

  async function received({ world }: Under): Promise<{ token: string }> {
    const queue = world.client(SQSClient);
    const { Messages } = await queue.send(new ReceiveMessageCommand({ QueueUrl: QUEUE }));
    await queue.send(new DeleteMessageCommand({ QueueUrl: QUEUE, ReceiptHandle: Messages?.[0]?.ReceiptHandle }));
    const text = Messages?.[0]?.Body ?? '{}';
    const parsed = JSON.parse(text) as { token: string; Message?: string };
    return parsed.Message === undefined ? parsed : (JSON.parse(parsed.Message) as { token: string });
  }

  async function asked(definition: object): Promise<Under & { taskToken: string }> {
    const under = await begun(definition, undefined, { who: 'me' });
    await under.world.advance({ minutes: 1 });
    const { token: taskToken } = await received(under);
    expect(taskToken).toMatch(/^[A-Za-z0-9+/=]{20,}$/);
    return { ...under, taskToken };
  }

  // prettier-ignore
  test.each<[call: string, given: object]>([
    ['sqs:sendMessage.waitForTaskToken',         SENT],
    ['aws-sdk:sqs:sendMessage.waitForTaskToken', SENT],
    ['sns:publish.waitForTaskToken',             { TopicArn: `arn:aws:sns:us-east-1:${ACCOUNT}:t`, Message: body }],
  ])('is waited for by %s, and brings what the task made', async (call, given) => {
    const { client, taskToken, ends } = await asked(asking({}, call, given));
    expect(await ends(5)).toMatchObject({ status: 'RUNNING' });
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"fine":true}' }));
    expect(await ends(0)).toMatchObject({ status: 'SUCCEEDED', output: { fine: true }, took: 360 });
    const again = client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
    await expect(again).rejects.toMatchObject({
      name: 'TaskTimedOut',
      message: "Task Timed Out: 'Provided task does not exist anymore'",
    });
  });

  test('brings an error that is caught, and a new try has a new token', async () => {
    const Retry = [{ ErrorEquals: ['Mine'], MaxAttempts: 1, IntervalSeconds: 5 }];
    const under = await asked(asking({ Retry }));
    const { client, taskToken, ends } = under;
    await client.send(new SendTaskFailureCommand({ taskToken, error: 'Mine', cause: 'so' }));
    expect(await ends(1)).toMatchObject({ status: 'RUNNING' });
    const { token } = await received(under);
    expect(token).not.toBe(taskToken);
    await client.send(new SendTaskFailureCommand({ taskToken: token, error: 'Mine', cause: 'so' }));
    expect(await ends(0)).toMatchObject({ status: 'FAILED', error: 'Mine', cause: 'so' });
  });

  test('stays away for as long as the task may take, and no longer', async () => {
    const { client, taskToken, ends } = await asked(asking({ TimeoutSeconds: 120 }));
    expect(await ends(5)).toMatchObject({ status: 'FAILED', error: 'States.Timeout', took: 120 });
    const late = client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
    await expect(late).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  test('need not come while the task is heard of', async () => {
    const definition = asking({ HeartbeatSeconds: 90, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'B' }] });
    Object.assign(definition.States, { B: { Type: 'Succeed' } });
    const { client, taskToken, ends } = await asked(definition);
    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
    expect(await ends(1)).toMatchObject({ status: 'RUNNING' });
    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
    expect(await ends(5)).toMatchObject({
      status: 'SUCCEEDED',
      output: { Error: 'States.HeartbeatTimeout', Cause: '' },
      took: 210,
    });
  });

  test('of a function comes from whoever has its token, but not where the function throws', async () => {
    const given = { FunctionName: 'f', Payload: { 'token.$': '$$.Task.Token', 'fails.$': '$.fails' } };
    const definition = asking({ TimeoutSeconds: 60 }, 'lambda:invoke.waitForTaskToken', given);
    const thrown = await begun(definition, undefined, { fails: true });
    expect(await thrown.ends(5)).toMatchObject({ status: 'FAILED', error: 'Error', took: 0 });
    const waiting = await begun(definition, undefined, { fails: false });
    expect(await waiting.ends(5)).toMatchObject({ status: 'FAILED', error: 'States.Timeout', took: 60 });
  });

  test('with a token that nobody was given, or with what is no JSON, is refused', async () => {
    const { client, taskToken, ends } = await asked(asking());
    const wrong = client.send(new SendTaskSuccessCommand({ taskToken: 'none', output: '{}' }));
    await expect(wrong).rejects.toMatchObject({ name: 'InvalidToken', message: "Invalid Token: 'Invalid token'" });
    const broken = client.send(new SendTaskSuccessCommand({ taskToken, output: '{' }));
    await expect(broken).rejects.toMatchObject({ name: 'InvalidOutput' });
    expect(await ends(0)).toMatchObject({ status: 'RUNNING' });
  });

  test('is not waited for where the call is refused', async () => {
    const refused = asking({}, 'sqs:sendMessage.waitForTaskToken', { QueueUrl: `${QUEUE}x`, MessageBody: 'a' });
    expect(await (await begun(refused)).ends(1)).toMatchObject({ error: 'SQS.QueueDoesNotExistException' });
  });
});

describe('a nested execution', () => {
  const INNER = MACHINE.replace(/m$/, 'inner');
  const outer = (pattern: string, more: object = {}) =>
    states({
      A: optimized(
        `states:startExecution${pattern}`,
        { StateMachineArn: INNER, Name: 'n', Input: { b: 2 } },
        { End: true, ...more },
      ),
    });

  async function nested(pattern: string, inner: object): Promise<Ended> {
    const world = new World({ start: new Date(START).toISOString(), seed: 1, runFunctions: true });
    open.push(world);
    await world.deploy(templateOf(outer(pattern), [ANYTHING], 'STANDARD'));
    const client = world.client(SFNClient);
    const definition = JSON.stringify(states({ W: { Type: 'Wait', Seconds: 30, Next: 'E' }, E: inner }));
    await client.send(new CreateStateMachineCommand({ name: 'inner', definition, roleArn: ROLE }));
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: MACHINE }));
    await world.advance({ minutes: 5 });
    const shown = await client.send(new DescribeExecutionCommand({ executionArn }));
    const { status, output, error, cause, stopDate } = shown;
    const took = stopDate === undefined ? undefined : (stopDate.getTime() - START) / 1000;
    return { status, output: output === undefined ? undefined : (JSON.parse(output) as unknown), error, cause, took };
  }

  const ExecutionArn = `${INNER.replace('stateMachine', 'execution')}:n`;

  // prettier-ignore
  test.each<[pattern: string, took: number, output: object]>([
    ['',        0,  { ExecutionArn, StartDate: START }],
    ['.sync',   30, { ExecutionArn, Status: 'SUCCEEDED', Input: '{"b":2}', Output: '{"b":2}', StartDate: START, StopDate: START + 30_000 }],
    ['.sync:2', 30, { ExecutionArn, Status: 'SUCCEEDED', Input: { b: 2 }, Output: { b: 2 }, StateMachineArn: INNER, Name: 'n' }],
  ])('that is started with startExecution%s ends its task after %d seconds', async (pattern, took, output) => {
    expect(await nested(pattern, { Type: 'Succeed' })).toMatchObject({ status: 'SUCCEEDED', took, output });
  });

  test('that fails, fails its task, with what describes it as the cause', async () => {
    const ended = await nested('.sync:2', { Type: 'Fail', Error: 'Mine', Cause: 'so' });
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed', took: 30 });
    expect(JSON.parse(ended.cause ?? '{}')).toMatchObject({
      Status: 'FAILED',
      Error: 'Mine',
      Cause: 'so',
      ExecutionArn,
    });
  });
});
