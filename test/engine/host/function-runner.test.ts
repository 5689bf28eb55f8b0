import {
  BackupClient,
  CreateBackupVaultCommand,
  ListBackupVaultsCommand,
  StartBackupJobCommand,
} from '@aws-sdk/client-backup';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateFunctionCommand,
  InvocationType,
  InvokeCommand,
  LambdaClient,
  PutFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { World } from '../../../engine/src/testing/world';
import { zipOf } from '../../support/zip';

const ROLE = 'arn:aws:iam::123456789012:role/automation';
const ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:f';

async function functionOf(code: string, more: object = {}, file = 'index.js', props: object = {}): Promise<World> {
  const start = '2027-01-01T00:00:00Z';
  const world = new World({ start, region: 'eu-central-1', runFunctions: true, ...props });
  await world.client(LambdaClient).send(
    new CreateFunctionCommand({
      FunctionName: 'f',
      Role: ROLE,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf({ [file]: code }) },
      ...more,
    }),
  );
  return world;
}

async function invoked(world: World, payload: object = {}): Promise<{ error: string | undefined; answer: any }> {
  const Payload = new TextEncoder().encode(JSON.stringify(payload));
  const got = await world.client(LambdaClient).send(new InvokeCommand({ FunctionName: 'f', Payload }));
  return { error: got.FunctionError, answer: JSON.parse(new TextDecoder().decode(got.Payload)) as unknown };
}

test('a function that is invoked answers, sees the clock of the World, its variables, and nothing of this process', async () => {
  process.env['HOLDFAST_SECRET'] = 'secret';
  const chance =
    '[Math.random(), crypto.randomUUID(), require("crypto").randomUUID(), require("crypto").randomBytes(4)]';
  const world = await functionOf(
    `exports.handler = async (event, context) => ({
       event, now: new Date().toISOString(), later: Date.now(), env: process.env, name: context.functionName,
       chance: ${chance},
     });`,
    { Environment: { Variables: { COLOUR: 'red' } } },
  );
  const { answer } = await invoked(world, { a: 1 });
  expect(answer).toMatchObject({ event: { a: 1 }, now: '2027-01-01T00:00:00.000Z', later: 1798761600000, name: 'f' });
  expect(answer.env).toMatchObject({ COLOUR: 'red', AWS_REGION: 'eu-central-1' });
  expect(Object.keys(answer.env as object).filter((name) => !/^(AWS_|LAMBDA_|_HANDLER|TZ|COLOUR)/.test(name))).toEqual(
    [],
  );
  const again = await functionOf(`exports.handler = async () => ${chance};`);
  expect((await invoked(again, { a: 1 })).answer).toEqual(answer.chance);
  expect((await invoked(again, { a: 1 })).answer).not.toEqual(answer.chance);
});

// prettier-ignore
test.each<[what: string, code: string, file: string, more: object, error: string | undefined, answer: unknown]>([
  ['returns nothing',              'exports.handler = async () => {}',                          'index.js',  {}, undefined, null],
  ['calls back',                   'exports.handler = (e, c, done) => done(null, c.awsRequestId.length)', 'index.js', {}, undefined, 36],
  ['is an ES module',              'export const handler = async () => import.meta.url.startsWith("file:")', 'index.mjs', {}, undefined, true],
  ['lies deeper',                  'exports.run = async () => 7',                               'src/app.cjs', { Handler: 'src/app.run' }, undefined, 7],
  ['throws',                       'exports.handler = async () => { throw new TypeError("no") }', 'index.js', {}, 'Unhandled', { errorType: 'TypeError', errorMessage: 'no' }],
  ['throws while nobody looks',    'exports.handler = () => { setTimeout(() => { throw new RangeError("late") }, 1) }', 'index.js', {}, 'Unhandled', { errorType: 'RangeError', errorMessage: 'late' }],
  ['has no such member',           'exports.other = 1',                                         'index.js',  {}, 'Unhandled', { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' }],
  ['has no such file',             '',                                                          'other.js',  {}, 'Unhandled', { errorType: 'Runtime.ImportModuleError', errorMessage: "Error: Cannot find module 'index'" }],
  ['ends its process',             'exports.handler = async () => process.exit(3)',             'index.js',  {}, 'Unhandled', { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited without providing a reason' }],
  ['takes too long',               'exports.handler = () => new Promise((r) => setTimeout(r, 9e5))', 'index.js', { Timeout: 1 }, 'Unhandled', { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 1.00 seconds' }],
  ['leaves a process behind',      `exports.handler = () => { require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => 1, 9e3)'], { stdio: 'inherit' }); return new Promise(() => setTimeout(() => 1, 9e5)) }`, 'index.js', { Timeout: 1 }, 'Unhandled', { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 1.00 seconds' }],
  ['is of another language',       '',                                                          'index.py',  { Runtime: 'python3.13' }, 'Unhandled', { errorType: 'NotEmulated', errorMessage: 'runtime python3.13 is not emulated; functions of Node.js run' }],
])('a function that %s', async (_what, code, file, more, error, answer) => {
  expect(await invoked(await functionOf(code, more, file))).toEqual({ error, answer });
});

const CALLS = `
  const { BackupClient, ListBackupVaultsCommand, DeleteBackupVaultCommand } = require('@aws-sdk/client-backup');
  const backup = new BackupClient({});
  exports.handler = async () => {
    const { BackupVaultList } = await backup.send(new ListBackupVaultsCommand({}));
    console.log('vaults', BackupVaultList.length);
    await backup.send(new DeleteBackupVaultCommand({ BackupVaultName: 'old' }));
    return BackupVaultList.map((vault) => vault.BackupVaultName);
  };`;

test('a function calls the World that it runs in, and the trail names its role', async () => {
  const world = await functionOf(CALLS);
  world.trail();
  await world.client(BackupClient).send(new CreateBackupVaultCommand({ BackupVaultName: 'old' }));
  expect((await invoked(world)).answer).toEqual(['old']);
  expect((await world.client(BackupClient).send(new ListBackupVaultsCommand({}))).BackupVaultList).toEqual([]);
  expect(world.trail().find(({ eventName }) => eventName === 'DeleteBackupVault')).toMatchObject({
    userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::123456789012:assumed-role/automation/f' },
  });
  expect(world.functionRuns()).toMatchObject([{ functionArn: ARN, runs: [{ log: ['vaults 1'] }] }]);
});

test('where policies decide, a function may what its role may', async () => {
  const allowed = [{ Effect: 'Allow', Action: 'backup:ListBackupVaults', Resource: '*' }];
  const world = await functionOf(CALLS, {}, 'index.js', { enforceIam: true });
  const env = { partition: 'aws', account: '123456789012', region: 'eu-central-1' };
  await world.deploy({
    vaults: [{ backupVaultName: 'old', env }],
    roles: [
      {
        roleName: 'automation',
        env,
        trustPolicy: { Statement: [] },
        inlinePolicies: [{ policyName: 'p', document: { Version: '2012-10-17', Statement: allowed } }],
      },
    ],
  });
  const { answer } = await invoked(world);
  expect(answer).toMatchObject({
    errorType: 'AccessDeniedException',
    errorMessage: expect.stringContaining(
      'assumed-role/automation/f is not authorized to perform: backup:DeleteBackupVault',
    ),
  });
  expect(world.functionRuns()[0]?.runs[0]?.log[0]).toBe('vaults 1');
});

/** A World in which a rule has the function hear of completed backup jobs, of which there is one. */
async function listening(code: string, more: object = {}): Promise<World> {
  const world = await functionOf(code, more);
  world.add({ type: 'DynamoDB', name: 'orders', sizeGiB: 1 });
  const events = world.client(EventBridgeClient);
  const EventPattern = JSON.stringify({ source: ['aws.backup'], detail: { state: ['COMPLETED'] } });
  await events.send(new PutRuleCommand({ Name: 'r', EventPattern }));
  await events.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 'f', Arn: ARN }] }));
  const backup = world.client(BackupClient);
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  const ResourceArn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/orders';
  // The SDK would draw a token.
  const job = { BackupVaultName: 'main', ResourceArn, IamRoleArn: ROLE, IdempotencyToken: 'once' };
  await backup.send(new StartBackupJobCommand(job));
  return world;
}

const HOUR = { hours: 1 };

test('a function that an event invokes runs at that instant, before anything later happens', async () => {
  const world = await listening(`
    const { BackupClient, DescribeBackupJobCommand, DeleteRecoveryPointCommand } = require('@aws-sdk/client-backup');
    exports.handler = async ({ detail, time }) => {
      const client = new BackupClient({});
      const job = await client.send(new DescribeBackupJobCommand({ BackupJobId: detail.backupJobId }));
      await client.send(new DeleteRecoveryPointCommand({ BackupVaultName: 'main', RecoveryPointArn: job.RecoveryPointArn }));
      return { state: job.State, same: new Date(time).getTime() === Math.floor(Date.now() / 1000) * 1000 };
    };`);
  await world.advance(HOUR);
  expect(world.functionRuns()).toMatchObject([{ runs: [{ payload: '{"state":"COMPLETED","same":true}' }] }]);
  expect(world.pointsOf('orders')).toEqual([]);
  expect(world.now).toBe('2027-01-01T01:00:00Z');
});

test('the same World runs its functions alike, digest and all', async () => {
  const digests: string[] = [];
  for (const stretches of [[HOUR], [{ minutes: 7 }, { minutes: 53 }]]) {
    const world = await listening('exports.handler = async () => { if (Math.random() < 2) throw new Error("x") }');
    for (const stretch of stretches) {
      await world.advance(stretch);
    }
    expect(world.functionRuns()[0]?.runs).toHaveLength(3);
    digests.push(world.summary().digest);
  }
  expect(digests[1]).toBe(digests[0]);
});

test('what fails runs again after one minute and after two more, then goes where failures go', async () => {
  const code = 'exports.handler = async () => { throw new Error("down") }';
  const dead = 'arn:aws:sqs:eu-central-1:123456789012:dead';
  const failures = 'arn:aws:sqs:eu-central-1:123456789012:failures';
  const world = await listening(code, { DeadLetterConfig: { TargetArn: dead } });
  const env = { partition: 'aws', account: '123456789012', region: 'eu-central-1' };
  await world.deploy({ queues: ['dead', 'failures'].map((queueName) => ({ queueName, env })) });
  await world.client(LambdaClient).send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: 'f',
      DestinationConfig: { OnFailure: { Destination: failures } },
    }),
  );
  await world.advance(HOUR);
  const [invocation] = world.functionRuns();
  const { at = 0, payload = '', runs = [] } = invocation ?? {};
  expect(runs.map((run) => (run.at - at) / 60_000)).toEqual([0, 1, 3]);
  expect(runs[0]).toMatchObject({ error: { type: 'Error', message: 'down' } });
  expect(world.messages('dead')).toEqual([payload]);
  expect(JSON.parse(world.messages('failures')[0] ?? '')).toMatchObject({
    version: '1.0',
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3, functionArn: `${ARN}:$LATEST` },
    requestPayload: { 'detail-type': 'Backup Job State Change' },
    responseContext: { statusCode: 200, functionError: 'Unhandled' },
    responsePayload: { errorType: 'Error', errorMessage: 'down' },
  });
});

// prettier-ignore
test.each<[config: object, runs: number, condition: string]>([
  [{ MaximumRetryAttempts: 0 },                                1, 'RetriesExhausted'],
  [{ MaximumRetryAttempts: 1 },                                2, 'RetriesExhausted'],
  [{ MaximumEventAgeInSeconds: 179 },                          2, 'EventAgeExceeded'],
  [{ MaximumEventAgeInSeconds: 180 },                          3, 'RetriesExhausted'],
])('with %j an event runs %s times until %s', async (config, runs, condition) => {
  const world = await listening('exports.handler = async () => { throw new Error("down") }');
  const env = { partition: 'aws', account: '123456789012', region: 'eu-central-1' };
  await world.deploy({ queues: [{ queueName: 'failures', env }] });
  const DestinationConfig = { OnFailure: { Destination: 'arn:aws:sqs:eu-central-1:123456789012:failures' } };
  const command = new PutFunctionEventInvokeConfigCommand({ FunctionName: 'f', DestinationConfig, ...config });
  await world.client(LambdaClient).send(command);
  await world.advance(HOUR);
  expect(world.functionRuns()[0]?.runs).toHaveLength(runs);
  expect(world.messages('failures')).toEqual([expect.stringContaining(`"condition":"${condition}"`)]);
});

test('a function that is not there, or a World that runs none, is told to who invokes', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z', region: 'eu-central-1' });
  const lambda = world.client(LambdaClient);
  const invoke = new InvokeCommand({ FunctionName: 'f' });
  await expect(lambda.send(invoke)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const made = { FunctionName: 'f', Role: ROLE, Code: {} };
  await lambda.send(new CreateFunctionCommand(made));
  await expect(lambda.send(invoke)).rejects.toMatchObject({ name: 'NotEmulated' });
  await lambda.send(new InvokeCommand({ FunctionName: 'f', InvocationType: InvocationType.Event }));
  await lambda.send(new InvokeCommand({ FunctionName: 'f', InvocationType: InvocationType.DryRun }));
  await world.advance(HOUR);
  expect(world.functionRuns()).toEqual([{ functionArn: ARN, at: 1798761600000, payload: '{}', runs: [] }]);
  const Payload = new TextEncoder().encode('{');
  const event = new InvokeCommand({ FunctionName: 'f', InvocationType: InvocationType.Event, Payload });
  await expect(lambda.send(event)).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
});
