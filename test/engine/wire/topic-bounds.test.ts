// What SNS refuses, by the official client: both sides of each bound, with the codes and texts of AWS.
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  ListTagsForResourceCommand,
  MessageAttributeValue,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { World } from '@holdfast/engine';

const PLACE = 'us-east-1:123456789012';
const ARN = `arn:aws:sns:${PLACE}`;
const PLAIN = `${ARN}:plain`;
const QUEUE = `arn:aws:sqs:${PLACE}:q`;

let sns: SNSClient;

/** `fine`, or the code and the text of the refusal, without the words that all of them begin with. */
async function outcome(call: () => Promise<unknown>): Promise<string> {
  return call().then(
    () => 'fine',
    (error: Error) => `${error.name}: ${error.message}`.replace('InvalidParameterException: Invalid parameter: ', ''),
  );
}

const send = (command: object) => outcome(() => sns.send(command as Parameters<SNSClient['send']>[0]));

beforeAll(async () => {
  sns = new World({ start: '2027-01-01T00:00:00Z', seed: 1 }).client(SNSClient);
  await sns.send(new CreateTopicCommand({ Name: 'plain', Tags: [{ Key: 'k', Value: 'v' }] }));
  await sns.send(new CreateTopicCommand({ Name: 'ordered.fifo', Attributes: { FifoTopic: 'true' } }));
  const Attributes = { FifoTopic: 'true', ContentBasedDeduplication: 'true' };
  await sns.send(new CreateTopicCommand({ Name: 'content.fifo', Attributes }));
  await sns.send(new SubscribeCommand({ TopicArn: PLAIN, Protocol: 'sqs', Endpoint: QUEUE }));
});

const a = (count: number) => 'a'.repeat(count);
const text = (value: unknown) => JSON.stringify(value);
const FIFO = { FifoTopic: 'true' };
const FIFO_NAME =
  'Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.';
const OTHER = 'Attributes Reason: Topic already exists with different attributes';
const OTHER_TAGS = 'Tags Reason: Topic already exists with different tags';
const tags = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ Key: `k${index + from}`, Value: 'v' }));
const TOO_MANY = 'TagLimitExceededException: Could not complete request: tag quota of per resource exceeded';

// prettier-ignore
test.each<[what: string, input: { Name: string; Attributes?: Record<string, string>; Tags?: { Key: string; Value: string }[] }, outcome: string]>([
  ['no name',              { Name: '' },                                                  'Topic Name'],
  ['256 characters',       { Name: a(256) },                                              'fine'],
  ['257 characters',       { Name: a(257) },                                              'Topic Name'],
  ['all that it may have', { Name: 'aZ-_9' },                                             'fine'],
  ['a dot',                { Name: 'a.b' },                                               'Topic Name'],
  ['the suffix alone',     { Name: 'late.fifo' },                                         'Topic Name'],
  ['FIFO of 256',          { Name: `${a(251)}.fifo`, Attributes: FIFO },                  'fine'],
  ['FIFO of 257',          { Name: `${a(252)}.fifo`, Attributes: FIFO },                  FIFO_NAME],
  ['FIFO without suffix',  { Name: 'late', Attributes: FIFO },                            FIFO_NAME],
  ['50 tags',              { Name: 'tagged', Tags: tags(50) },                            'fine'],
  ['51 tags',              { Name: 'late', Tags: tags(51) },                              TOO_MANY],
  ['the same key twice',   { Name: 'late', Tags: [...tags(1), ...tags(1)] },              'Duplicated keys are not allowed.'],
  ['the same again',       { Name: 'plain', Attributes: { DisplayName: '' } },            'fine'],
  ['the same tags',        { Name: 'plain', Tags: [{ Key: 'k', Value: 'v' }] },           'fine'],
  ['other attributes',     { Name: 'plain', Attributes: { DisplayName: 'x' } },           OTHER],
  ['other tags',           { Name: 'plain', Tags: [{ Key: 'k', Value: 'w' }] },           OTHER_TAGS],
  ['an attribute unknown', { Name: 'late', Attributes: { Colour: 'red' } },               'Attributes Reason: Unknown attribute: Colour'],
])('CreateTopic of %s is answered or refused', async (_, input, expected) => {
  expect(await send(new CreateTopicCommand(input))).toBe(expected);
});

test('a topic that is refused for an attribute is not there', async () => {
  const Attributes = { DisplayName: 'x', TracingConfig: 'Loud' };
  expect(await send(new CreateTopicCommand({ Name: 'half', Attributes }))).not.toBe('fine');
  expect(await send(new PublishCommand({ TopicArn: `${ARN}:half`, Message: 'x' }))).toBe(
    'NotFoundException: Topic does not exist',
  );
});

const policy = (characters: number) => {
  const empty = text({ Version: '2012-10-17', Id: '', Statement: [] });
  return empty.replace('"Id":""', `"Id":"${a(characters - empty.length)}"`);
};
const retries = (name: string, value: number) => text({ http: { defaultHealthyRetryPolicy: { [name]: value } } });
const kept = (days: unknown) => text({ MessageRetentionPeriod: days });

// prettier-ignore
test.each<[topic: string, name: string, value: string, outcome: string]>([
  ['plain',        'DisplayName',                  a(100),                          'fine'],
  ['plain',        'DisplayName',                  a(101),                          'DisplayName'],
  ['plain',        'Policy',                       policy(30_720),                  'fine'],
  ['plain',        'Policy',                       policy(30_721),                  'Policy Error: Policy must have at most 30720 characters, got 30721.'],
  ['plain',        'Policy',                       'everybody',                     'Policy Error: Policy must be a JSON policy document.'],
  ['plain',        'SignatureVersion',             '2',                             'fine'],
  ['plain',        'SignatureVersion',             '3',                             'SignatureVersion: Invalid value [3]. Must be 1 or 2.'],
  ['plain',        'TracingConfig',                'Active',                        'fine'],
  ['plain',        'TracingConfig',                'Loud',                          'TracingConfig: Invalid value [Loud]. Must be PassThrough or Active.'],
  ['plain',        'SQSSuccessFeedbackSampleRate', '100',                           'fine'],
  ['plain',        'SQSSuccessFeedbackSampleRate', '101',                           'SQSSuccessFeedbackSampleRate: Invalid value [101]. Must be 0 to 100.'],
  ['plain',        'DeliveryPolicy',               retries('numRetries', 100),      'fine'],
  ['plain',        'DeliveryPolicy',               retries('numRetries', 101),      'DeliveryPolicy: numRetries must be 0 to 100'],
  ['plain',        'DeliveryPolicy',               retries('minDelayTarget', 0),    'DeliveryPolicy: minDelayTarget must be 1 to 3600'],
  ['plain',        'DeliveryPolicy',               retries('maxDelayTarget', 3600), 'fine'],
  ['plain',        'DeliveryPolicy',               retries('maxDelayTarget', 3601), 'DeliveryPolicy: maxDelayTarget must be 1 to 3600'],
  ['plain',        'DeliveryPolicy',               'often',                         'DeliveryPolicy: failed to parse JSON'],
  ['plain',        'DeliveryPolicy',               '',                              'fine'],
  ['plain',        'Colour',                       'red',                           'AttributeName'],
  ['plain',        'FifoTopic',                    'true',                          'AttributeName'],
  ['plain',        'ContentBasedDeduplication',    'true',                          'ContentBasedDeduplication can only be set for FIFO topics'],
  ['ordered.fifo', 'ContentBasedDeduplication',    'yes',                           'ContentBasedDeduplication: Invalid value [yes]. Must be true or false.'],
  ['ordered.fifo', 'ContentBasedDeduplication',    'false',                         'fine'],
  ['ordered.fifo', 'FifoThroughputScope',          'MessageGroup',                  'fine'],
  ['ordered.fifo', 'FifoThroughputScope',          'Queue',                         'FifoThroughputScope: Invalid value [Queue]. Must be Topic or MessageGroup.'],
  ['ordered.fifo', 'ArchivePolicy',                kept(365),                       'fine'],
  ['ordered.fifo', 'ArchivePolicy',                kept('1'),                       'fine'],
  ['ordered.fifo', 'ArchivePolicy',                kept(366),                       'ArchivePolicy: MessageRetentionPeriod must be 1 to 365 days'],
  ['ordered.fifo', 'ArchivePolicy',                kept(0),                         'ArchivePolicy: MessageRetentionPeriod must be 1 to 365 days'],
])('SetTopicAttributes of %s takes %s of %.40s or refuses it', async (topic, AttributeName, AttributeValue, expected) => {
  const input = { TopicArn: `${ARN}:${topic}`, AttributeName, AttributeValue };
  expect(await send(new SetTopicAttributesCommand(input))).toBe(expected);
});

const IDS =
  'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly';
const ID = (name: string) =>
  `${name} Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length`;
const some = (size: number): Record<string, MessageAttributeValue> => ({
  n: { DataType: 'String', StringValue: a(size) },
});
const G = { MessageGroupId: 'g', MessageDeduplicationId: 'd' };

// prettier-ignore
test.each<[what: string, topic: string, input: Partial<PublishCommand['input']>, outcome: string]>([
  ['nothing',                'plain', { Message: '' },                                    'Empty message'],
  ['256 KiB',                'plain', { Message: a(262_144) },                            'fine'],
  ['more than 256 KiB',      'plain', { Message: a(262_145) },                            'Message too long'],
  ['bytes, not characters',  'plain', { Message: 'é'.repeat(131_073) },                   'Message too long'],
  ['attributes count',       'plain', { Message: a(262_136), MessageAttributes: some(1) }, 'fine'],
  ['attributes, too',        'plain', { Message: a(262_137), MessageAttributes: some(1) }, 'Message too long'],
  ['a subject of 99',        'plain', { Subject: a(99) },                                 'fine'],
  ['a subject of 100',       'plain', { Subject: a(100) },                                'Subject'],
  ['no subject',             'plain', { Subject: '' },                                    'Subject'],
  ['a subject of two lines', 'plain', { Subject: 'a\nb' },                                'Subject'],
  ['a form for each',        'plain', { MessageStructure: 'json', Message: text({ default: '' }) }, 'fine'],
  ['no default form',        'plain', { MessageStructure: 'json', Message: text({ sqs: 'x' }) }, 'Message Structure - No default entry in JSON message body'],
  ['a default of no text',   'plain', { MessageStructure: 'json', Message: text({ default: 1 }) }, 'Message Structure - No default entry in JSON message body'],
  ['no JSON',                'plain', { MessageStructure: 'json', Message: 'x' },         'Message Structure - JSON message body failed to parse'],
  ['another structure',      'plain', { MessageStructure: 'xml' },                        'MessageStructure'],
  ['a group',                'plain', { MessageGroupId: 'g' },                            'fine'],
  ['a deduplication id',     'plain', { MessageDeduplicationId: 'd' },                    'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type'],
  ['no group',               'ordered.fifo', { MessageDeduplicationId: 'd' },             'The MessageGroupId parameter is required for FIFO topics'],
  ['no deduplication id',    'ordered.fifo', { MessageGroupId: 'g' },                     IDS],
  ['its content for one',    'content.fifo', { MessageGroupId: 'g' },                     'fine'],
  ['ids of 128',             'ordered.fifo', { MessageGroupId: a(128), MessageDeduplicationId: a(128) }, 'fine'],
  ['a group of 129',         'ordered.fifo', { ...G, MessageGroupId: a(129) },            ID('MessageGroupId')],
  ['an id of 129',           'ordered.fifo', { ...G, MessageDeduplicationId: a(129) },    ID('MessageDeduplicationId')],
  ['an attribute of none',   'plain', { MessageAttributes: { n: { DataType: 'String', StringValue: '' } } }, "InvalidParameterValueException: The message attribute 'n' must contain non-empty message attribute value for message attribute type 'String'."],
  ['a number of none',       'plain', { MessageAttributes: { n: { DataType: 'Number', StringValue: 'x' } } }, "InvalidParameterValueException: Could not cast message attribute 'n' value to number."],
  ['a list',                 'plain', { MessageAttributes: { n: { DataType: 'String.Array', StringValue: '["x"]' } } }, 'fine'],
])('Publish of %s to %s is answered or refused', async (_, topic, input, expected) => {
  expect(await send(new PublishCommand({ TopicArn: `${ARN}:${topic}`, Message: 'x', ...input }))).toBe(expected);
});

const elements = (parameter: string, count: number) =>
  `${parameter} Reason: An ARN must have at least 6 elements, not ${count}`;

// prettier-ignore
test.each<[what: string, call: () => Promise<string>, outcome: string]>([
  ['no topic',                 () => send(new PublishCommand({ Message: 'x' })),                                   'TopicArn or TargetArn Reason: no value for required parameter'],
  ['no ARN',                   () => send(new PublishCommand({ TopicArn: 'plain', Message: 'x' })),                elements('TopicArn', 1)],
  ['half an ARN',              () => send(new DeleteTopicCommand({ TopicArn: 'arn:aws:sns:x' })),                  elements('TopicArn', 4)],
  ['no ARN of a subscription', () => send(new UnsubscribeCommand({ SubscriptionArn: 's' })),                       elements('SubscriptionArn', 1)],
  ['another subscription',     () => send(new GetSubscriptionAttributesCommand({ SubscriptionArn: `${PLAIN}:s` })), 'NotFoundException: Subscription does not exist'],
  ['tags of nothing',          () => send(new ListTagsForResourceCommand({ ResourceArn: `${ARN}:gone` })),         'ResourceNotFoundException: Resource does not exist'],
  ['a 51st tag',               () => send(new TagResourceCommand({ ResourceArn: `${ARN}:tagged`, Tags: tags(1, 50) })), TOO_MANY],
  ['a tag that is there',      () => send(new TagResourceCommand({ ResourceArn: `${ARN}:tagged`, Tags: tags(1) })), 'fine'],
  ['the longest tag',          () => send(new TagResourceCommand({ ResourceArn: PLAIN, Tags: [{ Key: a(128), Value: a(256) }] })), 'fine'],
  ['a longer key',             () => send(new TagResourceCommand({ ResourceArn: PLAIN, Tags: [{ Key: a(129), Value: '' }] })), `ValidationError: 1 validation error detected: Value '${a(129)}' at 'tags.1.member.key' failed to satisfy constraint: Member must have length less than or equal to 128`],
  ['a longer value',           () => send(new TagResourceCommand({ ResourceArn: PLAIN, Tags: [{ Key: 'k', Value: a(257) }] })), `ValidationError: 1 validation error detected: Value '${a(257)}' at 'tags.1.member.value' failed to satisfy constraint: Member must have length less than or equal to 256`],
  ['a phone number',           () => send(new PublishCommand({ PhoneNumber: '+10000000000', Message: 'x' })),      'NotEmulated: sns: Publish to a phone number is not emulated'],
])('%s: answered or refused', async (_, call, expected) => {
  expect(await call()).toBe(expected);
});

const MATCH = 'Endpoint must match the specified protocol';
const lambda = `arn:aws:lambda:${PLACE}:function:f`;

// prettier-ignore
test.each<[topic: string, protocol: string, endpoint: string, outcome: string]>([
  ['plain',        'http',        'http://example.com',                            'fine'],
  ['plain',        'http',        'https://example.com',                           MATCH],
  ['plain',        'https',       'https://example.com',                           'fine'],
  ['plain',        'https',       'example.com',                                   MATCH],
  ['plain',        'email',       'a@example.com',                                 'fine'],
  ['plain',        'email',       'example.com',                                   'Email address'],
  ['plain',        'email-json',  'a@',                                            'Email address'],
  ['plain',        'sms',         '+4912345678',                                   'fine'],
  ['plain',        'sms',         'mother',                                        'Invalid SMS endpoint: mother'],
  ['plain',        'sqs',         'q',                                             'SQS endpoint ARN'],
  ['plain',        'sqs',         `arn:aws:sqs:${PLACE}:q.fifo`,                   'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics'],
  ['plain',        'lambda',      lambda,                                          'fine'],
  ['plain',        'lambda',      'f',                                             'Lambda endpoint ARN'],
  ['plain',        'firehose',    `arn:aws:firehose:${PLACE}:deliverystream/s`,    'fine'],
  ['plain',        'firehose',    's',                                             'Firehose endpoint ARN'],
  ['plain',        'application', `arn:aws:sns:${PLACE}:endpoint/GCM/app/1`,       'fine'],
  ['plain',        'application', 'app',                                           'Application endpoint arn invalid'],
  ['plain',        'pigeon',      'home',                                          'Amazon SNS does not support this protocol string: pigeon'],
  ['plain',        'constructor', 'home',                                          'Amazon SNS does not support this protocol string: constructor'],
  ['ordered.fifo', 'sqs',         `arn:aws:sqs:${PLACE}:q.fifo`,                   'fine'],
  ['ordered.fifo', 'sqs',         QUEUE,                                           'fine'],
  ['ordered.fifo', 'email',       'a@example.com',                                 'Invalid parameter: Endpoint Reason: Please use FIFO SQS queue'],
])('Subscribe to %s by %s for %s is answered or refused', async (topic, Protocol, Endpoint, expected) => {
  expect(await send(new SubscribeCommand({ TopicArn: `${ARN}:${topic}`, Protocol, Endpoint }))).toBe(expected);
});

const filter = (...counts: number[]) =>
  text(
    Object.fromEntries(counts.map((count, at) => [`k${at}`, Array.from({ length: count }, (_, index) => `v${index}`)])),
  );
/** Values two levels below. */
const nested = (count: number) => text({ a: { b: { c: Array.from({ length: count }, (_, index) => index) } } });
const padded = (bytes: number) => {
  const empty = text({ k: [''] });
  return empty.replace('""', `"${a(bytes - empty.length)}"`);
};
const COMPLEX = 'FilterPolicy: Filter policy is too complex';
const BODY = { FilterPolicyScope: 'MessageBody' };
const redrive = (deadLetterTargetArn: unknown) => text({ deadLetterTargetArn });
const BAD_ARN = 'RedrivePolicy: deadLetterTargetArn is an invalid arn';

// prettier-ignore
test.each<[attributes: Record<string, string>, outcome: string]>([
  [{ FilterPolicy: filter(1, 1, 1, 1, 1) },                    'fine'],
  [{ FilterPolicy: filter(1, 1, 1, 1, 1, 1) },                 'FilterPolicy: Filter policy can not have more than 5 keys'],
  [{ FilterPolicy: filter(150) },                              'fine'],
  [{ FilterPolicy: filter(151) },                              COMPLEX],
  [{ FilterPolicy: filter(10, 15) },                           'fine'],
  [{ FilterPolicy: filter(13, 12) },                           COMPLEX],
  [{ FilterPolicy: nested(1) },                                'Filter policy scope MessageAttributes does not support nested filter policy'],
  [{ FilterPolicy: nested(50), ...BODY },                      'fine'],
  [{ FilterPolicy: nested(51), ...BODY },                      COMPLEX],
  [{ FilterPolicy: padded(262_144) },                          'fine'],
  [{ FilterPolicy: padded(262_145) },                          'FilterPolicy: Filter policy must have at most 262144 bytes'],
  [{ FilterPolicy: text({ n: [{ numeric: ['<=', 1e9] }] }) },  'fine'],
  [{ FilterPolicy: text({ n: [{ numeric: ['<', 1e9 + 1] }] }) }, 'FilterPolicy: Numbers must be -1000000000 to 1000000000'],
  [{ FilterPolicy: 'some' },                                   'FilterPolicy: failed to parse JSON'],
  [{ FilterPolicy: '{}' },                                     'fine'],
  [{ FilterPolicyScope: 'MessageAttributes' },                 'fine'],
  [{ FilterPolicyScope: 'Subject' },                           'FilterPolicyScope: Invalid value [Subject]. Please use either MessageBody or MessageAttributes.'],
  [{ RawMessageDelivery: 'true' },                             'fine'],
  [{ RawMessageDelivery: 'yes' },                              'RawMessageDelivery: Invalid value [yes]. Must be true or false.'],
  [{ RedrivePolicy: redrive(`${QUEUE}-dead`) },                'fine'],
  [{ RedrivePolicy: redrive(PLAIN) },                          BAD_ARN],
  [{ RedrivePolicy: redrive(undefined) },                      'fine'],
  [{ RedrivePolicy: redrive(7) },                              BAD_ARN],
  [{ RedrivePolicy: '[]' },                                    'RedrivePolicy: failed to parse JSON'],
  [{ DeliveryPolicy: '{"http":' },                             'DeliveryPolicy: failed to parse JSON'],
])('a subscription takes %.80j or refuses it, when it is made and when it is changed', async (Attributes, expected) => {
  const fresh = new World({ start: '2027-01-01T00:00:00Z' }).client(SNSClient);
  const { TopicArn } = await fresh.send(new CreateTopicCommand({ Name: 't' }));
  const input = { TopicArn, Protocol: 'sqs', Endpoint: QUEUE };
  const made = await outcome(() => fresh.send(new SubscribeCommand({ ...input, Attributes })));
  expect(made).toBe(expected === 'fine' ? 'fine' : `Attributes Reason: ${expected}`);
  const Endpoint = `${QUEUE}2`;
  const { SubscriptionArn } = await fresh.send(new SubscribeCommand({ ...input, Endpoint }));
  const changes = Object.entries(Attributes).reverse();
  for (const [index, [AttributeName, AttributeValue]] of changes.entries()) {
    const change = new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue });
    expect(await outcome(() => fresh.send(change))).toBe(index < changes.length - 1 ? 'fine' : expected);
  }
});

test('an attribute that no subscription has, and another subscription of the same endpoint', async () => {
  const same = { TopicArn: PLAIN, Protocol: 'sqs', Endpoint: QUEUE };
  const { SubscriptionArn } = await sns.send(new SubscribeCommand(same));
  const change = { SubscriptionArn, AttributeName: 'Colour', AttributeValue: 'red' };
  expect(await send(new SetSubscriptionAttributesCommand(change))).toBe('AttributeName');
  expect(await send(new SubscribeCommand({ ...same, Attributes: { RawMessageDelivery: 'false' } }))).toBe('fine');
  expect(await send(new SubscribeCommand({ ...same, Attributes: { RawMessageDelivery: 'true' } }))).toBe(
    'Attributes Reason: Subscription already exists with different attributes',
  );
});

test('a topic has 200 filter policies, and a FIFO topic 100 subscriptions', async () => {
  const fresh = new World({ start: '2027-01-01T00:00:00Z' }).client(SNSClient);
  const { TopicArn } = await fresh.send(new CreateTopicCommand({ Name: 't' }));
  const Attributes = { FilterPolicy: filter(1) };
  const filtered = (index: number) => ({ TopicArn, Protocol: 'sqs', Endpoint: `${QUEUE}${index}`, Attributes });
  for (let index = 0; index < 199; index++) {
    await fresh.send(new SubscribeCommand(filtered(index)));
  }
  const last = await outcome(() => fresh.send(new SubscribeCommand(filtered(199))));
  const more = await outcome(() => fresh.send(new SubscribeCommand(filtered(200))));
  expect([last, more]).toEqual(['fine', 'FilterPolicyLimitExceededException: Filter policy limit exceeded']);

  const ordered = await fresh.send(new CreateTopicCommand({ Name: 't.fifo', Attributes: FIFO }));
  const one = (index: number) => ({ TopicArn: ordered.TopicArn, Protocol: 'sqs', Endpoint: `${QUEUE}${index}` });
  for (let index = 0; index < 99; index++) {
    await fresh.send(new SubscribeCommand(one(index)));
  }
  const hundredth = await outcome(() => fresh.send(new SubscribeCommand(one(99))));
  const beyond = await outcome(() => fresh.send(new SubscribeCommand(one(100))));
  expect([hundredth, beyond]).toEqual(['fine', 'SubscriptionLimitExceededException: Subscription limit exceeded']);
});
