/**
 * Buses, rules and targets as EventBridge shows them.
 *
 * Pure: one in, the SDK's shape out.
 * Source   API of EventBridge 2015-10-07: Rule, Target, EventBus.
 */
import type * as sdk from '@aws-sdk/client-eventbridge';
import type { EventBus, EventRule } from '../domain/event-buses';
import type { EventTarget } from '../domain/event-target';
import { dateOf } from '../kernel/instant';
import { given } from './backup/shapes';

export function showRule(bus: EventBus, { name, arn, enabled, description }: EventRule): sdk.Rule {
  return given({
    Name: name,
    Arn: arn,
    EventPattern: description.eventPattern,
    ScheduleExpression: description.scheduleExpression,
    Description: description.description,
    RoleArn: description.roleArn,
    State: enabled ? ('ENABLED' as const) : ('DISABLED' as const),
    EventBusName: bus.name,
  });
}

export function showTarget(target: EventTarget): sdk.Target {
  const { inputTransformer: transformer, retry } = target;
  return given({
    ...(target.particulars as Partial<sdk.Target> | undefined),
    Id: target.id,
    Arn: target.arn,
    RoleArn: target.roleArn,
    Input: target.input,
    InputPath: target.inputPath,
    InputTransformer: transformer && {
      InputPathsMap: { ...transformer.inputPathsMap },
      InputTemplate: transformer.inputTemplate,
    },
    DeadLetterConfig: target.deadLetterArn === undefined ? undefined : { Arn: target.deadLetterArn },
    RetryPolicy:
      retry && given({ MaximumRetryAttempts: retry.attempts, MaximumEventAgeInSeconds: retry.maximumAgeSeconds }),
    SqsParameters: target.messageGroupId === undefined ? undefined : { MessageGroupId: target.messageGroupId },
  });
}

export function showBus(bus: EventBus) {
  return given({
    Name: bus.name,
    Arn: bus.arn,
    Description: bus.description,
    KmsKeyIdentifier: bus.keyIdentifier,
    DeadLetterConfig: bus.deadLetterArn === undefined ? undefined : { Arn: bus.deadLetterArn },
    Policy: bus.policy,
    CreationTime: bus.createdAt === undefined ? undefined : dateOf(bus.createdAt),
  });
}
