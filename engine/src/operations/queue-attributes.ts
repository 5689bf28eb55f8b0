/**
 * Attributes of queues, as calls give and show them.
 *
 * Units    seconds and counts as text.
 * Source   API of SQS 2012-11-05: CreateQueue, SetQueueAttributes, GetQueueAttributes.
 */
import type { Queue, QueueSettings, Redrive } from '../domain/queues';
import { Instant, SECOND } from '../kernel/instant';
import { AwsFault } from './fault';

/** Attributes that decide nothing here, and what they are unless somebody says otherwise. */
const KEPT: Readonly<Record<string, string | undefined>> = {
  MaximumMessageSize: '262144',
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
/** Bounds of numbers. Source: API of SQS, SetQueueAttributes. */
const BOUNDS: Readonly<Record<string, readonly [number, number]>> = {
  VisibilityTimeout: [0, 43_200],
  DelaySeconds: [0, 900],
  MessageRetentionPeriod: [60, 1_209_600],
  MaximumMessageSize: [1024, 1_048_576],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  KmsDataKeyReusePeriodSeconds: [60, 86_400],
};

/** The settings with the attributes of a call. */
export function queueSettings(
  before: QueueSettings,
  given: Readonly<Record<string, string>>,
  fifo: boolean,
): QueueSettings {
  for (const [name, value] of Object.entries(given)) {
    refuse(name, value, fifo);
  }
  const number = (text: string | undefined, otherwise: number) => (text === undefined ? otherwise : Number(text));
  const text = (name: string, otherwise: string | undefined) =>
    given[name] === undefined ? otherwise : given[name] === '' ? undefined : given[name];
  const deduplicates = given['ContentBasedDeduplication'];
  const redrive = given['RedrivePolicy'];
  const kept = Object.entries(given).filter(([name]) => isKept(name));
  return {
    policy: text('Policy', before.policy),
    visibilityTimeoutSeconds: number(given['VisibilityTimeout'], before.visibilityTimeoutSeconds),
    delaySeconds: number(given['DelaySeconds'], before.delaySeconds),
    retentionSeconds: number(given['MessageRetentionPeriod'], before.retentionSeconds),
    contentBasedDeduplication: deduplicates === undefined ? before.contentBasedDeduplication : deduplicates === 'true',
    redrive: redrive === undefined ? before.redrive : redriveOf(redrive),
    particulars: { ...before.particulars, ...Object.fromEntries(kept) },
  };
}

export function queueAttributes(queue: Queue, now: Instant): Record<string, string> {
  const { settings } = queue;
  const messages = queue.messages(now);
  const hidden = messages.filter(({ visibleAt, receiveCount }) => visibleAt > now && receiveCount > 0).length;
  const delayed = messages.filter(({ visibleAt, receiveCount }) => visibleAt > now && receiveCount === 0).length;
  const own = settings.particulars ?? {};
  const all: Readonly<Record<string, string | undefined>> = {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(messages.length - hidden - delayed),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(queue.createdAt / SECOND)),
    LastModifiedTimestamp: String(Math.floor(queue.createdAt / SECOND)),
    VisibilityTimeout: String(settings.visibilityTimeoutSeconds),
    DelaySeconds: String(settings.delaySeconds),
    MessageRetentionPeriod: String(settings.retentionSeconds),
    Policy: settings.policy,
    RedrivePolicy: settings.redrive === undefined ? undefined : JSON.stringify(settings.redrive),
    ...KEPT,
    // Source: API of SQS: encrypted by SQS unless a key is given.
    SqsManagedSseEnabled: String((own['KmsMasterKeyId'] ?? '') === ''),
    ...(queue.fifo && {
      FifoQueue: 'true',
      ContentBasedDeduplication: String(settings.contentBasedDeduplication),
      ...KEPT_OF_FIFO,
    }),
    ...own,
  };
  const told = Object.entries(all).filter(([, value]) => (value ?? '') !== '');
  return Object.fromEntries(told) as Record<string, string>;
}

function isKept(name: string): boolean {
  return Object.hasOwn(KEPT, name) || Object.hasOwn(KEPT_OF_FIFO, name);
}

const DECIDING = ['Policy', 'RedrivePolicy', 'VisibilityTimeout', 'DelaySeconds', 'MessageRetentionPeriod'];
const OF_FIFO = ['FifoQueue', 'ContentBasedDeduplication'];

/** Assumed: the texts. */
function refuse(name: string, value: string, fifo: boolean): void {
  const known = DECIDING.includes(name) || OF_FIFO.includes(name) || isKept(name);
  const ofFifo = (OF_FIFO.includes(name) && value !== 'false') || Object.hasOwn(KEPT_OF_FIFO, name);
  if (!known || (ofFifo && !fifo)) {
    throw new AwsFault('InvalidAttributeName', `Unknown Attribute ${name}.`);
  }
  const [least, most] = BOUNDS[name] ?? [-Infinity, Infinity];
  if (BOUNDS[name] !== undefined && !(Number(value) >= least && Number(value) <= most)) {
    throw new AwsFault('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
  }
}

/** The count may be text; an empty policy takes the redrive away. */
function redriveOf(text: string): Redrive | undefined {
  if (text === '') {
    return undefined;
  }
  try {
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(text) as Redrive;
    return { deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) };
  } catch {
    throw new AwsFault('InvalidAttributeValue', 'Invalid value for the parameter RedrivePolicy.');
  }
}
