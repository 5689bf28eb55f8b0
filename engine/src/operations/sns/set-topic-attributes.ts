/**
 * SetTopicAttributes: Policy and DisplayName.
 *
 * Source   API of SNS 2010-03-31.
 */
import type { SetTopicAttributesCommandInput } from '@aws-sdk/client-sns';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findTopic } from '../find-topic';

export function setTopicAttributes(state: WorldState, _caller: Caller, input: SetTopicAttributesCommandInput): void {
  const topic = findTopic(state, input.TopicArn);
  switch (input.AttributeName) {
    case 'Policy':
      topic.policy = input.AttributeValue;
      return;
    case 'DisplayName':
      topic.displayName = input.AttributeValue ?? '';
      return;
    default:
      // Assumed: attributes that decide nothing here are refused rather than dropped.
      throw new AwsFault('InvalidParameterException', `Invalid parameter: AttributeName ${input.AttributeName}`);
  }
}
