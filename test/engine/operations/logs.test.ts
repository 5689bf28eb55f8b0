import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteResourcePolicyCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DescribeResourcePoliciesCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  InvalidParameterException,
  LimitExceededException,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutResourcePolicyCommand,
  PutRetentionPolicyCommand,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateBackupVaultCommand, BackupClient } from '@aws-sdk/client-backup';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { World } from '@holdfast/engine';

const START = Date.UTC(2027, 0, 1);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const logGroupName = '/aws/events/backup';
const logStreamName = 's';
const arn = `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}`;

function begin() {
  const world = new World({ start: new Date(START).toISOString(), seed: 1 });
  return { world, logs: world.client(CloudWatchLogsClient) };
}

test('a group is made once, shown, tagged and deleted', async () => {
  const { logs } = begin();
  await logs.send(new CreateLogGroupCommand({ logGroupName, tags: { a: '1' } }));
  const twice = logs.send(new CreateLogGroupCommand({ logGroupName }));
  await expect(twice).rejects.toBeInstanceOf(ResourceAlreadyExistsException);
  await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 30 }));
  const odd = logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 31 }));
  await expect(odd).rejects.toBeInstanceOf(InvalidParameterException);
  const found = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/events/' }));
  expect(found.logGroups).toMatchObject([
    { logGroupName, arn: `${arn}:*`, logGroupArn: arn, retentionInDays: 30, creationTime: START, storedBytes: 0 },
  ]);
  await logs.send(new DeleteRetentionPolicyCommand({ logGroupName }));
  const kept = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePattern: 'events' }));
  expect(kept.logGroups?.[0]).not.toHaveProperty('retentionInDays');
  await logs.send(new TagResourceCommand({ resourceArn: arn, tags: { b: '2' } }));
  await logs.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ['a'] }));
  expect((await logs.send(new ListTagsForResourceCommand({ resourceArn: arn }))).tags).toEqual({ b: '2' });
  await logs.send(new DeleteLogGroupCommand({ logGroupName }));
  const gone = logs.send(new ListTagsForResourceCommand({ resourceArn: arn }));
  await expect(gone).rejects.toBeInstanceOf(ResourceNotFoundException);
});

test('events are written in order, read from both ends, and kept as long as the group keeps them', async () => {
  const { world, logs } = begin();
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const twice = logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  await expect(twice).rejects.toBeInstanceOf(ResourceAlreadyExistsException);
  const write = (...events: [number, string][]) =>
    logs.send(
      new PutLogEventsCommand({
        ...{ logGroupName, logStreamName },
        logEvents: events.map(([timestamp, message]) => ({ timestamp, message })),
      }),
    );
  await expect(write([START, 'b'], [START - 1, 'a'])).rejects.toBeInstanceOf(InvalidParameterException);
  const put = await write(
    [START - 14 * DAY - 1, 'too old'],
    [START - 14 * DAY, 'oldest'],
    [START - HOUR, 'one error'],
    [START, 'two'],
    [START + 2 * HOUR, 'newest'],
    [START + 2 * HOUR + 1, 'too new'],
  );
  expect(put.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 5 });
  const messages = async (input: object = {}) =>
    (await logs.send(new FilterLogEventsCommand({ logGroupName, ...input }))).events?.map(({ message }) => message);
  expect(await messages()).toEqual(['oldest', 'one error', 'two', 'newest']);
  expect(await messages({ filterPattern: 'error' })).toEqual(['one error']);
  expect(await messages({ filterPattern: '-error -"est"' })).toEqual(['two']);
  expect(await messages({ filterPattern: '?two ?error' })).toEqual(['one error', 'two']);
  expect(await messages({ startTime: START, endTime: START })).toEqual(['two']);
  await expect(messages({ filterPattern: '{ $.a = 1 }' })).rejects.toMatchObject({ name: 'NotEmulated' });

  const get = (input: object) =>
    logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 3, ...input }));
  const head = await get({ startFromHead: true });
  expect(head.events?.map(({ message }) => message)).toEqual(['oldest', 'one error', 'two']);
  const next = await get({ nextToken: head.nextForwardToken });
  expect(next.events?.map(({ message }) => message)).toEqual(['newest']);
  expect((await get({ nextToken: next.nextForwardToken })).nextForwardToken).toBe(next.nextForwardToken);
  const tail = await get({});
  expect(tail.events?.map(({ message }) => message)).toEqual(['one error', 'two', 'newest']);
  const before = await get({ nextToken: tail.nextBackwardToken });
  expect(before.events?.map(({ message }) => message)).toEqual(['oldest']);

  await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }));
  expect(await messages()).toEqual(['one error', 'two', 'newest']);
  await world.advance({ hours: 24 });
  expect(await messages()).toEqual(['two', 'newest']);
  expect((await write([START - 1, 'expired'])).rejectedLogEventsInfo).toEqual({ expiredLogEventEndIndex: 1 });
  const streams = await logs.send(new DescribeLogStreamsCommand({ logGroupName }));
  expect(streams.logStreams).toMatchObject([{ logStreamName, firstEventTimestamp: START }]);
  await logs.send(new DeleteLogStreamCommand({ logGroupName, logStreamName }));
  expect(await messages()).toEqual([]);
  await expect(get({})).rejects.toBeInstanceOf(ResourceNotFoundException);
});

test('events that are written between two pages are neither told twice nor left out', async () => {
  const { logs } = begin();
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const write = (...logEvents: [number, string][]) =>
    logs.send(
      new PutLogEventsCommand({
        ...{ logGroupName, logStreamName },
        logEvents: logEvents.map(([timestamp, message]) => ({ timestamp, message })),
      }),
    );
  const get = async (input: object) => {
    const page = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 2, ...input }));
    const { nextForwardToken: forward, nextBackwardToken: backward } = page;
    return { told: page.events?.map(({ message }) => message), forward, backward };
  };
  const none = await get({});
  expect(none.told).toEqual([]);
  expect((await get({ nextToken: none.backward })).backward).toBe(none.backward);
  await write([START, 'a'], [START, 'b'], [START + 1, 'c']);
  const [head, tail] = [await get({ startFromHead: true }), await get({})];
  expect([head.told, tail.told]).toEqual([
    ['a', 'b'],
    ['b', 'c'],
  ]);
  // One that is older than both pages, one of the instant that the head ended with.
  await write([START - 1, 'older']);
  await write([START, 'same']);
  const next = await get({ nextToken: head.forward });
  expect(next.told).toEqual(['same', 'c']);
  expect((await get({ nextToken: tail.backward })).told).toEqual(['older', 'a']);
  expect((await get({ nextToken: next.backward })).told).toEqual(['a', 'b']);
  const end = await get({ nextToken: next.forward });
  expect(end).toMatchObject({ told: [], forward: next.forward });
  expect((await get({ nextToken: end.backward })).told).toEqual(['same', 'c']);
  await write([START + 2, 'd']);
  expect((await get({ nextToken: end.forward })).told).toEqual(['d']);
  // From before anything was written, all of it is still ahead.
  expect((await get({ nextToken: none.forward })).told).toEqual(['older', 'a']);
  await expect(get({ nextToken: 'f/1' })).rejects.toBeInstanceOf(InvalidParameterException);
});

test('what a rule of EventBridge sends to a group is read there', async () => {
  const { world, logs } = begin();
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  const events = world.client(EventBridgeClient);
  await events.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["aws.backup"]}' }));
  await events.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 't', Arn: `${arn}:*` }] }));
  await world.client(BackupClient).send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  const found = await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: 'CREATED' }));
  const [event] = found.events ?? [];
  expect(JSON.parse(event?.message ?? '')).toMatchObject({
    source: 'aws.backup',
    'detail-type': 'Backup Vault State Change',
  });
  const read = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName: event?.logStreamName }));
  // The call itself is an event of AWS Backup, too.
  expect(read.events).toHaveLength(2);
});

test('an account and Region has ten resource policies', async () => {
  const { logs } = begin();
  const put = (policyName: string) => logs.send(new PutResourcePolicyCommand({ policyName, policyDocument: '{}' }));
  for (let i = 0; i < 10; i++) {
    await put(`p${i}`);
  }
  await put('p0');
  await expect(put('p10')).rejects.toBeInstanceOf(LimitExceededException);
  await logs.send(new DeleteResourcePolicyCommand({ policyName: 'p0' }));
  const gone = logs.send(new DeleteResourcePolicyCommand({ policyName: 'p0' }));
  await expect(gone).rejects.toBeInstanceOf(ResourceNotFoundException);
  const { resourcePolicies } = await logs.send(new DescribeResourcePoliciesCommand({}));
  expect(resourcePolicies).toHaveLength(9);
  expect(resourcePolicies?.[0]).toEqual({ policyName: 'p1', policyDocument: '{}', lastUpdatedTime: START });
});
