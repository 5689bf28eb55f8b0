/**
 * Rules, topics and queues to the operations that CloudFormation or Terraform would call.
 *
 * Pure: changes nothing but the World it is given.
 * Assumed  They come after everything else, so that they hear nothing of the deployment that brings them.
 */
import type { EventRule, EventRuleTarget, MessageQueue, Topic, TopicSubscription } from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import { given } from '../operations/backup/shapes';
import { createEventBus } from '../operations/eventbridge/create-event-bus';
import { putRule } from '../operations/eventbridge/put-rule';
import { putTargets } from '../operations/eventbridge/put-targets';
import { createTopic } from '../operations/sns/create-topic';
import { subscribe } from '../operations/sns/subscribe';
import { createQueue } from '../operations/sqs/create-queue';

/** Calls an operation and names it when AWS refuses. */
export type CallOperation = <T>(declaredAt: string, operation: string, operate: () => T) => T;

export function deployQueue(state: WorldState, queue: MessageQueue, call: CallOperation): void {
  const { env, queueName: QueueName, policy } = queue;
  const Attributes = attributesWith(policy, QueueName.endsWith('.fifo') ? { FifoQueue: 'true' } : {});
  call(queue.declaredAt ?? QueueName, 'CreateQueue', () => createQueue(state, env, { QueueName, Attributes }));
}

export function deployTopic(state: WorldState, topic: Topic, call: CallOperation): void {
  const { env, topicName: Name, policy } = topic;
  const declaredAt = topic.declaredAt ?? Name;
  const Attributes = attributesWith(policy, Name.endsWith('.fifo') ? { FifoTopic: 'true' } : {});
  const { TopicArn } = call(declaredAt, 'CreateTopic', () => createTopic(state, env, { Name, Attributes }));
  for (const subscription of topic.subscriptions ?? []) {
    const { protocol: Protocol, endpoint: Endpoint } = subscription;
    const input = { TopicArn, Protocol, Endpoint, Attributes: attributesOf(subscription) };
    call(declaredAt, 'Subscribe', () => subscribe(state, env, input));
  }
}

function attributesWith(policy: unknown, others: Record<string, string>): Record<string, string> {
  return policy === undefined ? others : { Policy: JSON.stringify(policy), ...others };
}

export function deployRule(state: WorldState, rule: EventRule, call: CallOperation): void {
  const { env, ruleName: Name } = rule;
  const declaredAt = rule.declaredAt ?? Name;
  const EventBusName = rule.eventBusName;
  if (EventBusName !== undefined && state.services.events.buses.tryFind(env, EventBusName) === undefined) {
    // The bus is declared where nobody reads it.
    const bus = EventBusName.split('/').at(-1);
    call(declaredAt, 'CreateEventBus', () => createEventBus(state, env, { Name: bus }));
  }
  const EventPattern = JSON.stringify(rule.eventPattern);
  const State = rule.enabled === false ? ('DISABLED' as const) : ('ENABLED' as const);
  call(declaredAt, 'PutRule', () => putRule(state, env, given({ Name, EventBusName, EventPattern, State })));
  const Targets = (rule.targets ?? []).map((target) =>
    given({
      Id: target.targetId,
      Arn: target.targetArn,
      Input: target.input,
      InputPath: target.inputPath,
      InputTransformer:
        target.inputTemplate === undefined
          ? undefined
          : { InputPathsMap: target.inputPathsMap ?? {}, InputTemplate: target.inputTemplate },
      DeadLetterConfig: target.deadLetterQueueArn === undefined ? undefined : { Arn: target.deadLetterQueueArn },
      RetryPolicy: retryPolicyOf(target),
      SqsParameters: target.messageGroupId === undefined ? undefined : { MessageGroupId: target.messageGroupId },
    }),
  );
  if (Targets.length > 0) {
    call(declaredAt, 'PutTargets', () => putTargets(state, env, given({ Rule: Name, EventBusName, Targets })));
  }
}

function retryPolicyOf({ maximumRetryAttempts, maximumEventAgeSeconds }: EventRuleTarget) {
  const none = maximumRetryAttempts === undefined && maximumEventAgeSeconds === undefined;
  const policy = { MaximumRetryAttempts: maximumRetryAttempts, MaximumEventAgeInSeconds: maximumEventAgeSeconds };
  return none ? undefined : given(policy);
}

export function attributesOf(subscription: TopicSubscription): Record<string, string> {
  const { filterPolicy, filterPolicyScope, rawMessageDelivery, deadLetterQueueArn } = subscription;
  return given({
    FilterPolicy: filterPolicy === undefined ? undefined : JSON.stringify(filterPolicy),
    FilterPolicyScope: filterPolicyScope,
    RawMessageDelivery: rawMessageDelivery === true ? 'true' : undefined,
    RedrivePolicy:
      deadLetterQueueArn === undefined ? undefined : JSON.stringify({ deadLetterTargetArn: deadLetterQueueArn }),
  }) as Record<string, string>;
}
