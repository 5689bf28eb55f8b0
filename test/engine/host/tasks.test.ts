// Tasks of state machines that call services: whom they call as, what they give and get, and what they wait for.
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

const START = Date.UTC(2027, 0, 1);
const ACCOUNT = '123456789012';
const MACHINE = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:m`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/machine`;
const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders`;
const QUEUE = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/q`;

type Definition = ReturnType<typeof states>;
type Policy = Readonly<Record<string, unknown>>;

const ANYTHING: Policy = { Effect: 'Allow', Action: '*', Resource: '*' };

function templateOf(definition: object, statements: readonly Policy[], type: string): Record<string, unknown> {
  const trusted = ['states.amazonaws.com', 'backup.amazonaws.com', 'lambda.amazonaws.com'];
  const trust = { Effect: 'Allow', Principal: { Service: trusted }, Action: 'sts:AssumeRole' };
  const code = "exports.handler = async (n) => { if (n.fails) { throw new Error('so'); } return n; };";
  return {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'machine',
          AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] },
          Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
        },
      },
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } },
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          TableName: 'orders',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
        },
      },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'reports-of-tests' } },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q' } },
      Topic: {
        Type: 'AWS::SNS::Topic',
        Properties: {
          TopicName: 't',
          Subscription: [{ Protocol: 'sqs', Endpoint: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
        },
      },
      F: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'f',
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Code: { ZipFile: code },
        },
      },
      M: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          StateMachineName: 'm',
          StateMachineType: type,
          RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
          DefinitionString: JSON.stringify(definition),
        },
      },
    },
  };
}

const states = (States: Record<string, object>) => ({ StartAt: Object.keys(States)[0], States });
const sdk = (call: string, Parameters: object = {}, more: object = { End: true }) => ({
  ...{ Type: 'Task', Resource: `arn:aws:states:::aws-sdk:${call}`, Parameters },
  ...more,
});
const optimized = (call: string, Parameters: object = {}, more: object = { End: true }) => ({
  ...{ Type: 'Task', Resource: `arn:aws:states:::${call}`, Parameters },
  ...more,
});

interface Under {
  readonly world: World;
  readonly client: SFNClient;
  readonly ends: (minutes: number, arn?: string) => Promise<Ended>;
}

interface Ended {
  readonly status: string | undefined;
  readonly output?: unknown;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  /** Seconds from the beginning of the World. */
  readonly took: number | undefined;
}

const open: World[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((world) => world.close()));
});

/** A World with a machine, whose execution `e` has begun. */
async function begun(definition: object, policy?: readonly Policy[], input: unknown = {}): Promise<Under> {
  const start = new Date(START).toISOString();
  const world = new World({ start, seed: 1, runFunctions: true, enforceIam: policy !== undefined });
  open.push(world);
  world.trail();
  await world.deploy(templateOf(definition, policy ?? [ANYTHING], 'STANDARD'));
  const client = world.client(SFNClient);
  const started = await client.send(
    new StartExecutionCommand({ stateMachineArn: MACHINE, name: 'e', input: JSON.stringify(input) }),
  );
  const ends = async (minutes: number, executionArn = started.executionArn) => {
    await world.advance({ minutes });
    const shown = await client.send(new DescribeExecutionCommand({ executionArn }));
    const { status, output, error, cause, stopDate } = shown;
    const took = stopDate === undefined ? undefined : (stopDate.getTime() - START) / 1000;
    return { status, output: output === undefined ? undefined : (JSON.parse(output) as unknown), error, cause, took };
  };
  return { world, client, ends };
}

async function run(definition: Definition, policy?: readonly Policy[], input?: unknown): Promise<Ended> {
  return (await begun(definition, policy, input)).ends(10);
}

const DRILL = states({
  Back: sdk(
    'backup:startBackupJob',
    { BackupVaultName: 'main', ResourceArn: TABLE, IamRoleArn: ROLE },
    { ResultPath: '$.job', Next: 'Wait' },
  ),
  Wait: { Type: 'Wait', Seconds: 60, Next: 'Look' },
  Look: sdk(
    'backup:describeBackupJob',
    { 'BackupJobId.$': '$.job.BackupJobId' },
    { ResultPath: '$.job', Next: 'Done' },
  ),
  Done: {
    Type: 'Choice',
    Choices: [{ Variable: '$.job.State', StringEquals: 'COMPLETED', Next: 'Restore' }],
    Default: 'Wait',
  },
  Restore: sdk(
    'backup:startRestoreJob',
    { 'RecoveryPointArn.$': '$.job.RecoveryPointArn', IamRoleArn: ROLE, Metadata: { targetTableName: 'again' } },
    { ResultPath: '$.restore', Next: 'WaitAgain' },
  ),
  WaitAgain: { Type: 'Wait', Seconds: 60, Next: 'LookAgain' },
  LookAgain: sdk(
    'backup:describeRestoreJob',
    { 'RestoreJobId.$': '$.restore.RestoreJobId' },
    { ResultPath: '$.restore', Next: 'DoneAgain' },
  ),
  DoneAgain: {
    Type: 'Choice',
    Choices: [{ Variable: '$.restore.Status', StringEquals: 'COMPLETED', Next: 'Drop' }],
    Default: 'WaitAgain',
  },
  Drop: sdk('dynamodb:deleteTable', { TableName: 'again' }, { ResultPath: '$.dropped', End: true }),
});

test('a drill backs a table up, restores it, looks until it is there, and drops it, all by its own role', async () => {
  const { world, ends } = await begun(DRILL);
  const ended = await ends(120);
  expect(ended).toMatchObject({
    status: 'SUCCEEDED',
    output: {
      job: { State: 'COMPLETED', BackupVaultName: 'main', ResourceType: 'DynamoDB' },
      restore: { Status: 'COMPLETED', CreatedResourceArn: TABLE.replace('orders', 'again') },
      dropped: { TableDescription: { TableName: 'again' } },
    },
  });
  const { CreationDate } = (ended.output as { job: { CreationDate: string } }).job;
  expect(CreationDate).toBe('2027-01-01T00:00:00Z');
  const calls = world
    .trail()
    .filter(({ userIdentity }) => JSON.stringify(userIdentity).includes('assumed-role/machine/'));
  expect(new Set(calls.map(({ eventName }) => eventName))).toEqual(
    new Set(['StartBackupJob', 'DescribeBackupJob', 'StartRestoreJob', 'DescribeRestoreJob', 'DeleteTable']),
  );
});

// prettier-ignore
test.each<[what: string, task: object, error: string, cause: RegExp]>([
  ['what the service declares', sdk('backup:describeRestoreJob', { RestoreJobId: 'none' }),          'Backup.ResourceNotFoundException', /\(Service: Backup, Status Code: 400, Request ID: [0-9a-f-]{36}\)$/],
  ['what it does not declare',  sdk('ec2:terminateInstances', { InstanceIds: ['i-00000000000000000'] }), 'Ec2.Ec2Exception',             /The instance ID 'i-0+' does not exist \(Service: Ec2, Status Code: 400, /],
  ['an error without a suffix', sdk('s3:getObject', { Bucket: 'reports-of-tests', Key: 'none' }),    'S3.NoSuchKeyException',            /\(Service: S3, Status Code: 404, /],
  ['a fault by its SDK name',   sdk('rds:describeDBInstances', { DbInstanceIdentifier: 'none' }),    'Rds.DbInstanceNotFoundException',  /none/],
  ['an optimized integration',  optimized('sqs:sendMessage', { QueueUrl: `${QUEUE}x`, MessageBody: 'a' }), 'SQS.QueueDoesNotExistException', /\(Service: AmazonSQS; Status Code: 400; Error Code: [\w.]+; Request ID: [0-9a-f-]{36}; Proxy: null\)$/],
])('a call that is refused is an error of the task: %s', async (_what, task, error, cause) => {
  const ended = await run(states({ A: task }));
  expect(ended).toMatchObject({ status: 'FAILED', error, took: 0 });
  expect(ended.cause).toMatch(cause);
  const Catch = [{ ErrorEquals: [error], Next: 'B' }];
  const Retry = [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 1, IntervalSeconds: 7 }];
  const caught = states({ A: { ...task, End: undefined, Next: 'B', Retry, Catch }, B: { Type: 'Succeed' } });
  expect(await run(caught)).toMatchObject({ status: 'SUCCEEDED', took: 7 });
});

// prettier-ignore
test.each<[what: string, task: object, why: string]>([
  ['another name',          sdk('backup:describeRestoreJob', { restoreJobId: 'r' }),              "The field 'restoreJobId' is not supported by Step Functions"],
  ['the name of the API',   sdk('rds:describeDBInstances', { DBInstanceIdentifier: 'd' }),        "The field 'DBInstanceIdentifier' is not supported by Step Functions"],
  ['nothing',               sdk('backup:describeRestoreJob'),                                     "The field 'RestoreJobId' is required but was missing"],
  ['a number for a text',   sdk('backup:describeRestoreJob', { RestoreJobId: 5 }),                "The value for the field 'RestoreJobId' must be a STRING"],
  ['a text for a list',     sdk('ec2:terminateInstances', { InstanceIds: 'i-1' }),                "The value for the field 'InstanceIds' must be an ARRAY"],
])('a task does not begin with %s, and nothing catches that', async (_what, task, why) => {
  const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'B' }];
  const ended = await run(states({ A: { ...task, End: undefined, Next: 'B', Catch }, B: { Type: 'Succeed' } }));
  expect(ended).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(ended.cause).toContain(`could not be used to start the Task: [${why}]`);
});

// prettier-ignore
test.each<[call: string, cause: string]>([
  ['backup:noSuchAction',      "State 'A': backup: there is no action noSuchAction"],
  ['backup:StartBackupJob',    "State 'A': backup: there is no action StartBackupJob"],
  ['glue:startJobRun',         "State 'A': glue: the service is not emulated"],
  ['ec2:describeSpotFleetInstances', "State 'A': ec2: DescribeSpotFleetInstances is not emulated"],
])('%s is not run, and says so', async (call, cause) => {
  expect(await run(states({ A: sdk(call) }))).toMatchObject({ status: 'FAILED', error: 'NotEmulated', cause });
});

test('bodies are text, an object is put as JSON with a text in its quotes, and JSONata sees the result', async () => {
  const at = { Bucket: 'reports-of-tests', Key: 'k' };
  const definition = {
    QueryLanguage: 'JSONata',
    ...states({
      Put: {
        ...{ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:s3:putObject', Next: 'Get' },
        Arguments: { ...at, Body: '{% $states.input.body %}' },
        Output: '{% $states.input %}',
      },
      Get: {
        ...{ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:s3:getObject', End: true },
        ...{ Arguments: at, Output: { got: '{% $states.result.Body %}', bytes: '{% $states.result.ContentLength %}' } },
      },
    }),
  };
  expect(await run(definition, undefined, { body: { a: 1 } })).toMatchObject({ output: { got: '{"a":1}', bytes: 7 } });
  expect(await run(definition, undefined, { body: 'text' })).toMatchObject({ output: { got: '"text"', bytes: 6 } });
});

describe('where policies decide', () => {
  const passing = { Effect: 'Allow', Action: 'iam:PassRole', Resource: ROLE };
  const looking = { Effect: 'Allow', Action: 'backup:ListBackupVaults', Resource: '*' };
  const A = sdk('backup:startBackupJob', { BackupVaultName: 'main', ResourceArn: TABLE, IamRoleArn: ROLE });
  const starting = { Effect: 'Allow', Action: 'backup:StartBackupJob', Resource: '*' };

  test('a task may do what its role may', async () => {
    expect(await run(states({ A }), [starting, passing])).toMatchObject({ status: 'SUCCEEDED' });
    expect(await run(states({ A: sdk('backup:listBackupVaults') }), [looking])).toMatchObject({
      output: { BackupVaultList: [{ BackupVaultName: 'main' }] },
    });
  });

  // prettier-ignore
  test.each<[what: string, statements: Policy[], action: string]>([
    ['may do nothing of the kind', [looking],  'backup:StartBackupJob'],
    ['may not hand the role over', [starting], 'iam:PassRole'],
  ])('a task fails whose role %s', async (_what, statements, action) => {
    const ended = await run(states({ A }), statements);
    expect(ended).toMatchObject({ status: 'FAILED', error: 'Backup.BackupException' });
    expect(ended.cause).toMatch(
      new RegExp(`^User: arn:aws:sts::${ACCOUNT}:assumed-role/machine/[0-9a-f]{32} is not authorized to perform: ${action} `),
    );
    expect(ended.cause).toMatch(/\(Service: Backup, Status Code: 403, Request ID: /);
  });
});

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

describe('events', () => {
  const put = (entry: object) =>
    states({
      A: optimized('events:putEvents', {
        Entries: [{ Source: 'own', DetailType: 'Done', Detail: { a: 1 }, Resources: ['arn:r'], ...entry }],
      }),
    });

  test('tell of the execution and its machine among their resources', async () => {
    const { world, ends } = await begun(put({}));
    expect(await ends(1)).toMatchObject({ status: 'SUCCEEDED', output: { FailedEntryCount: 0 } });
    const record = world.trail().find(({ eventName }) => eventName === 'PutEvents');
    expect(record?.requestParameters).toMatchObject({
      entries: [
        { detail: '{"a":1}', resources: ['arn:r', MACHINE.replace('stateMachine', 'execution') + ':e', MACHINE] },
      ],
    });
  });

  test('that fail, fail the task', async () => {
    const ended = await run(put({ Detail: '[' }));
    expect(ended).toMatchObject({ status: 'FAILED', error: 'EventBridge.FailedEntry' });
    expect(ended.cause).toContain('MalformedDetail');
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
