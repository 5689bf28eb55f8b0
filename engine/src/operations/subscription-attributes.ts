/**
 * Attributes of subscriptions, as calls give and show them.
 *
 * Source   API of SNS 2010-03-31: Subscribe, GetSubscriptionAttributes, SetSubscriptionAttributes. Texts: as seen in public
 *          threads, unless `Assumed` stands beside them.
 */
import type * as sdk from '@aws-sdk/client-sns';
import { PatternFault } from '../domain/event-pattern';
import type { Subscription, SubscriptionSettings, Topic } from '../domain/topics';
import { AwsFault } from './fault';
import { refuseFilterPolicy } from './filter-policy';
import { objectIn } from './topic-bounds';

export function showSubscription(topic: Topic, { arn, settings }: Subscription): sdk.Subscription {
  const { protocol, endpoint } = settings;
  return {
    SubscriptionArn: arn,
    Owner: topic.env.account,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topic.arn,
  };
}

export function subscriptionAttributes(topic: Topic, { arn, settings }: Subscription): Record<string, string> {
  const { protocol, endpoint, rawMessageDelivery, filterPolicy, filterPolicyScope, deadLetterArn } = settings;
  const { partition, account } = topic.env;
  return {
    SubscriptionArn: arn,
    TopicArn: topic.arn,
    Owner: account,
    Protocol: protocol,
    Endpoint: endpoint,
    ConfirmationWasAuthenticated: 'true',
    PendingConfirmation: 'false',
    RawMessageDelivery: String(rawMessageDelivery),
    SubscriptionPrincipal: `arn:${partition}:iam::${account}:root`,
    ...(filterPolicy !== undefined && { FilterPolicy: filterPolicy, FilterPolicyScope: filterPolicyScope }),
    ...(deadLetterArn !== undefined && { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetterArn }) }),
    ...settings.particulars,
  };
}

/** Attributes of a subscription that decide nothing here, and that hold JSON. */
const JSON_PARTICULARS = ['DeliveryPolicy', 'ReplayPolicy'];
const PARTICULARS = [...JSON_PARTICULARS, 'SubscriptionRoleArn'];

/** With what a refusal begins: Subscribe says that it was one of several attributes. */
export type Prefix = 'Invalid parameter: Attributes Reason: ' | 'Invalid parameter: ';

/** The settings with some of the attributes of a call. @throws AwsFault for the first that is none */
export function withAttributes(
  settings: SubscriptionSettings,
  attributes: Readonly<Record<string, string | undefined>>,
  prefix: Prefix,
): SubscriptionSettings {
  let next = settings;
  for (const [name, given = ''] of Object.entries(attributes)) {
    const value = given === '' || given === '{}' ? undefined : given;
    const choose = (...choices: string[]) => chosen(prefix, name, value, choices);
    switch (name) {
      case 'RawMessageDelivery':
        next = { ...next, rawMessageDelivery: choose('true', 'false') === 'true' };
        break;
      case 'FilterPolicy':
        next = { ...next, filterPolicy: value };
        break;
      case 'FilterPolicyScope':
        next = { ...next, filterPolicyScope: scopeOf(choose('MessageBody', 'MessageAttributes')) };
        break;
      case 'RedrivePolicy':
        next = { ...next, deadLetterArn: redriveTarget(prefix, value) };
        break;
      default:
        next = { ...next, particulars: { ...next.particulars, ...particular(prefix, name, value) } };
    }
  }
  if (next.filterPolicy !== undefined && Object.keys(attributes).some((name) => name.startsWith('FilterPolicy'))) {
    refuseFilterPolicy(next.filterPolicy, next.filterPolicyScope, prefix);
  }
  return next;
}

export function changeSubscription(
  topic: Topic,
  subscription: Subscription,
  name: string,
  value: string | undefined,
): void {
  const prefix = 'Invalid parameter: ';
  const next = withAttributes(subscription.settings, { [name]: value }, prefix);
  const others = topic.subscriptions.filter((one) => one !== subscription);
  refuseManyFilters(others, next);
  withFilter(prefix, () => subscription.change(next));
}

/** Source: SNS developer guide, "Filter policy constraints": so many of a topic. */
const MOST_FILTERS = 200;

/** @throws AwsFault when the other subscriptions of the topic have all the filter policies that it may have */
export function refuseManyFilters(others: readonly Subscription[], { filterPolicy }: SubscriptionSettings): void {
  const there = others.filter(({ settings }) => settings.filterPolicy !== undefined).length;
  if (filterPolicy !== undefined && there >= MOST_FILTERS) {
    // Assumed: the text.
    throw new AwsFault('FilterPolicyLimitExceededException', 'Filter policy limit exceeded');
  }
}

/** @throws AwsFault for a filter policy that is none */
export function withFilter<T>(prefix: Prefix, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof PatternFault || error instanceof SyntaxError) {
      throw new AwsFault('InvalidParameterException', `${prefix}FilterPolicy: ${error.message}`);
    }
    throw error;
  }
}

function scopeOf(value: string | undefined): SubscriptionSettings['filterPolicyScope'] {
  return value === 'MessageBody' ? 'MessageBody' : 'MessageAttributes';
}

function chosen(
  prefix: Prefix,
  name: string,
  value: string | undefined,
  choices: readonly string[],
): string | undefined {
  if (value !== undefined && !choices.includes(value)) {
    const allowed =
      name === 'RawMessageDelivery' ? 'Must be true or false' : `Please use either ${choices.join(' or ')}`;
    throw new AwsFault('InvalidParameterException', `${prefix}${name}: Invalid value [${value}]. ${allowed}.`);
  }
  return value;
}

const QUEUE_ARN = /^arn:[a-z-]+:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+(\.fifo)?$/;

function redriveTarget(prefix: Prefix, value: string | undefined): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  const target = objectIn(`${prefix}RedrivePolicy`, value)['deadLetterTargetArn'];
  if (typeof target !== 'string' || !QUEUE_ARN.test(target)) {
    throw new AwsFault('InvalidParameterException', `${prefix}RedrivePolicy: deadLetterTargetArn is an invalid arn`);
  }
  return target;
}

function particular(prefix: Prefix, name: string, value: string | undefined): Record<string, string> {
  if (!PARTICULARS.includes(name)) {
    const text = prefix === 'Invalid parameter: ' ? `${prefix}AttributeName` : `${prefix}Unknown attribute: ${name}`;
    throw new AwsFault('InvalidParameterException', text);
  }
  if (value !== undefined && JSON_PARTICULARS.includes(name)) {
    objectIn(`${prefix}${name}`, value);
  }
  return value === undefined ? {} : { [name]: value };
}
