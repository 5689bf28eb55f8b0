/**
 * Attributes of queues, as calls give and show them.
 *
 * Units    seconds and counts as text.
 * Source   API of SQS 2012-11-05: CreateQueue, SetQueueAttributes, GetQueueAttributes.
 */
import type { Queue, Queues, QueueSettings } from '../domain/queues';
import { Instant, SECOND } from '../kernel/instant';
import { AwsFault } from './fault';
import { policyText } from './policy-document';
import { ATTRIBUTE_BOUNDS } from './queue-bounds';
import { RedriveOwner, redriveOf, refuseRedriveAllowed } from './queue-redrive';

/** Attributes that decide nothing here, and what they are unless somebody says otherwise. */
const KEPT: Readonly<Record<string, string | undefined>> = {
  MaximumMessageSize: String(ATTRIBUTE_BOUNDS['MaximumMessageSize']?.[1]),
  ReceiveMessageWaitTimeSeconds: '0',
  KmsMasterKeyId: undefined,
  KmsDataKeyReusePeriodSeconds: undefined,
  SqsManagedSseEnabled: undefined,
  RedriveAllowPolicy: undefined,
};
const KEPT_OF_FIFO: Readonly<Record<string, string | undefined>> = {
  DeduplicationScope: 'queue',
  FifoThroughputLimit: 'perQueue',
};
/**
 * The settings with the attributes of a call.
 *
 * @throws AwsFault for the first that the queue does not take
 */
export function queueSettings(
  queues: Queues,
  owner: RedriveOwner,
  before: QueueSettings,
  given: Readonly<Record<string, string>>,
): QueueSettings {
  for (const [name, value] of Object.entries(given)) {
    refuse(name, value, owner.fifo);
  }
  const number = (text: string | undefined, otherwise: number) => (text === undefined ? otherwise : Number(text));
  const text = (name: string, otherwise: string | undefined) =>
    given[name] === undefined ? otherwise : given[name] === '' ? undefined : given[name];
  const deduplicates = given['ContentBasedDeduplication'];
  const redrive = given['RedrivePolicy'];
  const kept = Object.entries(given).filter(([name]) => isKept(name));
  const settings = {
    policy: text('Policy', before.policy),
    visibilityTimeoutSeconds: number(given['VisibilityTimeout'], before.visibilityTimeoutSeconds),
    delaySeconds: number(given['DelaySeconds'], before.delaySeconds),
    retentionSeconds: number(given['MessageRetentionPeriod'], before.retentionSeconds),
    contentBasedDeduplication: deduplicates === undefined ? before.contentBasedDeduplication : deduplicates === 'true',
    redrive: redrive === undefined ? before.redrive : redriveOf(queues, owner, redrive),
    particulars: { ...before.particulars, ...Object.fromEntries(kept) },
  };
  refuseThroughput(settings.particulars);
  return settings;
}

export function queueAttributes(queue: Queue, now: Instant): Record<string, string> {
  const messages = queue.messages(now);
  const hidden = messages.filter(({ visibleAt, receiveCount }) => visibleAt > now && receiveCount > 0).length;
  const delayed = messages.filter(({ visibleAt, receiveCount }) => visibleAt > now && receiveCount === 0).length;
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(messages.length - hidden - delayed),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(queue.createdAt / SECOND)),
    LastModifiedTimestamp: String(Math.floor(queue.createdAt / SECOND)),
    ...shown(queue.settings, queue.fifo),
  };
}

/** The attributes that CreateQueue takes, as they stand. */
function shown(settings: QueueSettings, fifo: boolean): Record<string, string> {
  const own = settings.particulars ?? {};
  const all: Readonly<Record<string, string | undefined>> = {
    VisibilityTimeout: String(settings.visibilityTimeoutSeconds),
    DelaySeconds: String(settings.delaySeconds),
    MessageRetentionPeriod: String(settings.retentionSeconds),
    Policy: settings.policy,
    RedrivePolicy: settings.redrive === undefined ? undefined : JSON.stringify(settings.redrive),
    ...KEPT,
    // Source: API of SQS: encrypted by SQS unless a key is given.
    SqsManagedSseEnabled: String((own['KmsMasterKeyId'] ?? '') === ''),
    ...(fifo && {
      FifoQueue: 'true',
      ContentBasedDeduplication: String(settings.contentBasedDeduplication),
      ...KEPT_OF_FIFO,
    }),
    ...own,
  };
  const told = Object.entries(all).filter(([, value]) => (value ?? '') !== '');
  return Object.fromEntries(told) as Record<string, string>;
}

/** @throws AwsFault `QueueNameExists` when a call for the same name asks for something else */
export function refuseOtherSettings(
  { settings, fifo }: Queue,
  wanted: QueueSettings,
  given: Readonly<Record<string, string>>,
): void {
  const [now, then] = [shown(settings, fifo), shown(wanted, fifo)];
  const other = Object.keys(given).find((name) => now[name] !== then[name]);
  if (other !== undefined) {
    const what = 'A queue already exists with the same name and a different value for attribute';
    throw new AwsFault('QueueNameExists', `${what} ${other}`);
  }
}

/** @throws AwsFault `InvalidAttributeName` for a name that GetQueueAttributes does not know */
export function refuseUnknownNames(names: readonly string[]): void {
  const unknown = names.find((name) => name !== 'All' && !isKnown(name) && !COUNTED.includes(name));
  if (unknown !== undefined) {
    throw new AwsFault('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  }
}

function isKept(name: string): boolean {
  return Object.hasOwn(KEPT, name) || Object.hasOwn(KEPT_OF_FIFO, name);
}

const DECIDING = ['Policy', 'RedrivePolicy', 'VisibilityTimeout', 'DelaySeconds', 'MessageRetentionPeriod'];
const OF_FIFO = ['FifoQueue', 'ContentBasedDeduplication'];
/** What SQS alone says of a queue. */
const COUNTED = [
  'QueueArn',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
];
/** The values of attributes that have few. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  FifoQueue: ['true', 'false'],
  ContentBasedDeduplication: ['true', 'false'],
  SqsManagedSseEnabled: ['true', 'false'],
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
};
/** Source: SQS developer guide, "message quotas": bytes of a policy. */
const POLICY_BYTES = 8192;

function isKnown(name: string): boolean {
  return DECIDING.includes(name) || OF_FIFO.includes(name) || isKept(name);
}

function refuse(name: string, value: string, fifo: boolean): void {
  const ofFifo = (OF_FIFO.includes(name) && value !== 'false') || Object.hasOwn(KEPT_OF_FIFO, name);
  if (!isKnown(name) || (ofFifo && !fifo)) {
    throw new AwsFault('InvalidAttributeName', `Unknown Attribute ${name}.`);
  }
  const bounds = ATTRIBUTE_BOUNDS[name];
  const choices = CHOICES[name];
  const isOut = bounds !== undefined && !(isWhole(value) && Number(value) >= bounds[0] && Number(value) <= bounds[1]);
  const isNone = choices !== undefined && !choices.includes(value);
  const isNoPolicy = name === 'Policy' && value !== '' && !isPolicy(value);
  if (isOut || isNone || isNoPolicy) {
    throw new AwsFault('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
  }
  if (name === 'RedriveAllowPolicy' && value !== '') {
    refuseRedriveAllowed(value);
  }
}

function isWhole(text: string): boolean {
  return /^-?\d+$/.test(text);
}

function isPolicy(text: string): boolean {
  try {
    policyText(text, 'Policy', POLICY_BYTES);
    return true;
  } catch {
    return false;
  }
}

/** Source: API of SQS: a limit by group goes with deduplication by group alone. Assumed: the text. */
function refuseThroughput({
  DeduplicationScope = 'queue',
  FifoThroughputLimit,
}: Readonly<Record<string, string>>): void {
  if (FifoThroughputLimit === 'perMessageGroupId' && DeduplicationScope !== 'messageGroup') {
    const why = 'The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.';
    throw new AwsFault('InvalidAttributeValue', `Invalid value for the parameter FifoThroughputLimit. Reason: ${why}`);
  }
}
