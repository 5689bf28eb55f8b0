/**
 * What SNS refuses of the parameters of its calls.
 *
 * Pure.
 * Units    sizes are bytes of UTF-8.
 * Source   API of SNS 2010-03-31: CreateTopic, SetTopicAttributes, Publish, Subscribe; SNS developer guide, "Message delivery
 *          retries", "Amazon SNS message archiving" (read 2026-11-27). Texts: as seen in public threads, unless `Assumed`
 *          stands beside them. Of bounds the API model has those of tags alone (wire/constraints.ts).
 */
import type { MessageAttributes } from '../domain/queues';
import type { Topic } from '../domain/topics';
import { parseJson } from '../kernel/json';
import { AwsFault } from './fault';
import { isMessageId, messageBytes } from './message-attributes';
import { policyText } from './policy-document';

const NAME = /^[A-Za-z0-9_-]{1,256}$/;
const FIFO_NAME = /^(?=.{1,256}$)[A-Za-z0-9_-]+\.fifo$/;
export const MESSAGE_BYTES = 262_144;
/** Source: API of SNS, Publish: less than 100 characters. */
const SUBJECT_CHARACTERS = 99;
const MOST_TAGS = 50;
/** Source: SNS developer guide, quotas: 30,720 bytes. */
const POLICY_CHARACTERS = 30_720;
const DISPLAY_NAME_CHARACTERS = 100;

export function invalidParameter(text: string): AwsFault {
  return new AwsFault('InvalidParameterException', `Invalid parameter: ${text}`);
}

/** @throws AwsFault for a text that is no ARN; what it is the ARN of is looked at by who looks for it */
export function refuseArn(parameter: string, arn: string | undefined): string {
  if (arn === undefined || arn === '') {
    throw invalidParameter(`${parameter} Reason: no value for required parameter`);
  }
  const count = arn.split(':').length;
  if (count < 6) {
    throw invalidParameter(`${parameter} Reason: An ARN must have at least 6 elements, not ${count}`);
  }
  return arn;
}

export function refuseTopicName(name: string | undefined, fifo: boolean): string {
  if (name === undefined || !(fifo ? FIFO_NAME : NAME).test(name)) {
    throw invalidParameter(
      fifo
        ? 'Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.'
        : 'Topic Name',
    );
  }
  return name;
}

interface Publication {
  readonly message: string | undefined;
  readonly subject: string | undefined;
  readonly structure: string | undefined;
  readonly attributes: MessageAttributes;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
}

export function refusePublication(topic: Topic, published: Publication): string {
  const { message, subject, structure, attributes } = published;
  // Source: API of SNS, Publish: UTF-8 without line breaks or control characters.
  if (subject !== undefined && !(subject.length >= 1 && subject.length <= SUBJECT_CHARACTERS && isPlain(subject))) {
    throw invalidParameter('Subject');
  }
  if (message === undefined || message === '') {
    throw invalidParameter('Empty message');
  }
  if (messageBytes(message, attributes) > MESSAGE_BYTES) {
    throw invalidParameter('Message too long');
  }
  if (structure !== undefined) {
    refuseStructure(structure, message);
  }
  refuseIds(topic, published);
  return message;
}

function isPlain(text: string): boolean {
  return !/\p{Cc}/u.test(text);
}

function refuseStructure(structure: string, message: string): void {
  if (structure !== 'json') {
    throw invalidParameter('MessageStructure');
  }
  let texts: unknown;
  try {
    texts = parseJson(message);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  if (typeof (texts as { default?: unknown } | null)?.default !== 'string') {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
}

function refuseIds({ fifo, attributes }: Topic, { groupId, deduplicationId }: Publication): void {
  if (fifo && groupId === undefined) {
    throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  }
  if (fifo && deduplicationId === undefined && attributes.get('ContentBasedDeduplication') !== 'true') {
    throw invalidParameter(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
  if (!fifo && deduplicationId !== undefined) {
    const why = 'The request includes MessageDeduplicationId parameter that is not valid for this topic type';
    throw invalidParameter(`MessageDeduplicationId Reason: ${why}`);
  }
  for (const [name, id] of Object.entries({ MessageGroupId: groupId, MessageDeduplicationId: deduplicationId })) {
    if (id !== undefined && !isMessageId(id)) {
      // Assumed: the text, after that of SQS.
      const why = `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length`;
      throw invalidParameter(`${name} Reason: ${why}`);
    }
  }
}

type Tags = readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[];

/** Tags of a topic as they would be, the given ones included. */
export function refuseTopicTags(given: Tags | undefined, there: Iterable<string>): void {
  const keys = (given ?? []).map(({ Key }) => Key ?? '');
  if (new Set(keys).size < keys.length) {
    throw invalidParameter('Duplicated keys are not allowed.');
  }
  if (new Set([...there, ...keys]).size > MOST_TAGS) {
    throw new AwsFault('TagLimitExceededException', 'Could not complete request: tag quota of per resource exceeded');
  }
}

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  SignatureVersion: ['1', '2'],
  TracingConfig: ['PassThrough', 'Active'],
  ContentBasedDeduplication: ['true', 'false'],
  FifoTopic: ['true', 'false'],
  FifoThroughputScope: ['Topic', 'MessageGroup'],
};
const OF_FIFO = ['ContentBasedDeduplication', 'FifoThroughputScope', 'ArchivePolicy'];
/** What a topic keeps and shows, and what decides nothing here. */
const KEPT = /^(KmsMasterKeyId|(Application|Firehose|HTTP|Lambda|SQS)(Success|Failure)FeedbackRoleArn)$/;
const SAMPLE_RATE = /^(Application|Firehose|HTTP|Lambda|SQS)SuccessFeedbackSampleRate$/;

/**
 * @param prefix CreateTopic says `Attributes Reason: `, as it was one of several attributes
 *
 * Assumed  the texts, but that of a name which is none.
 */
export function refuseTopicAttribute(fifo: boolean, name: string, value: string, prefix = ''): void {
  const known = KEPT.test(name) || SAMPLE_RATE.test(name) || Object.hasOwn(CHOICES, name) || Object.hasOwn(TEXTS, name);
  if (!known) {
    throw invalidParameter(prefix === '' ? 'AttributeName' : `${prefix}Unknown attribute: ${name}`);
  }
  if (OF_FIFO.includes(name) && !fifo && value !== 'false' && value !== '') {
    throw invalidParameter(`${prefix}${name} can only be set for FIFO topics`);
  }
  if (value === '') {
    return;
  }
  const choices = CHOICES[name];
  if (choices !== undefined && !choices.includes(value)) {
    throw invalidParameter(`${prefix}${name}: Invalid value [${value}]. Must be ${choices.join(' or ')}.`);
  }
  if (SAMPLE_RATE.test(name) && !isWithin(value, 0, 100)) {
    throw invalidParameter(`${prefix}${name}: Invalid value [${value}]. Must be 0 to 100.`);
  }
  TEXTS[name]?.(value, prefix);
}

/** Attributes that are texts of a form of their own. */
const TEXTS: Readonly<Record<string, (value: string, prefix: string) => void>> = {
  DisplayName: (value, prefix) => {
    if (value.length > DISPLAY_NAME_CHARACTERS) {
      throw invalidParameter(`${prefix}DisplayName`);
    }
  },
  Policy: (value) => refusePolicy(value),
  DeliveryPolicy: (value, prefix) => refuseDelivery(value, prefix),
  ArchivePolicy: (value, prefix) => {
    const what = `Invalid parameter: ${prefix}ArchivePolicy`;
    const days = objectIn(what, value)['MessageRetentionPeriod'];
    // Source: SNS developer guide, "Amazon SNS message archiving": 1 to 365 days.
    if (!isWithin(String(days), 1, 365)) {
      throw new AwsFault('InvalidParameterException', `${what}: MessageRetentionPeriod must be 1 to 365 days`);
    }
  },
};

function refusePolicy(value: string): void {
  try {
    policyText(value, 'Policy', POLICY_CHARACTERS);
  } catch (error) {
    if (error instanceof AwsFault) {
      throw invalidParameter(`Policy Error: ${error.message}`);
    }
    throw error;
  }
}

/** Source: SNS developer guide, "Message delivery retries": seconds of delays, and how many retries. */
const RETRY_BOUNDS: Readonly<Record<string, readonly [number, number]>> = {
  minDelayTarget: [1, 3600],
  maxDelayTarget: [1, 3600],
  numRetries: [0, 100],
  numNoDelayRetries: [0, 100],
  numMinDelayRetries: [0, 100],
  numMaxDelayRetries: [0, 100],
};

function refuseDelivery(value: string, prefix: string): void {
  const what = `Invalid parameter: ${prefix}DeliveryPolicy`;
  const { http } = objectIn(what, value) as { http?: { defaultHealthyRetryPolicy?: Record<string, unknown> } };
  for (const [name, given] of Object.entries(http?.defaultHealthyRetryPolicy ?? {})) {
    const [least, most] = RETRY_BOUNDS[name] ?? [-Infinity, Infinity];
    if (RETRY_BOUNDS[name] !== undefined && !isWithin(String(given), least, most)) {
      throw new AwsFault('InvalidParameterException', `${what}: ${name} must be ${least} to ${most}`);
    }
  }
}

function isWithin(text: string, least: number, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
}

/** The object that a text holds. @throws AwsFault that begins with `what` */
export function objectIn(what: string, text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AwsFault('InvalidParameterException', `${what}: failed to parse JSON`);
  }
  return value as Readonly<Record<string, unknown>>;
}
