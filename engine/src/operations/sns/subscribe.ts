/**
 * Subscribe.
 *
 * Source   API of SNS 2010-03-31: the same protocol and endpoint again is the same subscription.
 * Assumed  Addresses outside of AWS confirm at once.
 */
import type { SubscribeCommandInput, SubscribeCommandOutput } from '@aws-sdk/client-sns';
import { Subscription, SubscriptionSettings } from '../../domain/topics';
import type { WorldState } from '../../domain/world-state';
import { uuid } from '../../kernel/ids';
import type { Caller } from '../caller';
import { required } from '../find-vault';
import { findTopic } from '../find-topic';
import { withAttributes, withFilter } from '../topic-attributes';

export function subscribe(
  state: WorldState,
  _caller: Caller,
  input: SubscribeCommandInput,
): Omit<SubscribeCommandOutput, '$metadata'> {
  const topic = findTopic(state, input.TopicArn);
  const settings = settingsOf(input);
  const same = topic.subscriptions.find(
    (one) => one.settings.protocol === settings.protocol && one.settings.endpoint === settings.endpoint,
  );
  if (same !== undefined) {
    return { SubscriptionArn: same.arn };
  }
  const names = [topic.arn, settings.protocol, settings.endpoint];
  const arn = `${topic.arn}:${uuid(state.seed, { kind: 'subscription', names })}`;
  topic.subscriptions.push(withFilter(() => new Subscription(arn, settings)));
  return { SubscriptionArn: arn };
}

function settingsOf(input: SubscribeCommandInput): SubscriptionSettings {
  const plain: SubscriptionSettings = {
    protocol: required(input.Protocol, 'Protocol'),
    endpoint: required(input.Endpoint, 'Endpoint'),
    rawMessageDelivery: false,
    filterPolicy: undefined,
    filterPolicyScope: 'MessageAttributes',
    deadLetterArn: undefined,
  };
  return withAttributes(plain, input.Attributes ?? {});
}
