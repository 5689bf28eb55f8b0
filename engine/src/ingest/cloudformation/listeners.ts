/**
 * AWS::Events::Rule, AWS::SNS::Topic and AWS::SQS::Queue with their policies and subscriptions as declarations; functions and
 * alarms are read beside this file.
 *
 * Pure.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216).
 */
import type { EventRule, EventRuleTarget, TopicSubscription } from '@holdfast/model';
import { attempt, documentOf, Listeners } from '../listeners';
import { readCompositeAlarm, readMetricAlarm } from './alarms';
import type { Declaration } from './declaration';
import { withoutUndefined } from './declaration';
import type { DeclaredValue } from './declared-value';
import { readEventSettings, readFunction, readPermission, readStateMachine } from './functions';

const READERS: Readonly<Record<string, (declaration: Declaration, listeners: Listeners) => string | undefined>> = {
  'AWS::Events::Rule': readRule,
  'AWS::SNS::Topic': (declaration, listeners) => {
    const { env, declaredAt, properties } = declaration;
    const subscriptions = listOf(properties.member('Subscription')).map(subscriptionOf);
    const topicName = declaration.identity().name;
    listeners.addTopic({ topicName, env, ...(subscriptions.length > 0 && { subscriptions }), declaredAt });
    return undefined;
  },
  'AWS::SNS::Subscription': (declaration, listeners) => {
    const { properties, declaredAt: path, type } = declaration;
    listeners.addSubscription(properties.member('TopicArn').requiredText(), subscriptionOf(properties), { path, type });
    return undefined;
  },
  'AWS::SNS::TopicPolicy': (declaration, listeners) => readPolicy(declaration, 'Topics', listeners),
  'AWS::SQS::Queue': (declaration, listeners) => {
    const { env, declaredAt } = declaration;
    listeners.addQueue({ queueName: declaration.identity().name, env, declaredAt });
    return undefined;
  },
  'AWS::SQS::QueuePolicy': (declaration, listeners) => readPolicy(declaration, 'Queues', listeners),
  'AWS::Lambda::Function': readFunction,
  'AWS::Lambda::Permission': readPermission,
  'AWS::Lambda::EventInvokeConfig': readEventSettings,
  'AWS::StepFunctions::StateMachine': readStateMachine,
  'AWS::CloudWatch::Alarm': readMetricAlarm,
  'AWS::CloudWatch::CompositeAlarm': readCompositeAlarm,
};

export function isListener(type: string): boolean {
  return Object.hasOwn(READERS, type);
}

/** Takes a declaration in; answers why it is left out, if it is. */
export function readListener(declaration: Declaration, listeners: Listeners): string | undefined {
  let reason: string | undefined;
  const unknown = attempt(() => {
    reason = READERS[declaration.type]?.(declaration, listeners);
  });
  return unknown ?? reason;
}

function readRule(declaration: Declaration, listeners: Listeners): string | undefined {
  const { properties, env, declaredAt } = declaration;
  const pattern = documentOf(properties.member('EventPattern').json());
  if (pattern === undefined) {
    return 'rules that a schedule sets off are not modelled';
  }
  const targets = listOf(properties.member('Targets')).map(targetOf);
  listeners.addRule(
    withoutUndefined<EventRule>({
      ruleName: declaration.identity().name,
      env,
      eventBusName: properties.member('EventBusName').text(),
      eventPattern: pattern,
      enabled: properties.member('State').text() === 'DISABLED' ? false : undefined,
      targets: targets.length === 0 ? undefined : targets,
      declaredAt,
    }),
  );
  return undefined;
}

function targetOf(target: DeclaredValue): EventRuleTarget {
  const transformer = target.member('InputTransformer');
  return withoutUndefined<EventRuleTarget>({
    targetId: target.member('Id').requiredText(),
    targetArn: target.member('Arn').requiredText(),
    input: target.member('Input').text(),
    inputPath: target.member('InputPath').text(),
    inputPathsMap: transformer.member('InputPathsMap').textMap(),
    inputTemplate: transformer.member('InputTemplate').text(),
    deadLetterQueueArn: target.member('DeadLetterConfig').member('Arn').text(),
    maximumRetryAttempts: target.member('RetryPolicy').member('MaximumRetryAttempts').number(),
    maximumEventAgeSeconds: target.member('RetryPolicy').member('MaximumEventAgeInSeconds').number(),
    messageGroupId: target.member('SqsParameters').member('MessageGroupId').text(),
  });
}

export function subscriptionOf(properties: DeclaredValue): TopicSubscription {
  const redrive = documentOf(properties.member('RedrivePolicy').json()) as { deadLetterTargetArn?: string } | undefined;
  return withoutUndefined<TopicSubscription>({
    protocol: properties.member('Protocol').requiredText(),
    endpoint: properties.member('Endpoint').requiredText(),
    filterPolicy: documentOf(properties.member('FilterPolicy').json()),
    filterPolicyScope: properties.member('FilterPolicyScope').text(),
    rawMessageDelivery: properties.member('RawMessageDelivery').boolean(),
    deadLetterQueueArn: redrive?.deadLetterTargetArn,
  });
}

function readPolicy(declaration: Declaration, member: string, listeners: Listeners): undefined {
  const { properties, declaredAt: path, type } = declaration;
  const policy = documentOf(properties.member('PolicyDocument').json());
  for (const of of properties.member(member).texts() ?? []) {
    listeners.addPolicy(of, policy, { path, type });
  }
}

function listOf(value: DeclaredValue): readonly DeclaredValue[] {
  return value.isPresent ? value.items() : [];
}
