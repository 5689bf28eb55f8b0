/**
 * Attributes of topics, as calls give and show them.
 *
 * Source   API of SNS 2010-03-31: GetTopicAttributes, SetTopicAttributes.
 */
import type { Topic } from '../domain/topics';

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
/** Sets what was found good: refuseTopicAttribute comes before it. */
export function setTopicAttribute(topic: Topic, name: string, value: string | undefined): void {
  switch (name) {
    case 'Policy':
      topic.policy = (value ?? '') === '' ? undefined : value;
      return;
    case 'DisplayName':
      topic.displayName = value ?? '';
      return;
    case 'FifoTopic':
      return;
    default:
      if ((value ?? '') === '') {
        topic.attributes.delete(name);
      } else {
        topic.attributes.set(name, value ?? '');
      }
  }
}

export function topicAttributes(topic: Topic): Record<string, string> {
  const confirmed = topic.subscriptions.length;
  const delivery = topic.attributes.get('DeliveryPolicy');
  return {
    TopicArn: topic.arn,
    Owner: topic.env.account,
    Policy: topic.policy ?? defaultPolicy(topic),
    DisplayName: topic.displayName,
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: '0',
    SubscriptionsDeleted: '0',
    EffectiveDeliveryPolicy:
      delivery ?? JSON.stringify({ http: { defaultHealthyRetryPolicy: RETRIES, disableSubscriptionOverrides: false } }),
    ...(topic.fifo && { FifoTopic: 'true', ContentBasedDeduplication: 'false' }),
    ...Object.fromEntries(topic.attributes),
  };
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
