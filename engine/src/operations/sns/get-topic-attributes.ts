/**
 * GetTopicAttributes.
 *
 * Source   API of SNS 2010-03-31, GetTopicAttributes.
 */
import type { GetTopicAttributesCommandInput, GetTopicAttributesCommandOutput } from '@aws-sdk/client-sns';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTopic } from '../find-topic';
import { topicAttributes } from '../topic-attributes';

export function getTopicAttributes(
  state: WorldState,
  _caller: Caller,
  input: GetTopicAttributesCommandInput,
): Omit<GetTopicAttributesCommandOutput, '$metadata'> {
  return { Attributes: topicAttributes(findTopic(state, input.TopicArn)) };
}
