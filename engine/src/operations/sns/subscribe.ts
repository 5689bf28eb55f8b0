/**
 * Subscribe.
 *
 * Source   API of SNS 2010-03-31: the same protocol and endpoint again is the same subscription.
 * Assumed  Addresses outside of AWS confirm at once.
 */
import type { SubscribeCommandInput, SubscribeCommandOutput } from '@aws-sdk/client-sns';
import { isDeepStrictEqual } from 'node:util';
import { Subscription, SubscriptionSettings } from '../../domain/topics';
import type { WorldState } from '../../domain/world-state';
import { uuid } from '../../kernel/ids';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findTopic } from '../find-topic';
import { MOST_OF_FIFO, refuseEndpoint } from '../subscribed-endpoint';
import { refuseManyFilters, withAttributes, withFilter } from '../subscription-attributes';
import { invalidParameter } from '../topic-bounds';

export function subscribe(
  state: WorldState,
  _caller: Caller,
  input: SubscribeCommandInput,
): Omit<SubscribeCommandOutput, '$metadata'> {
  const topic = findTopic(state, input.TopicArn);
  const settings = settingsOf(input);
  refuseEndpoint(topic, settings.protocol, settings.endpoint);
  const same = topic.subscriptions.find(
    (one) => one.settings.protocol === settings.protocol && one.settings.endpoint === settings.endpoint,
  );
  if (same !== undefined) {
    if (Object.keys(input.Attributes ?? {}).length > 0 && !isDeepStrictEqual(same.settings, settings)) {
      throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
    }
    return { SubscriptionArn: same.arn };
  }
  if (topic.fifo && topic.subscriptions.length >= MOST_OF_FIFO) {
    // Assumed: the text.
    throw new AwsFault('SubscriptionLimitExceededException', 'Subscription limit exceeded');
  }
  refuseManyFilters(topic.subscriptions, settings);
  const names = [topic.arn, settings.protocol, settings.endpoint];
  const arn = `${topic.arn}:${uuid(state.seed, { kind: 'subscription', names })}`;
  topic.subscriptions.push(withFilter(PREFIX, () => new Subscription(arn, settings)));
  return { SubscriptionArn: arn };
}

const PREFIX = 'Invalid parameter: Attributes Reason: ';

function settingsOf(input: SubscribeCommandInput): SubscriptionSettings {
  const plain: SubscriptionSettings = {
    protocol: input.Protocol ?? '',
    endpoint: input.Endpoint ?? '',
    rawMessageDelivery: false,
    filterPolicy: undefined,
    filterPolicyScope: 'MessageAttributes',
    deadLetterArn: undefined,
  };
  return withAttributes(plain, input.Attributes ?? {}, PREFIX);
}
