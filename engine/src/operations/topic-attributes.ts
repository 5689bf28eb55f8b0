/**
 * Attributes of topics and subscriptions, as calls give and show them.
 *
 * Source   API of SNS 2010-03-31: GetTopicAttributes, SetTopicAttributes, GetSubscriptionAttributes,
 *          SetSubscriptionAttributes.
 */
import type * as sdk from '@aws-sdk/client-sns';
import { PatternFault } from '../domain/event-pattern';
import type { Subscription, SubscriptionSettings, Topic } from '../domain/topics';
import { AwsFault } from './fault';
import { policyText } from './policy-document';

/** What a topic keeps and shows, and what decides nothing here. */
const KEPT =
  /^(DeliveryPolicy|KmsMasterKeyId|SignatureVersion|TracingConfig|ContentBasedDeduplication|ArchivePolicy|FifoThroughputScope|(Application|Firehose|HTTP|Lambda|SQS)(Success|Failure)Feedback(RoleArn|SampleRate))$/;

const OWNERS_ACTIONS = [
  'SNS:GetTopicAttributes',
  'SNS:SetTopicAttributes',
  'SNS:AddPermission',
  'SNS:RemovePermission',
  'SNS:DeleteTopic',
  'SNS:Subscribe',
  'SNS:ListSubscriptionsByTopic',
  'SNS:Publish',
];
/** Source: SNS developer guide, "Message delivery retries". */
const RETRIES = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: 'linear',
};
/** Characters of a policy. Source: SNS developer guide, quotas: 30,720 bytes. */
const POLICY_CHARACTERS = 30_720;

export function setTopicAttribute(topic: Topic, name: string, value: string | undefined): void {
  switch (name) {
    case 'Policy':
      topic.policy = (value ?? '') === '' ? undefined : topicPolicy(value);
      return;
    case 'DisplayName':
      topic.displayName = value ?? '';
      return;
    case 'FifoTopic':
      return;
    default:
      if (!KEPT.test(name)) {
        throw new AwsFault('InvalidParameterException', `Invalid parameter: AttributeName ${name}`);
      }
      if ((value ?? '') === '') {
        topic.attributes.delete(name);
      } else {
        topic.attributes.set(name, value ?? '');
      }
  }
}

export function topicAttributes(topic: Topic): Record<string, string> {
  const waiting = topic.subscriptions.length;
  const delivery = topic.attributes.get('DeliveryPolicy');
  return {
    TopicArn: topic.arn,
    Owner: topic.env.account,
    Policy: topic.policy ?? defaultPolicy(topic),
    DisplayName: topic.displayName,
    SubscriptionsConfirmed: String(waiting),
    SubscriptionsPending: '0',
    SubscriptionsDeleted: '0',
    EffectiveDeliveryPolicy:
      delivery ?? JSON.stringify({ http: { defaultHealthyRetryPolicy: RETRIES, disableSubscriptionOverrides: false } }),
    ...(topic.fifo && { FifoTopic: 'true', ContentBasedDeduplication: 'false' }),
    ...Object.fromEntries(topic.attributes),
  };
}

function topicPolicy(value: string | undefined): string {
  try {
    return policyText(value, 'Policy', POLICY_CHARACTERS);
  } catch (error) {
    if (error instanceof AwsFault) {
      throw new AwsFault('InvalidParameterException', `Invalid parameter: Policy Error: ${error.message}`);
    }
    throw error;
  }
}

/** Source: SNS developer guide: the owner alone may use a topic that nobody gave a policy. */
function defaultPolicy({ arn, env }: Topic): string {
  const statement = {
    Sid: '__default_statement_ID',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: OWNERS_ACTIONS,
    Resource: arn,
    Condition: { StringEquals: { 'AWS:SourceOwner': env.account } },
  };
  return JSON.stringify({ Version: '2008-10-17', Id: '__default_policy_ID', Statement: [statement] });
}

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

/** Attributes of a subscription that decide nothing here. */
const PARTICULARS = ['DeliveryPolicy', 'SubscriptionRoleArn', 'ReplayPolicy'];

/** The settings with some of the attributes of a call. */
export function withAttributes(
  settings: SubscriptionSettings,
  attributes: Readonly<Record<string, string | undefined>>,
): SubscriptionSettings {
  let next = settings;
  for (const [name, given = ''] of Object.entries(attributes)) {
    const value = given === '' || given === '{}' ? undefined : given;
    switch (name) {
      case 'RawMessageDelivery':
        next = { ...next, rawMessageDelivery: value === 'true' };
        break;
      case 'FilterPolicy':
        next = { ...next, filterPolicy: value };
        break;
      case 'FilterPolicyScope':
        next = { ...next, filterPolicyScope: value === 'MessageBody' ? 'MessageBody' : 'MessageAttributes' };
        break;
      case 'RedrivePolicy':
        next = { ...next, deadLetterArn: redriveTarget(value) };
        break;
      default:
        next = { ...next, particulars: { ...next.particulars, ...particular(name, value) } };
    }
  }
  return next;
}

export function changeSubscription(subscription: Subscription, name: string, value: string | undefined): void {
  withFilter(() => subscription.change(withAttributes(subscription.settings, { [name]: value })));
}

/** @throws AwsFault for a filter policy that is none. */
export function withFilter<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof PatternFault || error instanceof SyntaxError) {
      throw new AwsFault('InvalidParameterException', `Invalid parameter: FilterPolicy: ${error.message}`);
    }
    throw error;
  }
}

function redriveTarget(value: string | undefined): string | undefined {
  return (JSON.parse(value ?? '{}') as { readonly deadLetterTargetArn?: string }).deadLetterTargetArn;
}

function particular(name: string, value: string | undefined): Record<string, string> {
  if (!PARTICULARS.includes(name)) {
    throw new AwsFault('InvalidParameterException', `Invalid parameter: AttributeName ${name}`);
  }
  return value === undefined ? {} : { [name]: value };
}
