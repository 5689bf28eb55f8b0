/**
 * aws_cloudwatch_metric_alarm and aws_cloudwatch_composite_alarm as declarations.
 *
 * Pure.
 * Source   Schema of the AWS provider 5.100.0. A metric_query returns nothing unless it says so.
 */
import type { AlarmListeners, AlarmMetric, CompositeAlarm, MetricAlarm } from '@holdfast/model';
import { withoutUndefined } from '../cloudformation/declaration';
import { ANOMALIES } from '../alarms';
import { Listeners, SINGLE_METRIC } from '../listeners';
import { Given } from './given';
import type { Resource } from './resource';

export function readMetricAlarm(resource: Resource, listeners: Listeners): string | undefined {
  const argument = (name: string) => Given.argument(resource, name);
  const queries = argument('metric_query').items();
  if (argument('threshold_metric_id').isPresent) {
    return ANOMALIES;
  }
  const single = (name: string) => argument(name);
  return listeners.addMetricAlarm(
    withoutUndefined<MetricAlarm>({
      alarmName: Given.attribute(resource, 'alarm_name').requiredText(),
      env: resource.env(),
      description: argument('alarm_description').text(),
      metrics:
        queries.length === 0
          ? [withoutUndefined<AlarmMetric>({ ...metricOf(SINGLE_METRIC, single, 'statistic'), returned: undefined })]
          : queries.map(queryOf),
      comparison: argument('comparison_operator').requiredText(),
      threshold: argument('threshold').requiredNumber(),
      evaluationPeriods: argument('evaluation_periods').requiredNumber(),
      datapointsToAlarm: argument('datapoints_to_alarm').number(),
      treatMissingData: argument('treat_missing_data').text(),
      ...listenersOf(resource),
      declaredAt: resource.declaredAt,
    }),
  );
}

export function readCompositeAlarm(resource: Resource, listeners: Listeners): string | undefined {
  return listeners.addCompositeAlarm(
    withoutUndefined<CompositeAlarm>({
      alarmName: Given.attribute(resource, 'alarm_name').requiredText(),
      env: resource.env(),
      description: Given.argument(resource, 'alarm_description').text(),
      alarmRule: Given.argument(resource, 'alarm_rule').requiredText(),
      ...listenersOf(resource),
      declaredAt: resource.declaredAt,
    }),
  );
}

function queryOf(query: Given): AlarmMetric {
  const id = query.member('id').requiredText();
  const returned = query.member('return_data').truth() === true ? undefined : false;
  const metric = query.member('metric').block();
  if (metric !== undefined) {
    return withoutUndefined<AlarmMetric>({ ...metricOf(id, (name) => metric.member(name), 'stat'), returned });
  }
  return withoutUndefined<AlarmMetric>({
    metricId: id,
    expression: query.member('expression').requiredText(),
    metricNamespace: undefined,
    metricName: undefined,
    dimensions: undefined,
    statistic: undefined,
    periodSeconds: query.member('period').number(),
    returned,
  });
}

function metricOf(metricId: string, member: (name: string) => Given, statistic: string) {
  return {
    metricId,
    expression: undefined,
    metricNamespace: member('namespace').requiredText(),
    metricName: member('metric_name').requiredText(),
    dimensions: member('dimensions').textMap(),
    statistic: member(statistic).text(),
    periodSeconds: member('period').number(),
  };
}

function listenersOf(resource: Resource): { [K in keyof AlarmListeners]: AlarmListeners[K] | undefined } {
  const someTexts = (name: string) => {
    const texts = Given.argument(resource, name).texts() ?? [];
    return texts.length === 0 ? undefined : texts;
  };
  return {
    actionsEnabled: Given.argument(resource, 'actions_enabled').truth() === false ? false : undefined,
    alarmActions: someTexts('alarm_actions'),
    okActions: someTexts('ok_actions'),
    insufficientDataActions: someTexts('insufficient_data_actions'),
  };
}
