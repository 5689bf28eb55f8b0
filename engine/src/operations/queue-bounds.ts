/**
 * What SQS refuses of the parameters of its calls.
 *
 * Pure.
 * Units    `…Seconds` are counts, sizes are bytes of UTF-8.
 * Source   API of SQS 2012-11-05 and SQS developer guide, "Amazon SQS message quotas", "standard queue quotas" (read 2026-11-27).
 *          Texts: as seen in public threads, unless `Assumed` stands beside them. The API model has no bounds.
 */
import type { MessageAttributes, Queue } from '../domain/queues';
import { AwsFault } from './fault';
import { isMessageId, messageBytes } from './message-attributes';

const NAME = /^[A-Za-z0-9_-]{1,80}$/;
const FIFO_NAME = /^(?=.{1,80}$)[A-Za-z0-9_-]+\.fifo$/;
const MOST_ATTRIBUTES = 10;
const MOST_MESSAGES = 10;
const MOST_TAGS = 50;
const MOST_LISTED = 1000;
/** What XML may hold; a lone surrogate is none of it. */
const READABLE = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** Bounds of numbers that are attributes of queues. */
export const ATTRIBUTE_BOUNDS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  VisibilityTimeout: [0, 43_200],
  DelaySeconds: [0, 900],
  MessageRetentionPeriod: [60, 1_209_600],
  MaximumMessageSize: [1024, 1_048_576],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  KmsDataKeyReusePeriodSeconds: [60, 86_400],
};

/** @throws AwsFault `MissingParameter` */
export function requiredOf<T>(value: T | undefined, parameter: string): T {
  if (value === undefined || value === '') {
    throw new AwsFault('MissingParameter', `The request must contain the parameter ${parameter}.`);
  }
  return value;
}

export function refuseQueueName(name: string, fifo: boolean): void {
  if (!(fifo ? FIFO_NAME : NAME).test(name)) {
    const letters = 'can only include alphanumeric characters, hyphens, or underscores';
    throw new AwsFault(
      'InvalidParameterValue',
      fifo
        ? `The name of a FIFO queue ${letters}, must end with .fifo suffix and be 1 to 80 in length.`
        : 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  }
}

/** Tags of a queue as they would be, the given ones included. */
export function refuseQueueTags(name: string, given: Readonly<Record<string, string>>, there: Iterable<string>): void {
  if (new Set([...there, ...Object.keys(given)]).size > MOST_TAGS) {
    throw new AwsFault('InvalidParameterValue', `Too many tags added for queue ${name}.`);
  }
  for (const [key, value] of Object.entries(given)) {
    // Source: SQS developer guide, "cost allocation tags": 128 and 256 characters. Assumed: the texts.
    if (key.length < 1 || key.length > 128 || value.length > 256) {
      const what = value.length > 256 ? 'value must have at most 256' : 'key must have 1 to 128';
      throw new AwsFault(
        'InvalidParameterValue',
        `Value ${key} for parameter Tags is invalid. Reason: A tag ${what} characters.`,
      );
    }
  }
}

interface Sending {
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly delaySeconds: number | undefined;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
}

export function refuseMessage(queue: Queue, message: Sending): void {
  const { body, attributes } = message;
  const count = Object.keys(attributes).length;
  if (count > MOST_ATTRIBUTES) {
    throw refused(`Number of message attributes [${count}] exceeds the allowed maximum [${MOST_ATTRIBUTES}].`);
  }
  if (!READABLE.test(body)) {
    const valid = '#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF';
    throw new AwsFault('InvalidMessageContents', `Invalid characters found. Valid unicode characters are ${valid}`);
  }
  const most =
    queue.settings.particulars?.['MaximumMessageSize'] ?? String(ATTRIBUTE_BOUNDS['MaximumMessageSize']?.[1]);
  if (messageBytes(body, attributes) > Number(most)) {
    throw refused(`One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`);
  }
  refuseIds(queue, message);
  refuseDelay(queue, message.delaySeconds);
}

function refuseIds({ fifo, settings }: Queue, { groupId, deduplicationId }: Sending): void {
  if (fifo) {
    requiredOf(groupId, 'MessageGroupId');
  }
  if (!fifo && deduplicationId !== undefined) {
    const why = 'The request includes a parameter that is not valid for this queue type.';
    throw refused(`Value ${deduplicationId} for parameter MessageDeduplicationId is invalid. Reason: ${why}`);
  }
  for (const [name, id] of Object.entries({ MessageGroupId: groupId, MessageDeduplicationId: deduplicationId })) {
    if (id !== undefined && !isMessageId(id)) {
      const why = `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`;
      throw refused(`Value ${id} for parameter ${name} is invalid. Reason: ${why}`);
    }
  }
  if (fifo && deduplicationId === undefined && !settings.contentBasedDeduplication) {
    throw refused(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
}

function refuseDelay({ fifo }: Queue, seconds: number | undefined): void {
  const [least, most] = ATTRIBUTE_BOUNDS['DelaySeconds'] as readonly [number, number];
  if (seconds !== undefined && !(seconds >= least && seconds <= most)) {
    const why = `DelaySeconds must be >= ${least} and <= ${most}.`;
    throw refused(`Value ${seconds} for parameter DelaySeconds is invalid. Reason: ${why}`);
  }
  // Source: API of SQS, SendMessage: a FIFO queue has one delay for all of its messages.
  if (fifo && (seconds ?? 0) > 0) {
    const why = 'The request include parameter that is not valid for this queue type.';
    throw refused(`Value ${seconds} for parameter DelaySeconds is invalid. Reason: ${why}`);
  }
}

export function refuseReceiving(
  most: number | undefined,
  hideSeconds: number | undefined,
  waitSeconds: number | undefined,
): void {
  if (most !== undefined && !(most >= 1 && most <= MOST_MESSAGES)) {
    const why = `Must be between 1 and ${MOST_MESSAGES}, if provided.`;
    throw refused(`Value ${most} for parameter MaxNumberOfMessages is invalid. Reason: ${why}`);
  }
  refuseSeconds('VisibilityTimeout', 'VisibilityTimeout', hideSeconds);
  refuseSeconds('WaitTimeSeconds', 'ReceiveMessageWaitTimeSeconds', waitSeconds);
}

function refuseSeconds(parameter: string, attribute: string, seconds: number | undefined): void {
  const [least, most] = ATTRIBUTE_BOUNDS[attribute] as readonly [number, number];
  if (seconds !== undefined && !(seconds >= least && seconds <= most)) {
    const why = `Must be >= ${least} and <= ${most}, if provided.`;
    throw refused(`Value ${seconds} for parameter ${parameter} is invalid. Reason: ${why}`);
  }
}

/** How many queues a page lists. Source: API of SQS, ListQueues: 1,000 unless less are asked for. */
export function listedQueues(maxResults: number | undefined): number {
  if (maxResults !== undefined && !(maxResults >= 1 && maxResults <= MOST_LISTED)) {
    const why = `MaxResults must be an integer between 1 and ${MOST_LISTED}.`;
    throw refused(`Value ${maxResults} for parameter MaxResults is invalid. Reason: ${why}`);
  }
  return maxResults ?? MOST_LISTED;
}

export function refused(text: string): AwsFault {
  return new AwsFault('InvalidParameterValue', text);
}
