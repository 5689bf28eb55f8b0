/**
 * Publish.
 *
 * Source   API of SNS 2010-03-31.
 */
import type { PublishCommandInput, PublishCommandOutput } from '@aws-sdk/client-sns';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { findTopic } from '../find-topic';

export function publish(
  state: WorldState,
  _caller: Caller,
  input: PublishCommandInput,
): Omit<PublishCommandOutput, '$metadata'> {
  const topic = findTopic(state, input.TopicArn ?? input.TargetArn);
  if (topic.fifo && input.MessageGroupId === undefined) {
    // Assumed: the text.
    throw new AwsFault('InvalidParameterException', 'The MessageGroupId parameter is required for FIFO topics');
  }
  const attributes = Object.entries(input.MessageAttributes ?? {}).map(([name, attribute]) => [
    name,
    { type: attribute.DataType ?? 'String', value: attribute.StringValue ?? '' },
  ]);
  const messageId = state.services.messaging.publish(topic, {
    body: required(input.Message, 'Message'),
    subject: input.Subject,
    attributes: Object.fromEntries(attributes) as Record<string, { type: string; value: string }>,
    groupId: input.MessageGroupId,
    deduplicationId: input.MessageDeduplicationId,
  });
  return { MessageId: messageId };
}
