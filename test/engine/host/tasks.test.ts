// Tasks of state machines that call services: whom they call as, what they give and get.
import { ACCOUNT, begun, MACHINE, optimized, type Policy, QUEUE, ROLE, run, sdk, states, TABLE } from './task-stage';

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
  ['no event in its place', optimized('events:putEvents', { Entries: [null] }),                   "The value for the field 'Entries' must be an OBJECT"],
  ['a list for an event',   optimized('events:putEvents', { Entries: [[]] }),                     "The value for the field 'Entries' must be an OBJECT"],
  ['no list of resources',  optimized('events:putEvents', { Entries: [{ Resources: 5 }] }),       "The value for the field 'Resources' must be an ARRAY"],
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
