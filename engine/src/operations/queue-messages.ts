/**
 * What calls do to one message of a queue, alone or in a batch.
 *
 * Pure: changes of the World.
 * Source   API of SQS 2012-11-05. Texts: as seen in public threads, unless `Assumed` stands beside them.
 */
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { checksumOf, isReceiptHandle, Queue, QueueMessage } from '../domain/queues';
import { Instant, SECOND } from '../kernel/instant';
import { AwsFault } from './fault';
import { messageAttributes, messageBytes } from './message-attributes';
import { ATTRIBUTE_BOUNDS, refused, refuseMessage, requiredOf } from './queue-bounds';

/** A message as SendMessage and each entry of SendMessageBatch have it. */
export interface GivenMessage {
  readonly MessageBody?: string | undefined;
  readonly MessageAttributes?: Record<string, MessageAttributeValue> | undefined;
  readonly DelaySeconds?: number | undefined;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
}

export function sendOne(queue: Queue, given: GivenMessage, now: Instant) {
  const message = {
    body: requiredOf(given.MessageBody, 'MessageBody'),
    attributes: messageAttributes(given.MessageAttributes, 'InvalidParameterValue'),
    delaySeconds: given.DelaySeconds,
    groupId: given.MessageGroupId,
    deduplicationId: given.MessageDeduplicationId,
  };
  refuseMessage(queue, message);
  return { MessageId: queue.send(message, now), MD5OfMessageBody: checksumOf(message.body) };
}

/** The size of a message, as far as it is one: what is wrong with it is said of its entry. */
export function sizeOf({ MessageBody = '', MessageAttributes }: GivenMessage): number {
  try {
    return messageBytes(MessageBody, messageAttributes(MessageAttributes, 'InvalidParameterValue'));
  } catch (error) {
    if (error instanceof AwsFault) {
      return messageBytes(MessageBody, {});
    }
    throw error;
  }
}

/** A handle of a message that is gone is no error. */
export function deleteOne(queue: Queue, given: string | undefined, now: Instant): object {
  const message = queue.tryFind(handleOf(given), now);
  if (message !== undefined) {
    queue.drop(message);
  }
  return {};
}

/** Hides a message that was handed out from now on for so long, or shows it at once. */
export function hideOne(queue: Queue, given: string | undefined, seconds: number | undefined, now: Instant): object {
  const handle = handleOf(given);
  const hidden = requiredOf(seconds, 'VisibilityTimeout');
  const [least, most] = ATTRIBUTE_BOUNDS['VisibilityTimeout'] as readonly [number, number];
  if (!(hidden >= least && hidden <= most)) {
    throw wrong(hidden, `VisibilityTimeout must be an integer between ${least} and ${most}.`);
  }
  const message = queue.tryFind(handle, now);
  if (message === undefined) {
    const why = 'Message does not exist or is not available for visibility timeout change.';
    throw refused(`Value ${handle} for parameter ReceiptHandle is invalid. Reason: ${why}`);
  }
  refuseShown(message, now);
  // Source: API of SQS, ChangeMessageVisibility: 12 hours in all since it was handed out.
  if (now + hidden * SECOND > (message.receivedAt ?? now) + most * SECOND) {
    throw wrong(hidden, `Total VisibilityTimeout for the message is beyond the limit [${most} seconds].`);
  }
  message.visibleAt = now + hidden * SECOND;
  return {};
}

/** Assumed: the text. */
function refuseShown({ visibleAt }: QueueMessage, now: Instant): void {
  if (visibleAt <= now) {
    throw new AwsFault('MessageNotInflight', "The specified message isn't in flight.");
  }
}

function wrong(seconds: number, why: string): AwsFault {
  return refused(`Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: ${why}`);
}

function handleOf(given: string | undefined): string {
  const handle = requiredOf(given, 'ReceiptHandle');
  if (!isReceiptHandle(handle)) {
    throw new AwsFault('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  return handle;
}
