/**
 * AWS::CloudWatch::Alarm and AWS::CloudWatch::CompositeAlarm as declarations.
 *
 * Pure.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216).
 */
import type { AlarmListeners, AlarmMetric, CompositeAlarm, MetricAlarm } from '@holdfast/model';
import { ANOMALIES } from '../alarms';
import { Listeners, SINGLE_METRIC } from '../listeners';
import type { Declaration } from './declaration';
import { withoutUndefined } from './declaration';
import type { DeclaredValue } from './declared-value';

export function readMetricAlarm(declaration: Declaration, listeners: Listeners): string | undefined {
  const { properties, env, declaredAt } = declaration;
  const metrics = properties.member('Metrics');
  if (properties.member('ThresholdMetricId').isPresent) {
    return ANOMALIES;
  }
  return listeners.addMetricAlarm(
    withoutUndefined<MetricAlarm>({
      alarmName: declaration.identity().name,
      env,
      description: properties.member('AlarmDescription').text(),
      metrics: metrics.isPresent ? metrics.items().map(queryOf) : [metricOf(SINGLE_METRIC, properties)],
      comparison: properties.member('ComparisonOperator').requiredText(),
      threshold: properties.member('Threshold').requiredNumber(),
      evaluationPeriods: properties.member('EvaluationPeriods').requiredNumber(),
      datapointsToAlarm: properties.member('DatapointsToAlarm').number(),
      treatMissingData: properties.member('TreatMissingData').text(),
      ...listenersOf(properties),
      declaredAt,
    }),
  );
}

export function readCompositeAlarm(declaration: Declaration, listeners: Listeners): string | undefined {
  const { properties, env, declaredAt } = declaration;
  return listeners.addCompositeAlarm(
    withoutUndefined<CompositeAlarm>({
      alarmName: declaration.identity().name,
      env,
      description: properties.member('AlarmDescription').text(),
      alarmRule: properties.member('AlarmRule').requiredText(),
      ...listenersOf(properties),
      declaredAt,
    }),
  );
}

function queryOf(query: DeclaredValue): AlarmMetric {
  const stat = query.member('MetricStat');
  const id = query.member('Id').requiredText();
  const returned = query.member('ReturnData').boolean();
  const own = { ...(returned === false && { returned }) };
  if (!stat.isPresent) {
    const expression = query.member('Expression').requiredText();
    const periodSeconds = query.member('Period').number();
    return { metricId: id, expression, ...(periodSeconds !== undefined && { periodSeconds }), ...own };
  }
  return { ...metricOf(id, stat.member('Metric'), stat, 'Stat'), ...own };
}

function metricOf(metricId: string, metric: DeclaredValue, stat = metric, statistic = 'Statistic'): AlarmMetric {
  const dimensions = metric.member('Dimensions');
  return withoutUndefined<AlarmMetric>({
    metricId,
    expression: undefined,
    metricNamespace: metric.member('Namespace').requiredText(),
    metricName: metric.member('MetricName').requiredText(),
    dimensions: dimensions.isPresent
      ? Object.fromEntries(
          dimensions.items().map((one) => [one.member('Name').requiredText(), one.member('Value').requiredText()]),
        )
      : undefined,
    statistic: stat.member(statistic).text(),
    periodSeconds: stat.member('Period').number(),
    returned: undefined,
  });
}

function listenersOf(properties: DeclaredValue): { [K in keyof AlarmListeners]: AlarmListeners[K] | undefined } {
  return {
    actionsEnabled: properties.member('ActionsEnabled').boolean() === false ? false : undefined,
    alarmActions: someTexts(properties.member('AlarmActions')),
    okActions: someTexts(properties.member('OKActions')),
    insufficientDataActions: someTexts(properties.member('InsufficientDataActions')),
  };
}

function someTexts(value: DeclaredValue): string[] | undefined {
  const texts = value.texts() ?? [];
  return texts.length === 0 ? undefined : texts;
}
