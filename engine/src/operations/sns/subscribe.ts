/**
 * Subscribe.
 *
 * Source   API of SNS 2010-03-31: the same protocol and endpoint again is the same subscription.
 * Assumed  Addresses outside of AWS confirm at once.
 */
import type { SubscribeCommandInput, SubscribeCommandOutput } from '@aws-sdk/client-sns';
import { PatternFault } from '../../domain/event-pattern';
import { Subscription, SubscriptionSettings } from '../../domain/topics';
import type { WorldState } from '../../domain/world-state';
import { uuid } from '../../kernel/ids';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { findTopic } from '../find-topic';

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
  try {
    topic.subscriptions.push(new Subscription(arn, settings));
  } catch (error) {
    if (error instanceof PatternFault || error instanceof SyntaxError) {
      throw new AwsFault('InvalidParameterException', `Invalid parameter: FilterPolicy: ${error.message}`);
    }
    throw error;
  }
  return { SubscriptionArn: arn };
}

function settingsOf(input: SubscribeCommandInput): SubscriptionSettings {
  const attributes = input.Attributes ?? {};
  const redrive = attributes['RedrivePolicy'];
  return {
    protocol: required(input.Protocol, 'Protocol'),
    endpoint: required(input.Endpoint, 'Endpoint'),
    rawMessageDelivery: attributes['RawMessageDelivery'] === 'true',
    filterPolicy: attributes['FilterPolicy'],
    filterPolicyScope: attributes['FilterPolicyScope'] === 'MessageBody' ? 'MessageBody' : 'MessageAttributes',
    deadLetterArn:
      redrive === undefined
        ? undefined
        : (JSON.parse(redrive) as { readonly deadLetterTargetArn?: string }).deadLetterTargetArn,
  };
}
