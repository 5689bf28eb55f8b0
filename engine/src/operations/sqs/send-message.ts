/**
 * SendMessage.
 *
 * Source   API of SQS 2012-11-05.
 */
import type { SendMessageCommandInput, SendMessageCommandOutput } from '@aws-sdk/client-sqs';
import { checksumOf } from '../../domain/queues';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findQueue } from '../find-queue';
import { messageAttributes } from '../message-attributes';
import { refuseMessage, requiredOf } from '../queue-bounds';

export function sendMessage(
  state: WorldState,
  _caller: Caller,
  input: SendMessageCommandInput,
): Omit<SendMessageCommandOutput, '$metadata'> {
  const queue = findQueue(state, input.QueueUrl);
  const message = {
    body: requiredOf(input.MessageBody, 'MessageBody'),
    attributes: messageAttributes(input.MessageAttributes, 'InvalidParameterValue'),
    delaySeconds: input.DelaySeconds,
    groupId: input.MessageGroupId,
    deduplicationId: input.MessageDeduplicationId,
  };
  refuseMessage(queue, message);
  return { MessageId: queue.send(message, state.now), MD5OfMessageBody: checksumOf(message.body) };
}
