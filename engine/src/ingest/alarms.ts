/**
 * Why an alarm is left out: AWS would take it, and the engine could not say when it goes off.
 *
 * Pure.
 */
import type { CompositeAlarm, MetricAlarm } from '@holdfast/model';
import { compileAlarmRule } from '../domain/alarm-rule';
import { evaluateMath } from '../domain/metric-math';
import { STATISTICS } from '../domain/metrics';

export const ANOMALIES = 'alarms on anomalies are not emulated';

export function whyNoMetricAlarm({ metrics }: MetricAlarm): string | undefined {
  const statistic = metrics.find((one) => one.statistic !== undefined && !STATISTICS.includes(one.statistic));
  if (statistic !== undefined) {
    return `statistic ${statistic.statistic} is not emulated`;
  }
  const series = new Map(metrics.map(({ metricId }) => [metricId, [0]]));
  const expressions = metrics.flatMap(({ expression }) => expression ?? []);
  const math = expressions.find((one) => !/^\s*SELECT\s/i.test(one) && fails(() => evaluateMath(one, series, 1)));
  return math === undefined ? undefined : `expression ${math} is not emulated`;
}

export function whyNoCompositeAlarm({ alarmRule }: CompositeAlarm): string | undefined {
  return fails(() => compileAlarmRule(alarmRule)) ? `rule ${alarmRule} is not emulated` : undefined;
}

function fails(attempt: () => unknown): boolean {
  try {
    attempt();
    return false;
  } catch {
    return true;
  }
}
