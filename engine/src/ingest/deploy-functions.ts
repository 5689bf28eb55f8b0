/**
 * Functions, state machines and alarms to the operations that CloudFormation or Terraform would call.
 *
 * Pure: changes nothing but the World it is given.
 */
import type { CompositeAlarm, LambdaFunction, MetricAlarm, StateMachine } from '@holdfast/model';
import type { ComparisonOperator, Statistic } from '@aws-sdk/client-cloudwatch';
import type { Runtime } from '@aws-sdk/client-lambda';
import type { LoggingConfiguration, LogLevel } from '@aws-sdk/client-sfn';
import type { FunctionCode } from '../domain/functions';
import type { WorldState } from '../domain/world-state';
import { given } from '../operations/backup/shapes';
import { putCompositeAlarm } from '../operations/cloudwatch/put-composite-alarm';
import { putMetricAlarm } from '../operations/cloudwatch/put-metric-alarm';
import { addPermission } from '../operations/lambda/add-permission';
import { createFunction } from '../operations/lambda/create-function';
import { putFunctionEventInvokeConfig } from '../operations/lambda/put-function-event-invoke-config';
import { createStateMachine } from '../operations/sfn/create-state-machine';
import type { CallOperation } from './deploy-listeners';
import { SINGLE_METRIC } from './listeners';

export function deployFunction(state: WorldState, declared: LambdaFunction, call: CallOperation): void {
  const { env, functionName: FunctionName, inlineCode: inline, codePath: path, deadLetterArn, variables } = declared;
  const declaredAt = declared.declaredAt ?? FunctionName;
  const input = given({
    FunctionName,
    Role: declared.roleArn,
    Runtime: declared.runtime as Runtime | undefined,
    Handler: declared.handler,
    Environment: variables && { Variables: variables },
    Timeout: declared.timeoutSeconds,
    MemorySize: declared.memoryMib,
    DeadLetterConfig: deadLetterArn === undefined ? undefined : { TargetArn: deadLetterArn },
  });
  const code: FunctionCode = given({ inline, path });
  call(declaredAt, 'CreateFunction', () => createFunction(state, env, input, code));
  for (const [index, permission] of (declared.permissions ?? []).entries()) {
    const { principal: Principal, action: Action, sourceArn, sourceAccount } = permission;
    const asked = { FunctionName, StatementId: `permission-${index + 1}`, Principal, Action };
    call(declaredAt, 'AddPermission', () =>
      addPermission(state, env, given({ ...asked, SourceArn: sourceArn, SourceAccount: sourceAccount })),
    );
  }
  const settings = declared.eventSettings;
  if (settings !== undefined) {
    const { onSuccessArn, onFailureArn } = settings;
    const DestinationConfig = given({
      OnSuccess: onSuccessArn === undefined ? undefined : { Destination: onSuccessArn },
      OnFailure: onFailureArn === undefined ? undefined : { Destination: onFailureArn },
    });
    const config = given({
      FunctionName,
      MaximumRetryAttempts: settings.maximumRetryAttempts,
      MaximumEventAgeInSeconds: settings.maximumEventAgeSeconds,
      DestinationConfig,
    });
    call(declaredAt, 'PutFunctionEventInvokeConfig', () => putFunctionEventInvokeConfig(state, env, config));
  }
}

export function deployStateMachine(state: WorldState, declared: StateMachine, call: CallOperation): void {
  const { env, stateMachineName: name, definition, roleArn, machineType } = declared;
  // Source: AWS takes no other type than these two.
  const type = machineType as 'STANDARD' | 'EXPRESS' | undefined;
  const loggingConfiguration = loggingOf(declared);
  call(declared.declaredAt ?? name, 'CreateStateMachine', () =>
    createStateMachine(state, env, {
      ...{ name, definition: JSON.stringify(definition), roleArn, type },
      ...given({ loggingConfiguration }),
    }),
  );
}

/** Source: the levels that AWS takes are these. */
export function loggingOf({ logging }: StateMachine): LoggingConfiguration | undefined {
  if (logging === undefined) {
    return undefined;
  }
  const { level, includeExecutionData, logGroupArn } = logging;
  const destinations = logGroupArn === undefined ? undefined : [{ cloudWatchLogsLogGroup: { logGroupArn } }];
  return given({ level: level as LogLevel | undefined, includeExecutionData, destinations });
}

export function deployMetricAlarm(state: WorldState, alarm: MetricAlarm, call: CallOperation): void {
  const { env, metrics } = alarm;
  const [only] = metrics;
  const watched =
    only?.metricId === SINGLE_METRIC && only.expression === undefined && metrics.length === 1
      ? given({
          Namespace: only.metricNamespace,
          MetricName: only.metricName,
          Dimensions: dimensionsOf(only.dimensions),
          Statistic: only.statistic as Statistic | undefined,
          Period: only.periodSeconds,
        })
      : { Metrics: metrics.map(queryOf) };
  const input = given({
    ...actionsOf(alarm),
    ...watched,
    ComparisonOperator: alarm.comparison as ComparisonOperator,
    Threshold: alarm.threshold,
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    TreatMissingData: alarm.treatMissingData,
  });
  call(alarm.declaredAt ?? alarm.alarmName, 'PutMetricAlarm', () => putMetricAlarm(state, env, input));
}

export function deployCompositeAlarm(state: WorldState, alarm: CompositeAlarm, call: CallOperation): void {
  const input = { ...actionsOf(alarm), AlarmRule: alarm.alarmRule };
  call(alarm.declaredAt ?? alarm.alarmName, 'PutCompositeAlarm', () => putCompositeAlarm(state, alarm.env, input));
}

function queryOf({ metricId, expression, returned, periodSeconds, ...metric }: MetricAlarm['metrics'][number]) {
  if (expression !== undefined) {
    return given({ Id: metricId, Expression: expression, Period: periodSeconds, ReturnData: returned });
  }
  const Metric = given({
    Namespace: metric.metricNamespace,
    MetricName: metric.metricName,
    Dimensions: dimensionsOf(metric.dimensions),
  });
  const MetricStat = { Metric, Period: periodSeconds, Stat: metric.statistic };
  return given({ Id: metricId, MetricStat, ReturnData: returned });
}

function dimensionsOf(dimensions: Readonly<Record<string, string>> | undefined) {
  return dimensions && Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

function actionsOf(alarm: MetricAlarm | CompositeAlarm) {
  return given({
    AlarmName: alarm.alarmName,
    AlarmDescription: alarm.description,
    ActionsEnabled: alarm.actionsEnabled,
    AlarmActions: alarm.alarmActions,
    OKActions: alarm.okActions,
    InsufficientDataActions: alarm.insufficientDataActions,
  });
}
