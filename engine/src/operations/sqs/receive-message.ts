/**
 * ReceiveMessage. The wait for messages is none, as the clock stands meanwhile.
 *
 * Source   API of SQS 2012-11-05.
 */
import type {
  Message,
  MessageAttributeValue,
  ReceiveMessageCommandInput,
  ReceiveMessageCommandOutput,
} from '@aws-sdk/client-sqs';
import { checksumOf, QueueMessage } from '../../domain/queues';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findQueue } from '../find-queue';
import { isBinary } from '../message-attributes';
import { refuseReceiving } from '../queue-bounds';

export function receiveMessage(
  state: WorldState,
  _caller: Caller,
  input: ReceiveMessageCommandInput,
): Omit<ReceiveMessageCommandOutput, '$metadata'> {
  const queue = findQueue(state, input.QueueUrl);
  refuseReceiving(input.MaxNumberOfMessages, input.VisibilityTimeout, input.WaitTimeSeconds);
  const dead = state.services.messaging.queues.tryFind(queue.settings.redrive?.deadLetterTargetArn ?? '');
  const taken = queue.receive(input.MaxNumberOfMessages ?? 1, input.VisibilityTimeout, state.now, (message) =>
    dead?.send(message, state.now),
  );
  return taken.length === 0 ? {} : { Messages: taken.map(shapeOf) };
}

function shapeOf(message: QueueMessage): Message {
  const attributes = Object.entries(message.attributes).map(([name, { type, value }]) => [
    name,
    isBinary(type)
      ? { DataType: type, BinaryValue: Buffer.from(value, 'base64') }
      : { DataType: type, StringValue: value },
  ]);
  return given({
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: checksumOf(message.body),
    Attributes: given({
      SentTimestamp: String(message.sentAt),
      ApproximateReceiveCount: String(message.receiveCount),
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      MessageGroupId: message.groupId,
    }),
    MessageAttributes:
      attributes.length === 0 ? undefined : (Object.fromEntries(attributes) as Record<string, MessageAttributeValue>),
  });
}
