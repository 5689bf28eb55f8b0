/**
 * SetTopicAttributes.
 *
 * Source   API of SNS 2010-03-31.
 */
import type { SetTopicAttributesCommandInput } from '@aws-sdk/client-sns';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTopic } from '../find-topic';
import { required } from '../find-vault';
import { setTopicAttribute } from '../topic-attributes';

export function setTopicAttributes(state: WorldState, _caller: Caller, input: SetTopicAttributesCommandInput): void {
  const topic = findTopic(state, input.TopicArn);
  setTopicAttribute(topic, required(input.AttributeName, 'AttributeName'), input.AttributeValue);
}
