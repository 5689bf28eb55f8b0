import { deleteBackupVault } from '../../../engine/src/operations/backup/delete-backup-vault';
import { putBackupVaultNotifications } from '../../../engine/src/operations/backup/put-backup-vault-notifications';
import { createFunction } from '../../../engine/src/operations/lambda/create-function';
import { publish } from '../../../engine/src/operations/sns/publish';
import { setTopicAttributes } from '../../../engine/src/operations/sns/set-topic-attributes';
import { subscribe } from '../../../engine/src/operations/sns/subscribe';
import { createQueue } from '../../../engine/src/operations/sqs/create-queue';
import { deleteMessage } from '../../../engine/src/operations/sqs/delete-message';
import { receiveMessage } from '../../../engine/src/operations/sqs/receive-message';
import { sendMessage } from '../../../engine/src/operations/sqs/send-message';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { VaultEvents } from '@holdfast/model';
import { bodies, outcomes, queue, queueNamed, topic, topicNamed } from '../scenarios/listeners';
import { ENV, MINUTE, plan, resource, rule, until, vault, world } from '../scenarios/stage';

const DAILY = 'cron(0 5 * * ? *)';

type Events = NonNullable<Parameters<typeof putBackupVaultNotifications>[2]['BackupVaultEvents']>;

/** A World whose one plan backs up into `main` and, in vain, into a vault that is not there. */
function notifying(BackupVaultEvents: string[], SNSTopicArn = topicNamed('t'), continuous = false): WorldState {
  const state = world('2027-01-01', {
    vaults: [vault('main')],
    resources: [continuous ? resource('s3', 'orders') : resource('dynamodb-advanced', 'orders')],
    plans: [plan('p', [rule('daily', { scheduleExpression: DAILY, enableContinuousBackup: continuous })])],
  });
  topic(state, 't');
  putBackupVaultNotifications(state, ENV, {
    BackupVaultName: 'main',
    SNSTopicArn,
    BackupVaultEvents: BackupVaultEvents as Events,
  });
  return state;
}

function published(state: WorldState, arn = topicNamed('t')) {
  return state.services.messaging.topics.tryFind(arn)?.published ?? [];
}

test('a vault tells its topic of jobs, with subject, text and attributes (B7.3/1, B7.3/3)', () => {
  const state = notifying(['BACKUP_JOB_STARTED', 'BACKUP_JOB_COMPLETED', 'COPY_JOB_FAILED']);
  until(state, '2027-01-01T12:00:00Z');
  const [started, completed, ...more] = published(state);
  expect(more).toEqual([]);
  expect(started?.subject).toBe('Notification from AWS Backup');
  expect(started?.attributes).toMatchObject({ EventType: { value: 'BACKUP_JOB' }, State: { value: 'RUNNING' } });
  expect(completed?.message).toMatch(
    /^An AWS Backup job was completed successfully\. Recovery point ARN: arn:\S+\. Resource ARN : arn:\S+\. BackupJob ID : [0-9A-F-]{36}$/,
  );
  expect(completed?.attributes).toMatchObject({
    EventType: { type: 'String', value: 'BACKUP_JOB' },
    State: { value: 'COMPLETED' },
    AccountId: { value: ENV.account },
    StartTime: { value: '2027-01-01T05:00:00.000Z' },
  });
});

test('a job that ends into a vault that was deleted is told to nobody', () => {
  // Of a continuous rule, whose run makes no point before its end: any other keeps its vault from being deleted.
  const continuous = notifying(['BACKUP_JOB_STARTED', 'BACKUP_JOB_COMPLETED'], undefined, true);
  const state = until(continuous, '2027-01-01T05:00:16Z');
  expect(published(state)).toHaveLength(1);
  deleteBackupVault(state, ENV, { BackupVaultName: 'main' });
  until(state, '2027-01-01T12:00:00Z');
  expect(state.summary().backupJobs).toEqual({ FAILED: 1 });
  expect(published(state)).toHaveLength(1);
});

test('a job that expires is told as completed, in the words for it, and the failure filter lets it pass alone (B7.3/1, B7.3/3)', () => {
  const huge = resource('ebs', 'vol-0123456789abcdef0', { sizeGiB: 1_000_000 });
  const windows = { startWindowMinutes: 60, completionWindowMinutes: 120 };
  const state = world('2027-01-01', {
    vaults: [vault('main')],
    resources: [huge, resource('dynamodb-advanced', 'orders')],
    plans: [plan('p', [rule('daily', { scheduleExpression: DAILY, ...windows })])],
  });
  topic(state, 't');
  const BackupVaultEvents: Events = ['BACKUP_JOB_STARTED', 'BACKUP_JOB_COMPLETED'];
  putBackupVaultNotifications(state, ENV, { BackupVaultName: 'main', SNSTopicArn: topicNamed('t'), BackupVaultEvents });
  queue(state, 'failures');
  subscribe(state, ENV, {
    TopicArn: topicNamed('t'),
    Protocol: 'sqs',
    Endpoint: queueNamed('failures'),
    Attributes: { RawMessageDelivery: 'true', FilterPolicy: JSON.stringify(VaultEvents.failureFilterPolicy()) },
  });
  until(state, '2027-01-01T12:00:00Z');
  expect(published(state).map(({ attributes }) => attributes['State']?.value)).toEqual([
    'RUNNING',
    'RUNNING',
    'COMPLETED',
    'EXPIRED',
  ]);
  expect(bodies(state, 'failures')).toEqual([
    expect.stringMatching(/^An AWS Backup job failed to complete in time\. Resource ARN : arn:/),
  ]);
});

test('events out of use, FIFO topics and topics of another account stay silent, and it is said once (B7.3/1, B7.3/2)', () => {
  const deprecated = until(notifying(['BACKUP_JOB_SUCCESSFUL']), '2027-01-03T12:00:00Z');
  expect(published(deprecated)).toEqual([]);
  expect(outcomes(deprecated)).toEqual([
    'lost t AWS Backup accepts the event and no longer sends it (BACKUP_JOB_SUCCESSFUL)',
  ]);

  const fifo = notifying(['BACKUP_JOB_COMPLETED'], topicNamed('t'));
  const main = fifo.ledger.vaults.tryFind(ENV, 'main')!;
  topic(fifo, 't.fifo');
  main.notifications = { snsTopicArn: topicNamed('t.fifo'), backupVaultEvents: ['BACKUP_JOB_COMPLETED'] };
  until(fifo, '2027-01-03T12:00:00Z');
  expect(published(fifo, topicNamed('t.fifo'))).toEqual([]);
  expect(outcomes(fifo)).toEqual(['lost t.fifo AWS Backup publishes to standard topics of the same account alone']);
});

test('a topic whose policy does not name AWS Backup gets nothing (B7.3/2)', () => {
  const state = notifying(['BACKUP_JOB_COMPLETED']);
  const policyFor = (Service: string) =>
    JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'SNS:Publish', Resource: '*' }] });
  const set = (Service: string) =>
    setTopicAttributes(state, ENV, {
      TopicArn: topicNamed('t'),
      AttributeName: 'Policy',
      AttributeValue: policyFor(Service),
    });
  set('events.amazonaws.com');
  until(state, '2027-01-01T12:00:00Z');
  expect(published(state)).toHaveLength(0);
  set('backup.amazonaws.com');
  until(state, '2027-01-02T12:00:00Z');
  expect(published(state)).toHaveLength(1);
});

// prettier-ignore
test.each<[passes: boolean, policy: object, attributes: Record<string, [type: string, value: string]>]>([
  [true,  { State: ['FAILED'] },                                { State: ['String', 'FAILED'] }],
  [false, { State: ['FAILED'] },                                { State: ['String', 'COMPLETED'] }],
  [false, { State: ['FAILED'] },                                {}],
  [true,  { Size: [{ numeric: ['>', 5] }] },                    { Size: ['Number', '6'] }],
  [false, { Size: [{ numeric: ['>', 5] }] },                    { Size: ['Number', '5'] }],
  [false, { Size: [{ numeric: ['>', 5] }] },                    { Size: ['String', '6'] }],
  [true,  { Tags: ['b'] },                                      { Tags: ['String.Array', '["a","b"]'] }],
  [false, { Tags: ['c'] },                                      { Tags: ['String.Array', '["a","b"]'] }],
  [false, { Raw: [{ exists: true }] },                          { Raw: ['Binary', 'eA=='] }],
  [true,  { $or: [{ A: ['x'] }, { B: [{ prefix: 'y' }] }] },    { B: ['String', 'yes'] }],
])('%p: the filter %j over the attributes %j', (passes, policy, attributes) => {
  const state = world('2027-01-01', {});
  const TopicArn = topic(state, 't');
  queue(state, 'q');
  subscribe(state, ENV, { TopicArn, Protocol: 'sqs', Endpoint: queueNamed('q'), Attributes: { FilterPolicy: JSON.stringify(policy) } });
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, [DataType, value]]) => [
      name,
      DataType === 'Binary' ? { DataType, BinaryValue: Buffer.from(value, 'base64') } : { DataType, StringValue: value },
    ]),
  );
  publish(state, ENV, { TopicArn, Message: 'hello', MessageAttributes });
  expect(bodies(state, 'q')).toHaveLength(passes ? 1 : 0);
});

test('a filter over the body looks into JSON; subscribers get the envelope, the raw text, or a record', () => {
  const state = world('2027-01-01', {});
  const TopicArn = topic(state, 't');
  queue(state, 'q');
  const Attributes = { FilterPolicyScope: 'MessageBody', FilterPolicy: '{"detail":{"state":["FAILED"]}}' };
  const first = subscribe(state, ENV, { TopicArn, Protocol: 'sqs', Endpoint: queueNamed('q'), Attributes });
  expect(subscribe(state, ENV, { TopicArn, Protocol: 'sqs', Endpoint: queueNamed('q') })).toEqual(first);
  createFunction(state, ENV, { FunctionName: 'f', Role: 'arn:role' });
  const f = `arn:aws:lambda:${ENV.region}:${ENV.account}:function:f`;
  subscribe(state, ENV, { TopicArn, Protocol: 'lambda', Endpoint: f });
  subscribe(state, ENV, { TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' });
  publish(state, ENV, { TopicArn, Message: 'no JSON' });
  publish(state, ENV, { TopicArn, Subject: 's', Message: '{"detail":{"state":"FAILED"}}' });
  expect(bodies(state, 'q').map((body) => JSON.parse(body) as object)).toMatchObject([
    { Type: 'Notification', TopicArn, Subject: 's', Message: '{"detail":{"state":"FAILED"}}' },
  ]);
  const invocations = state.services.messaging.functions.invocations.map(
    ({ payload }) => JSON.parse(payload) as object,
  );
  expect(invocations).toMatchObject([
    { Records: [{ EventSource: 'aws:sns', Sns: { Message: 'no JSON', Subject: null } }] },
    { Records: [{ Sns: { Subject: 's' } }] },
  ]);
  expect(outcomes(state).filter((line) => line.includes('ops@example.com'))).toHaveLength(2);
  expect(() =>
    subscribe(state, ENV, { TopicArn, Protocol: 'sms', Endpoint: '1', Attributes: { FilterPolicy: '{"a":1}' } }),
  ).toThrow('Invalid parameter: Attributes Reason: FilterPolicy');
});

test('a queue hides what it hands out, forgets what is deleted, and moves what is received too often', () => {
  const state = world('2027-01-01', {});
  queue(state, 'dead');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueNamed('dead'), maxReceiveCount: 2 });
  const QueueUrl = createQueue(state, ENV, { QueueName: 'q', Attributes: { RedrivePolicy } }).QueueUrl!;
  sendMessage(state, ENV, { QueueUrl, MessageBody: 'a' });
  sendMessage(state, ENV, { QueueUrl, MessageBody: 'b' });
  const take = () => receiveMessage(state, ENV, { QueueUrl, MaxNumberOfMessages: 10 }).Messages ?? [];
  const [a] = take();
  expect(a).toMatchObject({ Body: 'a', Attributes: { ApproximateReceiveCount: '1' } });
  expect(take()).toEqual([]);
  deleteMessage(state, ENV, { QueueUrl, ReceiptHandle: a!.ReceiptHandle! });
  for (const expected of [['b'], []]) {
    state.runUntil(state.now + MINUTE);
    expect(take().map(({ Body }) => Body)).toEqual(expected);
  }
  expect(bodies(state, 'dead')).toEqual(['b']);
  expect(() => receiveMessage(state, ENV, { QueueUrl: 'https://none' })).toThrow('The specified queue does not exist.');
});

test('a FIFO queue keeps the order of a group and drops repetitions within five minutes', () => {
  const state = world('2027-01-01', {});
  const QueueUrl = createQueue(state, ENV, { QueueName: 'q.fifo', Attributes: { FifoQueue: 'true' } }).QueueUrl!;
  const send = (MessageBody: string, MessageGroupId: string, MessageDeduplicationId: string) =>
    sendMessage(state, ENV, { QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId }).MessageId;
  const first = send('1', 'g', 'one');
  expect(send('1', 'g', 'one')).toBe(first);
  state.runUntil(state.now + 5 * MINUTE - 1);
  expect(send('1', 'g', 'one')).toBe(first);
  state.runUntil(state.now + 1);
  expect(send('1', 'g', 'one')).not.toBe(first);
  send('2', 'h', 'two');
  const take = () => receiveMessage(state, ENV, { QueueUrl }).Messages?.map(({ Body }) => Body);
  expect([take(), take(), take()]).toEqual([['1'], ['2'], undefined]);
});
