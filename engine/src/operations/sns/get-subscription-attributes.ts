/**
 * GetSubscriptionAttributes.
 *
 * Source   API of SNS 2010-03-31, GetSubscriptionAttributes.
 */
import type {
  GetSubscriptionAttributesCommandInput,
  GetSubscriptionAttributesCommandOutput,
} from '@aws-sdk/client-sns';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSubscription } from '../find-topic';
import { subscriptionAttributes } from '../subscription-attributes';

export function getSubscriptionAttributes(
  state: WorldState,
  _caller: Caller,
  input: GetSubscriptionAttributesCommandInput,
): Omit<GetSubscriptionAttributesCommandOutput, '$metadata'> {
  const { topic, subscription } = findSubscription(state, input.SubscriptionArn);
  return { Attributes: subscriptionAttributes(topic, subscription) };
}
