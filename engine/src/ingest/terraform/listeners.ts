/**
 * aws_cloudwatch_event_rule and target, aws_sns_topic and aws_sqs_queue with policies and subscriptions as declarations;
 * functions and alarms are read beside this file.
 *
 * Pure.
 * Source   Schema of the AWS provider 5.100.0.
 */
import type { Estate, EventRule, EventRuleTarget, TopicSubscription } from '@holdfast/model';
import { withoutUndefined } from '../cloudformation/declaration';
import { attempt, documentOf, Listeners, PartPlace } from '../listeners';
import { readCompositeAlarm, readMetricAlarm } from './alarms';
import { readEventSettings, readFunction, readPermission, readStateMachine } from './functions';
import { Given } from './given';
import { NotKnown } from './not-known';
import { refuseUnknown } from './refusal';
import type { Resource } from './resource';

type Reader = (resource: Resource, listeners: Listeners) => string | undefined;

const READERS: Readonly<Record<string, Reader>> = {
  aws_cloudwatch_event_rule: (resource, listeners) => {
    const eventPattern = documentOf(Given.argument(resource, 'event_pattern').json()) ?? undefined;
    if (eventPattern === undefined) {
      return 'rules that a schedule sets off are not modelled';
    }
    const off =
      Given.argument(resource, 'state').text() === 'DISABLED' ||
      Given.argument(resource, 'is_enabled').truth() === false;
    listeners.addRule(
      withoutUndefined<EventRule>({
        ruleName: Given.attribute(resource, 'name').requiredText(),
        env: resource.env(),
        eventBusName: Given.argument(resource, 'event_bus_name').text(),
        eventPattern,
        enabled: off ? false : undefined,
        targets: undefined,
        declaredAt: resource.declaredAt,
      }),
    );
    return undefined;
  },
  aws_cloudwatch_event_target: (resource, listeners) => {
    const bus = Given.argument(resource, 'event_bus_name').text();
    const rule = Given.argument(resource, 'rule').requiredText();
    listeners.addTarget(resource.env(), bus, rule, targetOf(resource), placeOf(resource));
    return undefined;
  },
  aws_sns_topic: (resource, listeners) => {
    const policy = documentOf(Given.argument(resource, 'policy').json()) ?? undefined;
    const topicName = Given.attribute(resource, 'name').requiredText();
    const { declaredAt } = resource;
    listeners.addTopic({ topicName, env: resource.env(), ...(policy !== undefined && { policy }), declaredAt });
    return undefined;
  },
  aws_sns_topic_policy: (resource, listeners) => readPolicy(resource, 'arn', listeners),
  aws_sns_topic_subscription: (resource, listeners) => {
    const topicArn = Given.argument(resource, 'topic_arn').requiredText();
    listeners.addSubscription(topicArn, subscriptionOf(resource), placeOf(resource));
    return undefined;
  },
  aws_sqs_queue: (resource, listeners) => {
    const policy = documentOf(Given.argument(resource, 'policy').json()) ?? undefined;
    const queueName = Given.attribute(resource, 'name').requiredText();
    const { declaredAt } = resource;
    listeners.addQueue({ queueName, env: resource.env(), ...(policy !== undefined && { policy }), declaredAt });
    return undefined;
  },
  aws_sqs_queue_policy: (resource, listeners) => readPolicy(resource, 'queue_url', listeners),
  aws_lambda_function: readFunction,
  aws_lambda_permission: readPermission,
  aws_lambda_function_event_invoke_config: readEventSettings,
  aws_sfn_state_machine: readStateMachine,
  aws_cloudwatch_metric_alarm: readMetricAlarm,
  aws_cloudwatch_composite_alarm: readCompositeAlarm,
};

export const LISTENER_TYPES: readonly string[] = Object.keys(READERS);

/** The rules, topics and queues among resources; what cannot be read is listed. */
export function readListeners(resources: readonly Resource[]): Estate {
  const listeners = new Listeners();
  for (const resource of resources) {
    const reader = resource.mode === 'managed' ? READERS[resource.type] : undefined;
    let reason: string | undefined;
    const unknown = attempt(() => {
      reason = reader === undefined ? undefined : known(resource, () => reader(resource, listeners));
    });
    if (unknown !== undefined || reason !== undefined) {
      resource.reading.skip(resource.declaredAt, resource.type, unknown ?? reason ?? '');
    }
  }
  const { estate, notRead } = listeners.together();
  for (const { path, type, reason } of notRead) {
    resources[0]?.reading.skip(path, type, reason);
  }
  return estate;
}

/** What is not known refuses, with its place. */
export function known<T>(resource: Resource, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotKnown) {
      return refuseUnknown(resource.file, error.place, error.unknown);
    }
    throw error;
  }
}

function targetOf(resource: Resource): EventRuleTarget {
  const transformer = Given.argument(resource, 'input_transformer').block();
  const retries = Given.argument(resource, 'retry_policy').block();
  return withoutUndefined<EventRuleTarget>({
    // Assumed: an id that Terraform would make up is the address.
    targetId: Given.argument(resource, 'target_id').text() ?? resource.address,
    targetArn: Given.argument(resource, 'arn').requiredText(),
    input: Given.argument(resource, 'input').text(),
    inputPath: Given.argument(resource, 'input_path').text(),
    inputPathsMap: transformer?.member('input_paths').textMap(),
    inputTemplate: transformer?.member('input_template').text(),
    deadLetterQueueArn: Given.argument(resource, 'dead_letter_config').block()?.member('arn').text(),
    maximumRetryAttempts: retries?.member('maximum_retry_attempts').number(),
    maximumEventAgeSeconds: retries?.member('maximum_event_age_in_seconds').number(),
    messageGroupId: Given.argument(resource, 'sqs_target').block()?.member('message_group_id').text(),
  });
}

function subscriptionOf(resource: Resource): TopicSubscription {
  const redrive = documentOf(Given.argument(resource, 'redrive_policy').json()) as {
    deadLetterTargetArn?: string;
  } | null;
  return withoutUndefined<TopicSubscription>({
    protocol: Given.argument(resource, 'protocol').requiredText(),
    endpoint: Given.argument(resource, 'endpoint').requiredText(),
    filterPolicy: documentOf(Given.argument(resource, 'filter_policy').json()) ?? undefined,
    filterPolicyScope: Given.argument(resource, 'filter_policy_scope').text(),
    rawMessageDelivery: Given.argument(resource, 'raw_message_delivery').truth(),
    deadLetterQueueArn: redrive?.deadLetterTargetArn,
  });
}

function readPolicy(resource: Resource, argument: string, listeners: Listeners): undefined {
  const of = Given.argument(resource, argument).requiredText();
  listeners.addPolicy(of, documentOf(Given.argument(resource, 'policy').json()), placeOf(resource));
}

function placeOf({ declaredAt: path, type }: Resource): PartPlace {
  return { path, type };
}
