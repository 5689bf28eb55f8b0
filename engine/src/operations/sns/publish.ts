/**
 * Publish.
 *
 * Source   API of SNS 2010-03-31.
 */
import type { PublishCommandInput, PublishCommandOutput } from '@aws-sdk/client-sns';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findTopic } from '../find-topic';
import { publishOne } from '../topic-messages';

export function publish(
  state: WorldState,
  _caller: Caller,
  input: PublishCommandInput,
): Omit<PublishCommandOutput, '$metadata'> {
  if (input.PhoneNumber !== undefined) {
    throw new AwsFault('NotEmulated', 'sns: Publish to a phone number is not emulated');
  }
  const arn = input.TopicArn ?? input.TargetArn;
  const topic = findTopic(state, arn, arn === undefined ? 'TopicArn or TargetArn' : 'TopicArn');
  return publishOne(state, topic, input);
}
