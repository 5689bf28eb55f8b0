// What SQS refuses, by the official client: both sides of each bound, with the codes and texts of AWS.
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  MessageAttributeValue,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { World } from '@holdfast/engine';

const PLACE = 'us-east-1:123456789012';
const URL = `https://sqs.us-east-1.amazonaws.com/123456789012`;

let world: World;
let sqs: SQSClient;

/** `fine`, or the code and the text of the refusal. */
async function outcome(call: () => Promise<unknown>): Promise<string> {
  return call().then(
    () => 'fine',
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

async function makeQueue(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return QueueUrl ?? '';
}

beforeAll(async () => {
  world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  sqs = world.client(SQSClient);
  await makeQueue('plain');
  await makeQueue('small', { MaximumMessageSize: '1024' });
  await makeQueue('ordered.fifo', { FifoQueue: 'true' });
  await makeQueue('content.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
  await makeQueue('closed', { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' });
});

const NAME =
  'InvalidParameterValue: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length';
const FIFO_NAME =
  'InvalidParameterValue: The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.';
const FIFO = { FifoQueue: 'true' };
const a = (count: number) => 'a'.repeat(count);

// prettier-ignore
test.each<[what: string, name: string, attributes: Record<string, string>, outcome: string]>([
  ['no name',                '',                 {},   'MissingParameter: The request must contain the parameter QueueName.'],
  ['80 characters',          a(80),              {},   'fine'],
  ['81 characters',          a(81),              {},   NAME],
  ['all that it may have',   'aZ-_9',            {},   'fine'],
  ['a dot',                  'a.b',              {},   NAME],
  ['the suffix alone',       'late.fifo',        {},   NAME],
  ['FIFO of 80 characters',  `${a(75)}.fifo`,    FIFO, 'fine'],
  ['FIFO of 81 characters',  `${a(76)}.fifo`,    FIFO, FIFO_NAME],
  ['FIFO without suffix',    'late',             FIFO, FIFO_NAME],
  ['FIFO of a suffix alone', '.fifo',            FIFO, FIFO_NAME],
])('a queue is made under a name of %s or refused', async (_, QueueName, Attributes, expected) => {
  expect(await outcome(() => sqs.send(new CreateQueueCommand({ QueueName, Attributes })))).toBe(expected);
});

test('the same queue again is the one that is there; another one of its name is refused', async () => {
  const again = (Attributes: Record<string, string>) => outcome(() => makeQueue('plain', Attributes));
  expect(await again({ DelaySeconds: '0', MaximumMessageSize: '1048576' })).toBe('fine');
  expect(await again({ DelaySeconds: '1' })).toBe(
    'QueueNameExists: A queue already exists with the same name and a different value for attribute DelaySeconds',
  );
});

const bad = (name: string) => `InvalidAttributeValue: Invalid value for the parameter ${name}.`;
const unknown = (name: string) => `InvalidAttributeName: Unknown Attribute ${name}.`;
const text = (value: object) => JSON.stringify(value);
const redrive = (queue: string, maxReceiveCount: unknown, place = PLACE) =>
  text({ deadLetterTargetArn: `arn:aws:sqs:${place}:${queue}`, maxReceiveCount });
const notRedrive = (value: string, why: string) =>
  `InvalidParameterValue: Value ${value} for parameter RedrivePolicy is invalid. Reason: ${why}`;
const GONE = 'Dead letter target does not exist.';
const OTHER_KIND = 'Dead-letter queue must be same type of queue as the source.';
const COUNT = (n: number) => `Invalid value for maxReceiveCount: ${n}, valid values are from 1 to 1000 both inclusive.`;
const allowing = (redrivePermission: string, sources?: number) =>
  text({
    redrivePermission,
    ...(sources !== undefined && { sourceQueueArns: Array(sources).fill(`arn:aws:sqs:${PLACE}:plain`) }),
  });
const notAllowing = (value: string, why: string) =>
  `InvalidParameterValue: Value ${value} for parameter RedriveAllowPolicy is invalid. Reason: ${why}`;
const policy = (bytes: number) => {
  const empty = text({ Version: '2012-10-17', Id: '', Statement: [] });
  return empty.replace('"Id":""', `"Id":"${a(bytes - empty.length)}"`);
};

// prettier-ignore
test.each<[queue: string, name: string, value: string, outcome: string]>([
  ['plain', 'VisibilityTimeout',             '0',                       'fine'],
  ['plain', 'VisibilityTimeout',             '43200',                   'fine'],
  ['plain', 'VisibilityTimeout',             '43201',                   bad('VisibilityTimeout')],
  ['plain', 'VisibilityTimeout',             '-1',                      bad('VisibilityTimeout')],
  ['plain', 'VisibilityTimeout',             '1.5',                     bad('VisibilityTimeout')],
  ['plain', 'VisibilityTimeout',             '',                        bad('VisibilityTimeout')],
  ['plain', 'DelaySeconds',                  '900',                     'fine'],
  ['plain', 'DelaySeconds',                  '901',                     bad('DelaySeconds')],
  ['plain', 'MessageRetentionPeriod',        '59',                      bad('MessageRetentionPeriod')],
  ['plain', 'MessageRetentionPeriod',        '60',                      'fine'],
  ['plain', 'MessageRetentionPeriod',        '1209600',                 'fine'],
  ['plain', 'MessageRetentionPeriod',        '1209601',                 bad('MessageRetentionPeriod')],
  ['plain', 'MaximumMessageSize',            '1023',                    bad('MaximumMessageSize')],
  ['plain', 'MaximumMessageSize',            '1024',                    'fine'],
  ['plain', 'MaximumMessageSize',            '1048577',                 bad('MaximumMessageSize')],
  ['plain', 'MaximumMessageSize',            '1048576',                 'fine'],
  ['plain', 'ReceiveMessageWaitTimeSeconds', '20',                      'fine'],
  ['plain', 'ReceiveMessageWaitTimeSeconds', '21',                      bad('ReceiveMessageWaitTimeSeconds')],
  ['plain', 'KmsDataKeyReusePeriodSeconds',  '59',                      bad('KmsDataKeyReusePeriodSeconds')],
  ['plain', 'KmsDataKeyReusePeriodSeconds',  '60',                      'fine'],
  ['plain', 'KmsDataKeyReusePeriodSeconds',  '86400',                   'fine'],
  ['plain', 'KmsDataKeyReusePeriodSeconds',  '86401',                   bad('KmsDataKeyReusePeriodSeconds')],
  ['plain', 'SqsManagedSseEnabled',          'yes',                     bad('SqsManagedSseEnabled')],
  ['plain', 'SqsManagedSseEnabled',          'true',                    'fine'],
  ['plain', 'Policy',                        policy(8192),              'fine'],
  ['plain', 'Policy',                        policy(8193),              bad('Policy')],
  ['plain', 'Policy',                        'everybody',               bad('Policy')],
  ['plain', 'Policy',                        '',                        'fine'],
  ['plain', 'Sse',                           'true',                    unknown('Sse')],
  ['plain', 'ContentBasedDeduplication',     'true',                    unknown('ContentBasedDeduplication')],
  ['plain', 'DeduplicationScope',            'queue',                   unknown('DeduplicationScope')],
  ['plain', 'FifoQueue',                     'true',                    'InvalidAttributeValue: Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.'],
  ['plain', 'RedrivePolicy',                 redrive('small', 1),       'fine'],
  ['plain', 'RedrivePolicy',                 redrive('small', '1000'),  'fine'],
  ['plain', 'RedrivePolicy',                 redrive('small', 0),       notRedrive(redrive('small', 0), COUNT(0))],
  ['plain', 'RedrivePolicy',                 redrive('small', 1001),    notRedrive(redrive('small', 1001), COUNT(1001))],
  ['plain', 'RedrivePolicy',                 redrive('small', undefined), notRedrive(redrive('small', undefined), 'Redrive policy does not contain mandatory attribute: maxReceiveCount.')],
  ['plain', 'RedrivePolicy',                 redrive('gone', 3),        notRedrive(redrive('gone', 3), GONE)],
  ['plain', 'RedrivePolicy',                 redrive('ordered.fifo', 3), notRedrive(redrive('ordered.fifo', 3), OTHER_KIND)],
  ['plain', 'RedrivePolicy',                 redrive('closed', 3),      notRedrive(redrive('closed', 3), 'Dead letter target does not allow this queue as a source.')],
  ['plain', 'RedrivePolicy',                 '[]',                      notRedrive('[]', 'Amazon SQS can not parse the policy as JSON.')],
  ['plain', 'RedrivePolicy',                 '',                        'fine'],
  ['plain', 'RedriveAllowPolicy',            allowing('allowAll'),      'fine'],
  ['plain', 'RedriveAllowPolicy',            allowing('allowAll', 1),   notAllowing(allowing('allowAll', 1), 'sourceQueueArns goes with redrivePermission byQueue alone.')],
  ['plain', 'RedriveAllowPolicy',            allowing('byQueue', 10),   'fine'],
  ['plain', 'RedriveAllowPolicy',            allowing('byQueue', 11),   notAllowing(allowing('byQueue', 11), 'sourceQueueArns must name 1 to 10 queues.')],
  ['plain', 'RedriveAllowPolicy',            allowing('some'),          notAllowing(allowing('some'), 'redrivePermission must be one of allowAll, denyAll, byQueue.')],
  ['ordered.fifo', 'RedrivePolicy',          redrive('small', 3),       notRedrive(redrive('small', 3), OTHER_KIND)],
  ['ordered.fifo', 'RedrivePolicy',          redrive('content.fifo', 3), 'fine'],
  ['ordered.fifo', 'FifoThroughputLimit',    'perMessageGroupId',       'InvalidAttributeValue: Invalid value for the parameter FifoThroughputLimit. Reason: The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.'],
  ['ordered.fifo', 'DeduplicationScope',     'group',                   bad('DeduplicationScope')],
  ['ordered.fifo', 'DeduplicationScope',     'messageGroup',            'fine'],
  ['ordered.fifo', 'FifoThroughputLimit',    'perMessageGroupId',       'fine'],
  ['ordered.fifo', 'FifoQueue',              'true',                    'fine'],
])('SetQueueAttributes of %s takes %s of %.60s or refuses it', async (queue, name, value, expected) => {
  const call = new SetQueueAttributesCommand({ QueueUrl: `${URL}/${queue}`, Attributes: { [name]: value } });
  expect(await outcome(() => sqs.send(call))).toBe(expected);
});

const value = (name: string, given: unknown, why: string) =>
  `InvalidParameterValue: Value ${String(given)} for parameter ${name} is invalid. Reason: ${why}`;
const ID = (name: string) => `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`;
const OTHER_TYPE = 'The request includes a parameter that is not valid for this queue type.';
const delay = (given: number) => value('DelaySeconds', given, 'DelaySeconds must be >= 0 and <= 900.');
const long = (bytes: number) =>
  `InvalidParameterValue: One or more parameters are invalid. Reason: Message must be shorter than ${bytes} bytes.`;
const CHARACTERS =
  'InvalidMessageContents: Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF';
const IDS =
  'InvalidParameterValue: The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly';
const some = (count: number, size = 1): Record<string, MessageAttributeValue> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`n${index}`, { DataType: 'String', StringValue: a(size) }]),
  );

// prettier-ignore
test.each<[what: string, queue: string, input: { MessageBody?: string; DelaySeconds?: number; MessageGroupId?: string; MessageDeduplicationId?: string; MessageAttributes?: Record<string, MessageAttributeValue> }, outcome: string]>([
  ['nothing',               'plain', { MessageBody: '' },                     'MissingParameter: The request must contain the parameter MessageBody.'],
  ['one character',         'plain', { MessageBody: 'a' },                    'fine'],
  ['1 MiB',                 'plain', { MessageBody: a(1_048_576) },           'fine'],
  ['more than 1 MiB',       'plain', { MessageBody: a(1_048_577) },           long(1_048_576)],
  ['the most of the queue', 'small', { MessageBody: a(1024) },                'fine'],
  ['more than that',        'small', { MessageBody: a(1025) },                long(1024)],
  ['bytes, not characters', 'small', { MessageBody: 'é'.repeat(513) },        long(1024)],
  ['attributes count',      'small', { MessageBody: a(1014), MessageAttributes: some(1, 2) }, 'fine'],
  ['attributes, too',       'small', { MessageBody: a(1014), MessageAttributes: some(1, 3) }, long(1024)],
  ['what XML may hold',     'plain', { MessageBody: '\t\n\r \ud7ff\ue000\u{10000}' }, 'fine'],
  ['a control character',   'plain', { MessageBody: 'a\u0001' },              CHARACTERS],
  ['no character',          'plain', { MessageBody: '\uffff' },               CHARACTERS],
  ['a delay of 900 s',      'plain', { DelaySeconds: 900 },                   'fine'],
  ['a delay of 901 s',      'plain', { DelaySeconds: 901 },                   delay(901)],
  ['a delay below 0',       'plain', { DelaySeconds: -1 },                    delay(-1)],
  ['10 attributes',         'plain', { MessageAttributes: some(10) },         'fine'],
  ['11 attributes',         'plain', { MessageAttributes: some(11) },         'InvalidParameterValue: Number of message attributes [11] exceeds the allowed maximum [10].'],
  ['a group',               'plain', { MessageGroupId: 'g' },                 'fine'],
  ['a deduplication id',    'plain', { MessageDeduplicationId: 'd' },         value('MessageDeduplicationId', 'd', OTHER_TYPE)],
  ['no group',              'ordered.fifo', { MessageDeduplicationId: 'd' },  'MissingParameter: The request must contain the parameter MessageGroupId.'],
  ['no deduplication id',   'ordered.fifo', { MessageGroupId: 'g' },          IDS],
  ['its content for one',   'content.fifo', { MessageGroupId: 'g' },          'fine'],
  ['ids of 128',            'ordered.fifo', { MessageGroupId: a(128), MessageDeduplicationId: `!${a(126)}~` }, 'fine'],
  ['a group of 129',        'ordered.fifo', { MessageGroupId: a(129), MessageDeduplicationId: 'd' }, value('MessageGroupId', a(129), ID('MessageGroupId'))],
  ['an id of 129',          'ordered.fifo', { MessageGroupId: 'g', MessageDeduplicationId: a(129) }, value('MessageDeduplicationId', a(129), ID('MessageDeduplicationId'))],
  ['a space in a group',    'ordered.fifo', { MessageGroupId: 'a b', MessageDeduplicationId: 'd' }, value('MessageGroupId', 'a b', ID('MessageGroupId'))],
  ['a delay in order',      'content.fifo', { MessageGroupId: 'g', DelaySeconds: 1 }, value('DelaySeconds', 1, 'The request include parameter that is not valid for this queue type.')],
  ['no delay in order',     'content.fifo', { MessageGroupId: 'g', DelaySeconds: 0 }, 'fine'],
])('SendMessage takes a message of %s into %s or refuses it', async (_, queue, input, expected) => {
  const call = new SendMessageCommand({ QueueUrl: `${URL}/${queue}`, MessageBody: 'x', ...input });
  expect(await outcome(() => sqs.send(call))).toBe(expected);
});

const wrong = (name: string, why: string) => `InvalidParameterValue: The message attribute '${name}' ${why}`;
const bytes = Buffer.from([1]);

// prettier-ignore
test.each<[name: string, attribute: MessageAttributeValue, outcome: string]>([
  ['n',               { DataType: 'String', StringValue: 'v' },         'fine'],
  ['n',               { DataType: 'String.mine', StringValue: 'v' },    'fine'],
  ['n',               { DataType: 'Number', StringValue: '-1.5e3' },    'fine'],
  ['n',               { DataType: 'Number', StringValue: 'many' },      "InvalidParameterValue: Can't cast the value of message (user) attribute 'n' to a number."],
  ['n',               { DataType: 'Binary', BinaryValue: bytes },       'fine'],
  ['n',               { DataType: 'Binary', StringValue: 'v' },         wrong('n', "with type 'Binary' must use field 'Binary'.")],
  ['n',               { DataType: 'String', StringValue: '' },          wrong('n', "must contain non-empty message attribute value for message attribute type 'String'.")],
  ['n',               { DataType: '', StringValue: 'v' },               wrong('n', 'must contain non-empty message attribute type.')],
  ['n',               { DataType: 'Boolean', StringValue: 'true' },     wrong('n', 'has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.')],
  ['n',               { DataType: `String.${a(249)}`, StringValue: 'v' }, 'fine'],
  ['n',               { DataType: `String.${a(250)}`, StringValue: 'v' }, 'InvalidParameterValue: Length of message attribute type must be less than 256 bytes.'],
  [a(256),            { DataType: 'String', StringValue: 'v' },         'fine'],
  [a(257),            { DataType: 'String', StringValue: 'v' },         'InvalidParameterValue: Length of message attribute name must be less than 256 bytes.'],
  ['a-b_c.d',         { DataType: 'String', StringValue: 'v' },         'fine'],
  ['a!',              { DataType: 'String', StringValue: 'v' },         "InvalidParameterValue: Invalid non-alphanumeric character '#x21' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots."],
  ['.a',              { DataType: 'String', StringValue: 'v' },         "InvalidParameterValue: Invalid message attribute name starting with character '.' was found."],
  ['a.',              { DataType: 'String', StringValue: 'v' },         "InvalidParameterValue: Invalid message attribute name ending with character '.' was found."],
  ['a..b',            { DataType: 'String', StringValue: 'v' },         "InvalidParameterValue: Message attribute name can not have successive '.' character."],
  ['aws.a',           { DataType: 'String', StringValue: 'v' },         "InvalidParameterValue: You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use."],
  ['awsa',            { DataType: 'String', StringValue: 'v' },         'fine'],
])('the attribute %.20s of %j is taken or refused', async (name, attribute, expected) => {
  const call = new SendMessageCommand({ QueueUrl: `${URL}/plain`, MessageBody: 'x', MessageAttributes: { [name]: attribute } });
  expect(await outcome(() => sqs.send(call))).toBe(expected);
});

test('a binary attribute comes back as the bytes that it was', async () => {
  const QueueUrl = await makeQueue('binary');
  const MessageAttributes = { n: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255, 128]) } };
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageAttributes }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] }));
  expect([...(Messages?.[0]?.MessageAttributes?.['n']?.BinaryValue ?? [])]).toEqual([0, 255, 128]);
});

const between = (name: string, given: number, least: number, most: number) =>
  value(name, given, `Must be >= ${least} and <= ${most}, if provided.`);

// prettier-ignore
test.each<[input: { MaxNumberOfMessages?: number; VisibilityTimeout?: number; WaitTimeSeconds?: number }, outcome: string]>([
  [{ MaxNumberOfMessages: 0 },    value('MaxNumberOfMessages', 0, 'Must be between 1 and 10, if provided.')],
  [{ MaxNumberOfMessages: 1 },    'fine'],
  [{ MaxNumberOfMessages: 10 },   'fine'],
  [{ MaxNumberOfMessages: 11 },   value('MaxNumberOfMessages', 11, 'Must be between 1 and 10, if provided.')],
  [{ VisibilityTimeout: -1 },     between('VisibilityTimeout', -1, 0, 43_200)],
  [{ VisibilityTimeout: 43_200 }, 'fine'],
  [{ VisibilityTimeout: 43_201 }, between('VisibilityTimeout', 43_201, 0, 43_200)],
  [{ WaitTimeSeconds: 20 },       'fine'],
  [{ WaitTimeSeconds: 21 },       between('WaitTimeSeconds', 21, 0, 20)],
])('ReceiveMessage with %j is answered or refused', async (input, expected) => {
  expect(await outcome(() => sqs.send(new ReceiveMessageCommand({ QueueUrl: `${URL}/small`, ...input })))).toBe(expected);
});

const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));

// prettier-ignore
test.each<[what: string, call: () => Promise<unknown>, outcome: string]>([
  ['50 tags',                () => tagged(tags(50)),                  'fine'],
  ['a 51st tag',             () => tagged({ another: 'v' }),          'InvalidParameterValue: Too many tags added for queue tagged.'],
  ['a tag that is there',    () => tagged({ k0: 'w' }),               'fine'],
  ['the longest tag',        () => sqs.send(new TagQueueCommand({ QueueUrl: `${URL}/plain`, Tags: { [a(128)]: a(256) } })), 'fine'],
  ['a longer key',           () => sqs.send(new TagQueueCommand({ QueueUrl: `${URL}/plain`, Tags: { [a(129)]: '' } })), value('Tags', a(129), 'A tag key must have 1 to 128 characters.')],
  ['a longer value',         () => sqs.send(new TagQueueCommand({ QueueUrl: `${URL}/plain`, Tags: { k: a(257) } })), value('Tags', 'k', 'A tag value must have at most 256 characters.')],
  ['no keys to take away',   () => sqs.send(new UntagQueueCommand({ QueueUrl: `${URL}/plain`, TagKeys: undefined })), 'MissingParameter: The request must contain the parameter TagKeys.'],
  ['a handle that is none',  () => sqs.send(new DeleteMessageCommand({ QueueUrl: `${URL}/plain`, ReceiptHandle: 'abc' })), 'ReceiptHandleIsInvalid: The input receipt handle "abc" is not a valid receipt handle.'],
  ['an attribute unknown',   () => sqs.send(new GetQueueAttributesCommand({ QueueUrl: `${URL}/plain`, AttributeNames: ['Size' as 'All'] })), unknown('Size')],
  ['known attributes',       () => sqs.send(new GetQueueAttributesCommand({ QueueUrl: `${URL}/plain`, AttributeNames: ['QueueArn', 'Policy', 'FifoQueue'] })), 'fine'],
  ['a queue that is not',    () => sqs.send(new GetQueueUrlCommand({ QueueName: 'gone' })), 'QueueDoesNotExist: The specified queue does not exist.'],
  ['a page of none',         () => sqs.send(new ListQueuesCommand({ MaxResults: 0 })), value('MaxResults', 0, 'MaxResults must be an integer between 1 and 1000.')],
  ['a page of 1,000',        () => sqs.send(new ListQueuesCommand({ MaxResults: 1000 })), 'fine'],
  ['a page of 1,001',        () => sqs.send(new ListQueuesCommand({ MaxResults: 1001 })), value('MaxResults', 1001, 'MaxResults must be an integer between 1 and 1000.')],
])('%s: answered or refused', async (_, call, expected) => {
  expect(await outcome(call)).toBe(expected);
});

async function tagged(Tags: Record<string, string>): Promise<unknown> {
  return sqs.send(new TagQueueCommand({ QueueUrl: await makeQueue('tagged'), Tags }));
}

test('a queue is purged once in 60 seconds', async () => {
  const purge = () => outcome(() => sqs.send(new PurgeQueueCommand({ QueueUrl: `${URL}/small` })));
  expect(await purge()).toBe('fine');
  await world.advance({ minutes: 59 / 60 });
  expect(await purge()).toBe(
    'PurgeQueueInProgress: Only one PurgeQueue operation on small is allowed every 60 seconds.',
  );
  await world.advance({ minutes: 1 / 60 });
  expect(await purge()).toBe('fine');
});

test('a list without MaxResults ends at 1,000 queues, and says of no more', async () => {
  const crowded = new World({ start: '2027-01-01T00:00:00Z' }).client(SQSClient);
  for (let index = 0; index <= 1000; index++) {
    await crowded.send(new CreateQueueCommand({ QueueName: `q${index}` }));
  }
  const { QueueUrls, NextToken } = await crowded.send(new ListQueuesCommand({}));
  expect([QueueUrls?.length, NextToken]).toEqual([1000, undefined]);
  const first = await crowded.send(new ListQueuesCommand({ MaxResults: 1000 }));
  const rest = await crowded.send(new ListQueuesCommand({ MaxResults: 1000, NextToken: first.NextToken }));
  expect(rest.QueueUrls).toHaveLength(1);
});
