/**
 * Attributes of messages and the ids of FIFO, as SNS and SQS take them in.
 *
 * Pure.
 * Units    bytes of UTF-8.
 * Source   SQS developer guide, "Amazon SQS message metadata" and "Amazon SQS message quotas"; SNS developer guide, "Amazon SNS
 *          message attributes"; API of both: MessageAttributeValue (read 2026-11-27). Texts: as seen in public threads.
 */
import type { MessageAttribute, MessageAttributes } from '../domain/queues';
import { AwsFault } from './fault';

export interface GivenAttribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

/** What one of the two services calls a value that it does not take. */
export type ValueFault = 'InvalidParameterValue' | 'InvalidParameterValueException';

const NAME_BYTES = 256;
const TYPE_BYTES = 256;
const ID_CHARACTERS = 128;

const ID = new RegExp(`^[\\x21-\\x7e]{1,${ID_CHARACTERS}}$`);
const RESERVED = /^(aws|amazon)\./i;
const TYPE = /^(String|Number|Binary)(\..*)?$/s;
/** Source: SQS developer guide: up to 38 digits, between -10^128 and 10^126. */
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** @throws AwsFault for the first attribute that is none */
export function messageAttributes(
  given: Readonly<Record<string, GivenAttribute>> | undefined,
  fault: ValueFault,
): MessageAttributes {
  const made = Object.entries(given ?? {}).map(([name, attribute]): [string, MessageAttribute] => {
    const why = wrongName(name) ?? wrongValue(name, attribute, fault);
    if (why !== undefined) {
      throw new AwsFault(fault, why);
    }
    const { DataType = '', StringValue = '', BinaryValue } = attribute;
    const value = BinaryValue === undefined ? StringValue : Buffer.from(BinaryValue).toString('base64');
    return [name, { type: DataType, value }];
  });
  return Object.fromEntries(made);
}

/** The size of a message as both services count it: names, types and values of attributes belong to it. */
export function messageBytes(body: string, attributes: MessageAttributes): number {
  const texts = Object.entries(attributes).map(
    ([name, { type, value }]) =>
      bytesOf(name) + bytesOf(type) + (isBinary(type) ? Buffer.from(value, 'base64').length : bytesOf(value)),
  );
  return texts.reduce((sum, size) => sum + size, bytesOf(body));
}

export function isBinary(type: string): boolean {
  return type.split('.')[0] === 'Binary';
}

/** Whether it may be a MessageGroupId or a MessageDeduplicationId. */
export function isMessageId(id: string): boolean {
  return ID.test(id);
}

function wrongName(name: string): string | undefined {
  if (bytesOf(name) > NAME_BYTES) {
    return 'Length of message attribute name must be less than 256 bytes.';
  }
  if (name === '') {
    return 'The request must contain non-empty message attribute name.';
  }
  const odd = /[^A-Za-z0-9_.-]/.exec(name)?.[0];
  if (odd !== undefined) {
    const code = odd.charCodeAt(0).toString(16).toUpperCase();
    return `Invalid non-alphanumeric character '#x${code}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`;
  }
  if (RESERVED.test(name)) {
    return "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use.";
  }
  if (name.startsWith('.') || name.endsWith('.')) {
    const end = name.startsWith('.') ? 'starting' : 'ending';
    return `Invalid message attribute name ${end} with character '.' was found.`;
  }
  return name.includes('..') ? "Message attribute name can not have successive '.' character." : undefined;
}

function wrongValue(name: string, attribute: GivenAttribute, fault: ValueFault): string | undefined {
  const { DataType: type = '', StringValue, BinaryValue } = attribute;
  if (type === '') {
    return `The message attribute '${name}' must contain non-empty message attribute type.`;
  }
  if (bytesOf(type) > TYPE_BYTES) {
    return 'Length of message attribute type must be less than 256 bytes.';
  }
  if (!TYPE.test(type)) {
    return `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`;
  }
  const [field, value, other] = isBinary(type)
    ? ['Binary', BinaryValue, StringValue]
    : ['String', StringValue, BinaryValue];
  if (value === undefined && other !== undefined) {
    return `The message attribute '${name}' with type '${type}' must use field '${field}'.`;
  }
  if ((value?.length ?? 0) === 0) {
    return `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`;
  }
  if (type.split('.')[0] === 'Number' && !NUMBER.test(StringValue ?? '')) {
    return fault === 'InvalidParameterValue'
      ? `Can't cast the value of message (user) attribute '${name}' to a number.`
      : `Could not cast message attribute '${name}' value to number.`;
  }
  return undefined;
}

export function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
