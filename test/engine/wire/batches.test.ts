// Batches of SQS and SNS by the official clients: results of each entry, and what is refused as a whole.
import {
  PublishBatchCommand,
  PublishBatchRequestEntry,
  SNSClient,
  CreateTopicCommand,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageBatchRequestEntry,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { World } from '@holdfast/engine';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorld } from '../../../engine/src/host/served-world';
import { exercised, testWith } from '../../support/programs';

const ACCOUNT = '123456789012';

let world: World;
let sqs: SQSClient;
let sns: SNSClient;
let QueueUrl: string;

async function begin(enforceIam = false) {
  world = new World({ start: '2027-01-01T00:00:00Z', seed: 1, enforceIam });
  [sqs, sns] = [world.client(SQSClient), world.client(SNSClient)];
  QueueUrl = await queue('jobs');
}

beforeEach(() => begin());

async function queue(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  return (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
}

async function topic(Name: string, Attributes: Record<string, string> = {}): Promise<string> {
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name, Attributes }));
  const Endpoint = `arn:aws:sqs:us-east-1:${ACCOUNT}:${Name.endsWith('.fifo') ? 'jobs.fifo' : 'jobs'}`;
  await sns.send(
    new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'true' } }),
  );
  return TopicArn;
}

async function receive(more: object = {}, url = QueueUrl): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, ...more }),
  );
  return Messages;
}

/** Code and text of a refusal, or `fine`. */
async function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'fine',
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

const sendAll = (Entries: SendMessageBatchRequestEntry[] | undefined) =>
  sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
const entries = (count: number, MessageBody = 'm') =>
  Array.from({ length: count }, (_, index) => ({ Id: `e${index}`, MessageBody }));

test('what is wrong with one message keeps no other from being sent', async () => {
  const { Successful, Failed } = await sendAll([
    { Id: 'one', MessageBody: 'first' },
    { Id: 'two', MessageBody: 'second', DelaySeconds: 901 },
    { Id: 'three', MessageBody: 'third', MessageAttributes: { kind: { DataType: 'String', StringValue: 'x' } } },
  ]);
  expect(Successful?.map(({ Id, MessageId }) => [Id, typeof MessageId])).toEqual([
    ['one', 'string'],
    ['three', 'string'],
  ]);
  expect(Failed).toEqual([
    {
      Id: 'two',
      SenderFault: true,
      Code: 'InvalidParameterValue',
      Message: 'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
    },
  ]);
  expect((await receive()).map(({ Body }) => Body)).toEqual(['first', 'third']);
});

test('a batch to a FIFO queue keeps its order, and drops what it repeats', async () => {
  const url = await queue('jobs.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
  const Entries = ['a', 'b', 'a'].map((MessageBody, index) => ({ Id: `e${index}`, MessageBody, MessageGroupId: 'g' }));
  const { Successful = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
  expect(Successful[2]?.MessageId).toBe(Successful[0]?.MessageId);
  expect((await receive({}, url)).map(({ Body }) => Body)).toEqual(['a', 'b']);
});

const ID =
  'InvalidBatchEntryId: A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.';
const HALF = 'x'.repeat(524_288);

// prettier-ignore
test.each<[what: string, entries: SendMessageBatchRequestEntry[], outcome: string]>([
  ['none',                 [],                                                      'EmptyBatchRequest: There should be at least one SendMessageBatchRequestEntry in the request.'],
  ['ten',                  entries(10),                                             'fine'],
  ['eleven',               entries(11),                                             'TooManyEntriesInBatchRequest: Maximum number of entries per request are 10. You have sent 11.'],
  ['an id of 80',          [{ Id: 'a'.repeat(80), MessageBody: 'm' }],              'fine'],
  ['an id of 81',          [{ Id: 'a'.repeat(81), MessageBody: 'm' }],              ID],
  ['an id that is none',   [{ Id: 'a.b', MessageBody: 'm' }],                       ID],
  ['an id twice',          [...entries(1), ...entries(1)],                          'BatchEntryIdsNotDistinct: Id e0 repeated.'],
  ['1 MiB in all',         entries(2, HALF),                                        'fine'],
  ['a byte more',          [...entries(2, HALF).slice(1), { Id: 'x', MessageBody: `${HALF}x` }], 'BatchRequestTooLong: Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.'],
])('a batch of %s', async (_, given, expected) => {
  expect(await outcome(sendAll(given))).toBe(expected);
});

test('messages are deleted and hidden by handle, each with a result of its own', async () => {
  await sendAll(entries(3));
  const [first, second, third] = (await receive()).map(({ ReceiptHandle }) => ReceiptHandle ?? '');
  const deleted = await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: 'a', ReceiptHandle: first },
        { Id: 'b', ReceiptHandle: 'nonsense' },
      ],
    }),
  );
  expect(deleted).toMatchObject({
    Successful: [{ Id: 'a' }],
    Failed: [{ Id: 'b', SenderFault: true, Code: 'ReceiptHandleIsInvalid' }],
  });
  const hidden = await sqs.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl,
      Entries: [
        { Id: 'a', ReceiptHandle: second, VisibilityTimeout: 0 },
        { Id: 'b', ReceiptHandle: third, VisibilityTimeout: 600 },
        { Id: 'c', ReceiptHandle: third, VisibilityTimeout: 43_201 },
        { Id: 'd', ReceiptHandle: first, VisibilityTimeout: 1 },
      ],
    }),
  );
  expect(hidden.Successful).toEqual([{ Id: 'a' }, { Id: 'b' }]);
  expect(hidden.Failed?.map(({ Id, Code }) => [Id, Code])).toEqual([
    ['c', 'InvalidParameterValue'],
    ['d', 'InvalidParameterValue'],
  ]);
  expect(await receive()).toHaveLength(1);
  await world.advance({ minutes: 9 });
  expect((await receive()).map(({ ReceiptHandle }) => ReceiptHandle === third)).toEqual([false]);
  await world.advance({ minutes: 2 });
  expect(await receive()).toHaveLength(2);
});

test('a message is hidden for twelve hours at most, and only while it is hidden', async () => {
  await sendAll(entries(1));
  const [message] = await receive({ VisibilityTimeout: 7200 });
  const hide = (VisibilityTimeout: number | undefined, ReceiptHandle = message?.ReceiptHandle) =>
    outcome(sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout })));
  await world.advance({ hours: 1 });
  const wrong = (value: number, why: string) =>
    `InvalidParameterValue: Value ${value} for parameter VisibilityTimeout is invalid. Reason: ${why}`;
  const limit = 'Total VisibilityTimeout for the message is beyond the limit [43200 seconds].';
  expect(await hide(39_601)).toBe(wrong(39_601, limit));
  expect(await hide(39_600)).toBe('fine');
  expect(await hide(-1)).toBe(wrong(-1, 'VisibilityTimeout must be an integer between 0 and 43200.'));
  expect(await hide(undefined)).toBe('MissingParameter: The request must contain the parameter VisibilityTimeout.');
  expect(await hide(1, 'x')).toMatch('ReceiptHandleIsInvalid');
  expect(await hide(0)).toBe('fine');
  expect(await hide(1)).toMatch(/^MessageNotInflight/);
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
  expect(await hide(1)).toMatch('Reason: Message does not exist or is not available for visibility timeout change.');
});

const publishAll = (TopicArn: string, PublishBatchRequestEntries: PublishBatchRequestEntry[]) =>
  sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
const published = (count: number, Message = 'm') =>
  Array.from({ length: count }, (_, index) => ({ Id: `e${index}`, Message }));

test('a batch is published entry by entry, in its order', async () => {
  const arn = await topic('news');
  const { Successful, Failed } = await publishAll(arn, [
    { Id: 'one', Message: 'first', Subject: 'hello' },
    { Id: 'two', Message: '' },
    { Id: 'three', Message: 'third' },
  ]);
  expect(Successful?.map(({ Id }) => Id)).toEqual(['one', 'three']);
  expect(Failed).toMatchObject([{ Id: 'two', SenderFault: true, Message: 'Invalid parameter: Empty message' }]);
  expect((await receive()).map(({ Body }) => Body)).toEqual(['first', 'third']);
});

const HALF_TOPIC = 'x'.repeat(131_072);

// prettier-ignore
test.each<[what: string, entries: PublishBatchRequestEntry[], outcome: RegExp]>([
  ['none',            [],                                                     /^EmptyBatchRequest/],
  ['ten',             published(10),                                          /^fine$/],
  ['eleven',          published(11),                                          /^TooManyEntriesInBatchRequest/],
  ['an id twice',     [...published(1), ...published(1)],                     /^BatchEntryIdsNotDistinct/],
  ['a wrong id',      [{ Id: 'a b', Message: 'm' }],                          /^InvalidBatchEntryId/],
  ['256 KiB in all',  published(2, HALF_TOPIC),                               /^fine$/],
  ['a byte more',     [...published(1, HALF_TOPIC), { Id: 'x', Message: `${HALF_TOPIC}x` }], /^BatchRequestTooLong/],
])('a batch to a topic of %s', async (_, given, expected) => {
  expect(await outcome(publishAll(await topic('news'), given))).toMatch(expected);
});

test('a batch needs leave for what each of its entries does', async () => {
  await begin(true);
  const iam = world.client(IAMClient);
  await iam.send(new CreateUserCommand({ UserName: 'ops' }));
  const Statement = [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutUserPolicyCommand({ UserName: 'ops', PolicyName: 'own', PolicyDocument }));
  const own = world.client(SQSClient, { principal: `arn:aws:iam::${ACCOUNT}:user/ops` });
  const Entries = entries(1);
  expect(await outcome(own.send(new SendMessageBatchCommand({ QueueUrl, Entries })))).toBe('fine');
  const deleting = [{ Id: 'a', ReceiptHandle: 'x' }];
  expect(await outcome(own.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: deleting })))).toMatch(
    'not authorized to perform: sqs:DeleteMessage',
  );
});

const SCRIPT = `
import boto3, json
from botocore.exceptions import ClientError
sqs, sns = boto3.client('sqs'), boto3.client('sns')
url = sqs.create_queue(QueueName='q')['QueueUrl']
topic = sns.create_topic(Name='t')['TopicArn']
sent = sqs.send_message_batch(QueueUrl=url, Entries=[{'Id': 'a', 'MessageBody': 'x'}, {'Id': 'b', 'MessageBody': 'x', 'DelaySeconds': 901}])
handle = sqs.receive_message(QueueUrl=url)['Messages'][0]['ReceiptHandle']
sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0)
handle = sqs.receive_message(QueueUrl=url)['Messages'][0]['ReceiptHandle']
hidden = sqs.change_message_visibility_batch(QueueUrl=url, Entries=[{'Id': 'a', 'ReceiptHandle': handle, 'VisibilityTimeout': 5}])
deleted = sqs.delete_message_batch(QueueUrl=url, Entries=[{'Id': 'a', 'ReceiptHandle': handle}])
published = sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=[{'Id': 'a', 'Message': 'x'}, {'Id': 'b', 'Message': 'x', 'Subject': 's' * 100}])
codes = []
for call in [lambda: sqs.send_message_batch(QueueUrl=url, Entries=[]), lambda: sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=[{'Id': 'a', 'Message': 'x'}] * 2)]:
    try:
        call()
    except ClientError as error:
        codes.append(error.response['Error']['Code'])
ids = lambda of, key: [one['Id'] for one in of.get(key, [])]
print(json.dumps([[ids(one, 'Successful'), ids(one, 'Failed')] for one in (sent, hidden, deleted, published)] + codes))
`;

testWith('boto3', 'python3', ['-c', 'import boto3'])(
  'boto3 sends, hides, deletes and publishes batches over a socket',
  async () => {
    exercised('boto3', 'batches of SQS and SNS over a socket');
    const env = { partition: 'aws', account: ACCOUNT, region: 'us-east-1' };
    const front = await HttpFront.open(new ServedWorld({ env, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' }));
    const { PATH, HOME } = process.env;
    const keys = { AWS_ACCESS_KEY_ID: ACCOUNT, AWS_SECRET_ACCESS_KEY: 'x', AWS_DEFAULT_REGION: 'us-east-1' };
    const given = { PATH, HOME, ...keys, AWS_ENDPOINT_URL: front.url, AWS_EC2_METADATA_DISABLED: 'true' };
    const { stdout } = await promisify(execFile)('python3', ['-c', SCRIPT], { env: given });
    await front.close();
    expect(JSON.parse(stdout)).toEqual([
      [['a'], ['b']],
      [['a'], []],
      [['a'], []],
      [['a'], ['b']],
      'AWS.SimpleQueueService.EmptyBatchRequest',
      'BatchEntryIdsNotDistinct',
    ]);
  },
  120_000,
);
