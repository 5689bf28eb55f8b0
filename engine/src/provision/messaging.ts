/**
 * AWS::SNS::Topic, Subscription and TopicPolicy, AWS::SQS::Queue and QueuePolicy.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 */
import { subscriptionOf } from '../ingest/cloudformation/listeners';
import type { DeclaredValue } from '../ingest/cloudformation/declared-value';
import { call } from '../ingest/deploy-call';
import { attributesOf, deployQueue, deployTopic } from '../ingest/deploy-listeners';
import { createQueue } from '../operations/sqs/create-queue';
import { deleteQueue } from '../operations/sqs/delete-queue';
import { setQueueAttributes } from '../operations/sqs/set-queue-attributes';
import { deleteTopic } from '../operations/sns/delete-topic';
import { setTopicAttributes } from '../operations/sns/set-topic-attributes';
import { subscribe } from '../operations/sns/subscribe';
import { unsubscribe } from '../operations/sns/unsubscribe';
import { Made, ResourceHandler, Standing, Wanted } from './handler';
import { declaredBy } from './listeners';
import { Refused } from './refusals';
import { differences } from './wishes';

/** Attributes of a topic that have a property of their name. */
const OF_TOPIC = ['DisplayName', 'KmsMasterKeyId'];
/** The same of a queue. */
const OF_QUEUE = [
  ...['DelaySeconds', 'KmsDataKeyReusePeriodSeconds', 'KmsMasterKeyId', 'MaximumMessageSize', 'MessageRetentionPeriod'],
  ...[
    'ReceiveMessageWaitTimeSeconds',
    'RedriveAllowPolicy',
    'RedrivePolicy',
    'SqsManagedSseEnabled',
    'VisibilityTimeout',
  ],
];

export const MESSAGING: Readonly<Record<string, ResourceHandler>> = {
  'AWS::SNS::Topic': {
    replacedBy: ['FifoTopic', 'TopicName'],
    create: (wanted) => {
      declaredBy(wanted).topics?.forEach((topic) => deployTopic(wanted.state, topic, call));
      return bringTopic(
        wanted,
        OF_TOPIC.filter((name) => wanted.properties.member(name).isPresent),
      );
    },
    update: (wanted, { made }) => {
      const changed = differences(made.properties, wanted.wish.properties);
      if (changed.includes('Subscription')) {
        throw new Refused('NotEmulated: subscriptions inside of an AWS::SNS::Topic are not changed');
      }
      return bringTopic(
        wanted,
        changed.filter((name) => OF_TOPIC.includes(name)),
      );
    },
    delete: ({ state, env, made }) => {
      deleteTopic(state, env, { TopicArn: made.physicalId });
    },
  },
  'AWS::SNS::Subscription': {
    create: ({ state, env, properties }) => {
      const subscription = subscriptionOf(properties);
      const { SubscriptionArn } = subscribe(state, env, {
        TopicArn: properties.member('TopicArn').requiredText(),
        Protocol: subscription.protocol,
        Endpoint: subscription.endpoint,
        Attributes: attributesOf(subscription),
        ReturnSubscriptionArn: true,
      });
      return { physicalId: String(SubscriptionArn), attributes: { Arn: SubscriptionArn } };
    },
    delete: ({ state, env, made }) => {
      unsubscribe(state, env, { SubscriptionArn: made.physicalId });
    },
  },
  'AWS::SNS::TopicPolicy': policyOf('Topics', ({ state, env }, TopicArn, AttributeValue) => {
    setTopicAttributes(state, env, { TopicArn, AttributeName: 'Policy', AttributeValue });
  }),
  'AWS::SQS::Queue': {
    replacedBy: ['FifoQueue', 'QueueName'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      const [queue] = declaredBy(wanted).queues ?? [];
      if (properties.member('FifoQueue').boolean() === true) {
        const Attributes = { FifoQueue: 'true', ...deduplication(properties) };
        createQueue(state, env, { QueueName: String(queue?.queueName), Attributes });
      } else if (queue !== undefined) {
        deployQueue(state, queue, call);
      }
      return bringQueue(
        wanted,
        wanted.made().physicalId,
        OF_QUEUE.filter((name) => properties.member(name).isPresent),
      );
    },
    update: (wanted, { made }) => {
      const changed = differences(made.properties, wanted.wish.properties);
      return bringQueue(
        wanted,
        made.physicalId,
        changed.filter((name) => OF_QUEUE.includes(name)),
      );
    },
    delete: ({ state, env, made }) => {
      deleteQueue(state, env, { QueueUrl: made.physicalId });
    },
  },
  'AWS::SQS::QueuePolicy': policyOf('Queues', ({ state, env }, QueueUrl, Policy) => {
    setQueueAttributes(state, env, { QueueUrl, Attributes: { Policy } });
  }),
};

function deduplication(properties: DeclaredValue): Record<string, string> {
  const by = properties.member('ContentBasedDeduplication').boolean();
  return by === undefined ? {} : { ContentBasedDeduplication: String(by) };
}

function bringTopic(wanted: Wanted, names: readonly string[]): Made {
  const { state, env, properties } = wanted;
  const made = wanted.made();
  for (const AttributeName of names) {
    const AttributeValue = properties.member(AttributeName).text() ?? '';
    setTopicAttributes(state, env, { TopicArn: made.physicalId, AttributeName, AttributeValue });
  }
  return made;
}

function bringQueue(wanted: Wanted, QueueUrl: string, names: readonly string[]): Made {
  const { state, env, properties } = wanted;
  const Attributes: Record<string, string> = {};
  for (const name of names) {
    const value = properties.member(name).json();
    Attributes[name] = typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
  }
  if (names.length > 0) {
    setQueueAttributes(state, env, { QueueUrl, Attributes });
  }
  return wanted.made();
}

/** A policy that is a resource of its own, and belongs to several others. */
function policyOf(
  member: string,
  put: (at: Pick<Standing, 'env' | 'state'>, of: string, text: string) => void,
): ResourceHandler {
  const ownersOf = (properties: DeclaredValue) => properties.member(member).texts() ?? [];
  const bring = (wanted: Wanted): Made => {
    const text = JSON.stringify(wanted.properties.member('PolicyDocument').json());
    ownersOf(wanted.properties).forEach((owner) => put(wanted, owner, text));
    const id = wanted.generated();
    return { physicalId: id, attributes: { Id: id } };
  };
  return {
    replacedBy: [],
    create: bring,
    update: (wanted, { state, env, stack, made }) => {
      const kept = new Set(ownersOf(wanted.properties));
      const gone = ownersOf(new Wanted(state, stack, made).properties).filter((owner) => !kept.has(owner));
      gone.forEach((owner) => put({ state, env }, owner, ''));
      return bring(wanted);
    },
    delete: ({ state, env, stack, made }) => {
      for (const owner of ownersOf(new Wanted(state, stack, made).properties)) {
        put({ state, env }, owner, '');
      }
    },
  };
}
