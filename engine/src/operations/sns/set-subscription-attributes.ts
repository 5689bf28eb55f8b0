/**
 * SetSubscriptionAttributes: filter policy and its scope, raw delivery, redrive policy.
 *
 * Source   API of SNS 2010-03-31, SetSubscriptionAttributes.
 */
import type { SetSubscriptionAttributesCommandInput } from '@aws-sdk/client-sns';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSubscription } from '../find-topic';
import { changeSubscription } from '../subscription-attributes';

export function setSubscriptionAttributes(
  state: WorldState,
  _caller: Caller,
  input: SetSubscriptionAttributesCommandInput,
): void {
  const { topic, subscription } = findSubscription(state, input.SubscriptionArn);
  changeSubscription(topic, subscription, input.AttributeName ?? '', input.AttributeValue);
}
