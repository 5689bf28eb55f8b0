/**
 * SetTopicAttributes.
 *
 * Source   API of SNS 2010-03-31.
 */
import type { SetTopicAttributesCommandInput } from '@aws-sdk/client-sns';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTopic } from '../find-topic';
import { setTopicAttribute } from '../topic-attributes';
import { invalidParameter, refuseTopicAttribute } from '../topic-bounds';

export function setTopicAttributes(state: WorldState, _caller: Caller, input: SetTopicAttributesCommandInput): void {
  const topic = findTopic(state, input.TopicArn);
  const { AttributeName = '', AttributeValue = '' } = input;
  if (AttributeName === 'FifoTopic') {
    throw invalidParameter('AttributeName');
  }
  refuseTopicAttribute(topic.fifo, AttributeName, AttributeValue);
  setTopicAttribute(topic, AttributeName, AttributeValue);
}
