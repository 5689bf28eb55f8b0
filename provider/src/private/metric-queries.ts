import { CloudwatchMetricAlarmMetricQuery } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { BackupMetric } from '@holdfast/model';
import { Op, Token } from 'cdktf';
import type { BackupMetricValue } from '../backup-metrics';
import { SYNTH } from './token-values';

const SECONDS = 60;

/** A time in seconds; Terraform computes what it alone knows. */
export function secondsOf(minutes: number): number {
  return SYNTH.known(minutes) ? minutes * SECONDS : Token.asNumber(Op.mul(minutes, SECONDS));
}

/** A value as the `metric_query` blocks of an alarm. */
export function alarmQueries(value: BackupMetricValue): CloudwatchMetricAlarmMetricQuery[] {
  if (value.expression === undefined) {
    return [{ ...metricQuery(value), id: 'm0', returnData: true }];
  }
  const { expression, label, usingMetrics = {}, periodSeconds } = value;
  const used = Object.entries(usingMetrics);
  // With metrics of its own the expression has their period.
  const period = used.length === 0 ? periodSeconds : undefined;
  return [
    { id: 'expr_1', expression, label, period, returnData: true },
    ...used.map(([id, metric]) => ({ ...metricQuery(metric), id, returnData: false })),
  ];
}

function metricQuery(value: BackupMetricValue): Omit<CloudwatchMetricAlarmMetricQuery, 'id'> {
  const { metricName = '', dimensions, statistic = '', periodSeconds, label } = value;
  return {
    label,
    metric: { namespace: BackupMetric.NAMESPACE, metricName, dimensions, stat: statistic, period: periodSeconds },
  };
}
