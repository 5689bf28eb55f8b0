/**
 * SendMessage.
 *
 * Source   API of SQS 2012-11-05.
 */
import type { SendMessageCommandInput, SendMessageCommandOutput } from '@aws-sdk/client-sqs';
import { checksumOf } from '../../domain/queues';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { required } from '../find-vault';
import { findQueue } from '../find-queue';

export function sendMessage(
  state: WorldState,
  _caller: Caller,
  input: SendMessageCommandInput,
): Omit<SendMessageCommandOutput, '$metadata'> {
  const queue = findQueue(state, input.QueueUrl);
  const groupId = queue.fifo ? required(input.MessageGroupId, 'MessageGroupId') : undefined;
  const attributes = Object.entries(input.MessageAttributes ?? {}).map(([name, attribute]) => [
    name,
    { type: attribute.DataType ?? 'String', value: attribute.StringValue ?? '' },
  ]);
  const message = {
    body: required(input.MessageBody, 'MessageBody'),
    attributes: Object.fromEntries(attributes) as Record<string, { type: string; value: string }>,
    delaySeconds: input.DelaySeconds,
    groupId,
    deduplicationId: input.MessageDeduplicationId,
  };
  return { MessageId: queue.send(message, state.now), MD5OfMessageBody: checksumOf(message.body) };
}
