/**
 * Unsubscribe; a subscription that is not there is no error.
 *
 * Source   API of SNS 2010-03-31, Unsubscribe.
 */
import type { UnsubscribeCommandInput } from '@aws-sdk/client-sns';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { refuseArn } from '../topic-bounds';

export function unsubscribe(state: WorldState, _caller: Caller, input: UnsubscribeCommandInput): void {
  const arn = refuseArn('SubscriptionArn', input.SubscriptionArn);
  const found = state.services.messaging.topics.tryFindSubscription(arn);
  found?.topic.subscriptions.splice(found.topic.subscriptions.indexOf(found.subscription), 1);
}
