// Stacks that wait: for signals by a creation policy or a wait condition, and no longer than they may.
import {
  CancelUpdateStackCommand,
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  OnFailure,
  SignalResourceCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { World } from '@holdfast/engine';
import { ServedWorld } from '../../../engine/src/host/served-world';
import { InProcessHandler } from '../../../engine/src/testing/client';
import { RESPONSES } from '../../../engine/src/wire/custom-resources';
import { zipOf } from '../../support/zip';

const StackName = 'team';
const START = '2027-01-01T00:00:00Z';
const vault = (BackupVaultName: string, DependsOn?: string) => ({
  Type: 'AWS::Backup::BackupVault',
  Properties: { BackupVaultName },
  ...(DependsOn && { DependsOn }),
});
const policy = (Count?: number, Timeout?: string) => ({
  Type: 'AWS::CloudFormation::WaitCondition',
  CreationPolicy: { ResourceSignal: { ...(Count !== undefined && { Count }), ...(Timeout && { Timeout }) } },
});
const HANDLE = { Type: 'AWS::CloudFormation::WaitConditionHandle' };
const condition = (properties: object) => ({
  Type: 'AWS::CloudFormation::WaitCondition',
  Properties: { Handle: { Ref: 'Handle' }, ...properties },
});
/** A vault before the wait, and one after it. */
const around = (Ready: object, more: object = {}) => ({
  First: vault('first'),
  Ready: { ...Ready, DependsOn: 'First' },
  Last: vault('last', 'Ready'),
  ...more,
});

let world: World;
let client: CloudFormationClient;

beforeEach(() => {
  world = new World({ start: START });
  client = world.client(CloudFormationClient);
});

const text = (Resources: object, Outputs?: object) => JSON.stringify({ Resources, ...(Outputs && { Outputs }) });
const create = (Resources: object, more: object = {}) =>
  client.send(new CreateStackCommand({ StackName, TemplateBody: text(Resources), ...more }));
const described = async (name = StackName) =>
  (await client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0];
const status = async (name?: string) => (await described(name))?.StackStatus;
const signal = (UniqueId: string, Status: 'FAILURE' | 'SUCCESS' = 'SUCCESS', LogicalResourceId = 'Ready') =>
  client.send(new SignalResourceCommand({ StackName, LogicalResourceId, UniqueId, Status }));

/** Oldest first: what happened to a resource, and why. */
async function events(LogicalResourceId: string, name = StackName): Promise<string[]> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: name }));
  return StackEvents.filter((event) => event.LogicalResourceId === LogicalResourceId)
    .reverse()
    .map((event) => [event.ResourceStatus, event.ResourceStatusReason].filter((part) => part !== undefined).join(': '));
}

test('a resource with a creation policy is there when as many signals came as it asks for', async () => {
  await create(around(policy(2, 'PT1H')));
  expect(await status()).toBe('CREATE_IN_PROGRESS');
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
  expect(StackResources.map((one) => [one.LogicalResourceId, one.ResourceStatus])).toEqual([
    ['First', 'CREATE_COMPLETE'],
    ['Ready', 'CREATE_IN_PROGRESS'],
  ]);
  await signal('one');
  // Sent again, it is the same one.
  await signal('one');
  await world.advance({ minutes: 59 });
  expect(await status()).toBe('CREATE_IN_PROGRESS');
  await signal('two');
  expect(await status()).toBe('CREATE_COMPLETE');
  expect(await events('Ready')).toEqual([
    'CREATE_IN_PROGRESS',
    'CREATE_IN_PROGRESS: Resource creation Initiated',
    'CREATE_IN_PROGRESS: Received SUCCESS signal with UniqueId one',
    'CREATE_IN_PROGRESS: Received SUCCESS signal with UniqueId two',
    'CREATE_COMPLETE',
  ]);
  expect(await events('Last')).toHaveLength(3);
  await world.advance({ days: 1 });
  expect(await status()).toBe('CREATE_COMPLETE');
});

// prettier-ignore
test.each([
  ['a second before the default of five minutes is over', undefined, 5, -1, 'CREATE_IN_PROGRESS'],
  ['when the default of five minutes is over',            undefined, 5,  0, 'ROLLBACK_COMPLETE'],
  ['before its hours, minutes and seconds are over',     'PT1H2M3S', 62, 0, 'CREATE_IN_PROGRESS'],
  ['when its hours, minutes and seconds are over',       'PT1H2M3S', 63, 0, 'ROLLBACK_COMPLETE'],
])('%s, a stack that had no signal is in that state', async (_, timeout, minutes, seconds, expected) => {
  await create(around(policy(undefined, timeout)));
  await world.advance({ minutes: minutes + seconds / 60 });
  // What is due at the instant itself comes with the next move.
  await world.advance({ minutes: 1 / 60000 });
  expect(await status()).toBe(expected);
  if (expected === 'ROLLBACK_COMPLETE') {
    expect((await events('Ready'))[2]).toBe(
      'CREATE_FAILED: Failed to receive 1 resource signal(s) within the specified duration',
    );
    expect(await events('First')).toContain('DELETE_COMPLETE');
    expect(await events('Last')).toEqual([]);
  }
});

test('a signal of failure fails the resource, and the stack is rolled back', async () => {
  await create(around(policy(2)));
  await signal('one');
  await signal('two', 'FAILURE');
  expect(await status()).toBe('ROLLBACK_COMPLETE');
  expect(await events('Ready')).toContain('CREATE_FAILED: Received FAILURE signal with UniqueId two');
});

test('fails for signals to what is done, what does not wait, and what is not there', async () => {
  await create(around(policy()));
  const refused = (message: string | RegExp) => ({ name: 'ValidationError', message: expect.stringMatching(message) });
  await expect(signal('x', 'SUCCESS', 'First')).rejects.toMatchObject(
    refused('Resource First is in CREATE_COMPLETE state and cannot be signaled'),
  );
  await expect(signal('x', 'SUCCESS', 'None')).rejects.toMatchObject(refused('Resource None does not exist'));
  await expect(signal('x', 'MAYBE' as never)).rejects.toMatchObject(refused(/enum value set: \[FAILURE, SUCCESS\]/));
  await signal('x');
  const { StackId } = (await described()) ?? {};
  await expect(signal('x')).rejects.toMatchObject(
    refused(`Stack ${StackId} is in CREATE_COMPLETE state and cannot be signaled`),
  );
});

// prettier-ignore
test.each([
  ['a wait of more than twelve hours', policy(1, 'PT12H1S'),                    'Timeout must be above 0 and at most 12 hours, got PT12H1S'],
  ['a time that is none',              policy(1, 'soon'),                       'Timeout must be above 0 and at most 12 hours, got soon'],
  ['a count that is none',             policy(1.5),                             'Count must be a whole number from 0 on, got 1.5'],
  ['a condition for no signal',        condition({ Timeout: 60, Count: 0 }),    'Count must be a whole number from 1 on, got 0'],
  ['a condition without a time',       condition({}),                           'Handle and Timeout must be given together'],
  ['a handle that is none',            { ...condition({ Handle: 'x', Timeout: 60 }) }, 'Handle must be that of an AWS::CloudFormation::WaitConditionHandle, got x'],
])('fails for %s', async (_, Ready, why) => {
  await create({ Handle: HANDLE, Ready });
  expect((await events('Ready')).find((event) => event.startsWith('CREATE_FAILED'))).toContain(why);
});

test('a creation policy of what has none changes nothing', async () => {
  await create({ First: { ...vault('first'), CreationPolicy: policy().CreationPolicy } });
  expect(await status()).toBe('CREATE_COMPLETE');
});

describe('TimeoutInMinutes', () => {
  test.each<[OnFailure, string, string]>([
    [
      'ROLLBACK',
      'ROLLBACK_COMPLETE',
      'ROLLBACK_IN_PROGRESS: Stack creation time exceeded the specified timeout. Rollback requested by user.',
    ],
    ['DO_NOTHING', 'CREATE_FAILED', 'CREATE_FAILED: Stack creation time exceeded the specified timeout.'],
    [
      'DELETE',
      'DELETE_COMPLETE',
      'DELETE_IN_PROGRESS: Stack creation time exceeded the specified timeout. Delete requested by user.',
    ],
  ])('ends a creation, which OnFailure %s leaves %s', async (onFailure, expected, event) => {
    const { StackId = '' } = await create(around(policy(1, 'PT1H')), { TimeoutInMinutes: 30, OnFailure: onFailure });
    await world.advance({ minutes: 29 });
    expect(await status()).toBe('CREATE_IN_PROGRESS');
    await world.advance({ minutes: 2 });
    expect(await status(StackId)).toBe(expected);
    expect(await events(StackName, StackId)).toContain(event);
    expect(await events('Ready', StackId)).toContain('CREATE_FAILED: Resource creation cancelled');
    await world.advance({ hours: 2 });
    expect(await status(StackId)).toBe(expected);
  });

  test('is of no account to a stack that is there in time, nor to its updates', async () => {
    await create(around(policy(1, 'PT1H')), { TimeoutInMinutes: 30 });
    await signal('one');
    expect(await status()).toBe('CREATE_COMPLETE');
    const more = { ...around(policy(1, 'PT1H')), Again: policy(1, 'PT1H') };
    await client.send(new UpdateStackCommand({ StackName, TemplateBody: text(more) }));
    await world.advance({ minutes: 50 });
    expect(await status()).toBe('UPDATE_IN_PROGRESS');
    await signal('one', 'SUCCESS', 'Again');
    expect(await status()).toBe('UPDATE_COMPLETE');
  });

  test('of a stack ends what is nested in it, and that of a nested one its own creation', async () => {
    const s3 = world.client(S3Client);
    await s3.send(new CreateBucketCommand({ Bucket: 'templates' }));
    const Body = text(around(policy(1, 'PT1H')));
    await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 'inner.json', Body }));
    const nested = (properties: object) => ({
      Inner: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: 'https://templates.s3.us-east-1.amazonaws.com/inner.json', ...properties },
      },
    });
    await create(nested({}), { TimeoutInMinutes: 10 });
    expect(await status()).toBe('CREATE_IN_PROGRESS');
    await world.advance({ minutes: 11 });
    expect(await status()).toBe('ROLLBACK_COMPLETE');
    expect((await events('Inner')).join()).toContain('was not successfully created');
    await client.send(new DeleteStackCommand({ StackName }));
    await create(nested({ TimeoutInMinutes: 5 }));
    await world.advance({ minutes: 6 });
    expect(await status()).toBe('ROLLBACK_COMPLETE');
    expect(await events(StackName)).not.toContain(
      'ROLLBACK_IN_PROGRESS: Stack creation time exceeded the specified timeout. Rollback requested by user.',
    );
  });
});

test('a stack that waits is deleted, and what stood of it goes', async () => {
  const { StackId } = await create(around(policy()));
  await client.send(new DeleteStackCommand({ StackName }));
  expect(await status(StackId)).toBe('DELETE_COMPLETE');
  expect(await events('First', StackId)).toContain('DELETE_COMPLETE');
  expect((await events(StackName, StackId)).map((event) => event.split(':')[0])).toEqual([
    'CREATE_IN_PROGRESS',
    'DELETE_IN_PROGRESS',
    'DELETE_COMPLETE',
  ]);
});

test('an update that waits is not deleted; when it is cancelled, it is taken back', async () => {
  await create({ First: vault('first') });
  await client.send(
    new UpdateStackCommand({ StackName, TemplateBody: text({ First: vault('first'), Ready: policy() }) }),
  );
  expect(await status()).toBe('UPDATE_IN_PROGRESS');
  await expect(client.send(new DeleteStackCommand({ StackName }))).rejects.toThrow(
    'while in status UPDATE_IN_PROGRESS',
  );
  await expect(
    client.send(new UpdateStackCommand({ StackName, TemplateBody: text({ First: vault('other') }) })),
  ).rejects.toMatchObject({ name: 'ValidationError' });
  await client.send(new CancelUpdateStackCommand({ StackName }));
  expect(await status()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await events(StackName)).toContain('UPDATE_ROLLBACK_IN_PROGRESS: User Initiated');
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
  expect(StackResources.find((one) => one.LogicalResourceId === 'First')?.ResourceStatus).toBe('CREATE_COMPLETE');
});

describe('a wait condition', () => {
  const ENV = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
  let served: ServedWorld;

  beforeEach(() => {
    served = new ServedWorld({ env: ENV, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' });
    client = new CloudFormationClient({
      region: 'us-east-1',
      credentials: { accessKeyId: '123456789012', secretAccessKey: 'secret' },
      requestHandler: new InProcessHandler(served),
      maxAttempts: 1,
    });
  });

  const outputs = { Said: { Value: { 'Fn::GetAtt': ['Ready', 'Data'] } }, Url: { Value: { Ref: 'Handle' } } };
  const waiting = (properties: object) =>
    client.send(
      new CreateStackCommand({
        StackName,
        TemplateBody: text({ Handle: HANDLE, Ready: condition(properties), Last: vault('last', 'Ready') }, outputs),
      }),
    );

  async function put(body: unknown, headers: Record<string, string> = { 'content-type': '' }): Promise<number> {
    const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
    const url = StackResources.find((one) => one.LogicalResourceId === 'Handle')?.PhysicalResourceId ?? '';
    expect(url).toMatch(
      /^https:\/\/cloudformation-waitcondition-us-east-1\.s3\.us-east-1\.amazonaws\.com\/[0-9a-f-]{36}$/,
    );
    const path = `${RESPONSES}${url.split('/').at(-1)}`;
    const sent = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    return (await served.answer({ method: 'PUT', path, query: {}, headers, body: sent })).status;
  }

  test('is there when its handle was sent as many signals as it counts, and says what came with them', async () => {
    await waiting({ Count: 2, Timeout: 600 });
    expect(await put({ Status: 'SUCCESS', UniqueId: 'a', Data: 'step 1', Reason: 'well' })).toBe(200);
    expect(await put({ Status: 'SUCCESS', UniqueId: 'a', Data: 'again' })).toBe(200);
    expect(await status()).toBe('CREATE_IN_PROGRESS');
    // A snapshot while it waits, and what goes on from it.
    const snapshot = JSON.parse(JSON.stringify(await served.snapshot())) as unknown;
    expect(await put({ Status: 'SUCCESS', UniqueId: 'b' })).toBe(200);
    const { StackStatus, Outputs = [] } = (await described()) ?? {};
    expect([StackStatus, Outputs.find(({ OutputKey }) => OutputKey === 'Said')?.OutputValue]).toEqual([
      'CREATE_COMPLETE',
      '{"a":"step 1","b":""}',
    ]);
    await served.load(snapshot);
    expect(await status()).toBe('CREATE_IN_PROGRESS');
    await put({ Status: 'SUCCESS', UniqueId: 'c' });
    expect(await status()).toBe('CREATE_COMPLETE');
    await client.send(new DeleteStackCommand({ StackName }));
  });

  test('fails when its time is over, or when a signal says so', async () => {
    await waiting({ Timeout: 600 });
    await served.runUntil(served.state.now + 600_001);
    expect(await status()).toBe('ROLLBACK_COMPLETE');
    expect(await events('Ready')).toContain(
      'CREATE_FAILED: WaitCondition timed out. Received 0 conditions when expecting 1',
    );
    await client.send(new DeleteStackCommand({ StackName }));
    await waiting({ Timeout: 600 });
    await put({ Status: 'FAILURE', UniqueId: 'a', Reason: 'no disk' });
    expect(await events('Ready')).toContain(
      "CREATE_FAILED: WaitCondition received failed message: 'no disk' for uniqueId: a",
    );
  });

  test('hears nothing of what is no signal', async () => {
    await waiting({ Timeout: 600 });
    const refused = ['', 'null', { UniqueId: 'a' }, { Status: 'DONE', UniqueId: 'a' }, { Status: 'SUCCESS' }];
    for (const body of refused) {
      expect([body, await put(body)]).toEqual([body, 403]);
    }
    const typed = { 'content-type': 'application/json' };
    expect(await put({ Status: 'SUCCESS', UniqueId: 'a' }, typed)).toBe(403);
    expect(await status()).toBe('CREATE_IN_PROGRESS');
  });

  test('and its handle are not changed', async () => {
    await waiting({ Timeout: 600 });
    await put({ Status: 'SUCCESS', UniqueId: 'a' });
    const TemplateBody = text(
      { Handle: HANDLE, Ready: condition({ Timeout: 601 }), Last: vault('last', 'Ready') },
      outputs,
    );
    await client.send(new UpdateStackCommand({ StackName, TemplateBody }));
    expect(await status()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await events('Ready')).toContain(
      'UPDATE_FAILED: Update to resource type AWS::CloudFormation::WaitCondition is not supported.',
    );
  });
});

test('functions run for what a timeout takes back, before the clock goes on', async () => {
  world = new World({ start: START, runFunctions: true });
  client = world.client(CloudFormationClient);
  const code = `
    const https = require('https');
    exports.handler = (event, context) => {
      const body = JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'thing', StackId: event.StackId,
        RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId });
      const url = new URL(event.ResponseURL);
      const headers = { 'content-type': '', 'content-length': body.length };
      https.request({ hostname: url.hostname, path: url.pathname, method: 'PUT', headers }, () => context.done()).end(body);
    };`;
  await world.client(LambdaClient).send(
    new CreateFunctionCommand({
      FunctionName: 'answers',
      Role: 'arn:aws:iam::123456789012:role/f',
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf({ 'index.js': code }) },
    }),
  );
  const ServiceToken = 'arn:aws:lambda:us-east-1:123456789012:function:answers';
  const Thing = { Type: 'Custom::Thing', Properties: { ServiceToken } };
  await create({ Thing, Ready: { ...policy(), DependsOn: 'Thing' } });
  expect(await status()).toBe('CREATE_IN_PROGRESS');
  await world.advance({ days: 1 });
  expect(await status()).toBe('ROLLBACK_COMPLETE');
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  expect(StackEvents[0]?.Timestamp).toEqual(new Date('2027-01-01T00:05:00Z'));
  expect(world.functionRuns().flatMap(({ runs }) => runs.map(({ error }) => error))).toEqual([undefined, undefined]);
});
