/**
 * PutMetricAlarm.
 *
 * Source   API of CloudWatch 2010-08-01.
 * Gaps     Percentiles and anomaly detection are refused.
 */
import { BackupAlarmRules } from '@holdfast/model';
import type { Dimension, MetricAlarm, PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import type { AlarmQuery } from '../../domain/alarms';
import type { MissingData } from '../../domain/alarm-verdict';
import { evaluateMath, MathFault } from '../../domain/metric-math';
import { Dimensions, Statistic, STATISTICS } from '../../domain/metrics';
import type { WorldState } from '../../domain/world-state';
import { actionsOf } from '../alarm-actions';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { tagsOf } from '../tag-list';
import { refuse, WIRE } from '../refuse';

const MINUTE_SECONDS = 60;
const MISSING: readonly string[] = ['missing', 'ignore', 'breaching', 'notBreaching'];

export function putMetricAlarm(state: WorldState, caller: Caller, input: PutMetricAlarmCommandInput): void {
  const { partition, account, region } = caller;
  const env = { partition, account, region };
  if (input.ExtendedStatistic !== undefined || input.ThresholdMetricId !== undefined) {
    throw new AwsFault('NotEmulated', 'monitoring: percentiles and anomaly detection are not emulated');
  }
  const queries = queriesOf(input, caller);
  const evaluationPeriods = required(input.EvaluationPeriods, 'EvaluationPeriods');
  const datapointsToAlarm = input.DatapointsToAlarm ?? evaluationPeriods;
  const missingData = input.TreatMissingData ?? 'missing';
  const period = input.Period ?? input.Metrics?.map((one) => one.MetricStat?.Period ?? one.Period).find(Boolean);
  const seconds = required(period, 'Period');
  if (![10, 20, 30].includes(seconds) && seconds % MINUTE_SECONDS !== 0) {
    throw new AwsFault('ValidationException', `Period must be 10, 20, 30 or a multiple of 60, got ${seconds}`);
  }
  // Periods under a minute may look back as far as those of a minute.
  const periodMinutes = Math.max(seconds / MINUTE_SECONDS, 1);
  refuse(BackupAlarmRules.check({ periodMinutes, evaluationPeriods, datapointsToAlarm }, '', WIRE));
  if (!MISSING.includes(missingData)) {
    // Assumed: the text.
    throw new AwsFault(
      'ValidationException',
      `TreatMissingData must be one of ${MISSING.join(', ')}, got ${missingData}`,
    );
  }
  if (queries.filter(({ returned }) => returned).length !== 1) {
    // Assumed: the text.
    throw new AwsFault('ValidationException', 'Exactly one element of the metrics list should return data.');
  }
  state.services.alarms.put({
    name: required(input.AlarmName, 'AlarmName'),
    env,
    description: input.AlarmDescription,
    actions: actionsOf(input),
    watches: {
      kind: 'metric',
      queries,
      periodSeconds: seconds,
      terms: {
        evaluationPeriods,
        datapointsToAlarm,
        threshold: required(input.Threshold, 'Threshold'),
        comparison: required(input.ComparisonOperator, 'ComparisonOperator'),
        missingData: missingData as MissingData,
      },
    },
    shown: shownOf(input),
    tags: tagsOf(input.Tags),
  });
}

/** What DescribeAlarms repeats of the call. */
function shownOf(input: PutMetricAlarmCommandInput): Partial<MetricAlarm> {
  const { MetricName, Namespace, Statistic: statistic, Period, Unit, EvaluationPeriods, DatapointsToAlarm } = input;
  const { Threshold, ComparisonOperator, TreatMissingData, Metrics, Dimensions } = input;
  const one =
    Metrics === undefined ? { MetricName, Namespace, Statistic: statistic, Dimensions: Dimensions ?? [] } : {};
  return given({
    ...{ ...one, Period, Unit, EvaluationPeriods, DatapointsToAlarm, Threshold, ComparisonOperator },
    ...{ TreatMissingData, Metrics },
  });
}

function queriesOf(input: PutMetricAlarmCommandInput, caller: Caller): AlarmQuery[] {
  const { partition, account, region } = caller;
  const metricOf = (namespace: string | undefined, name: string | undefined, all: Dimension[] | undefined) => ({
    env: { partition, account, region },
    namespace: required(namespace, 'Namespace'),
    name: required(name, 'MetricName'),
    dimensions: dimensionsOf(all),
  });
  if (input.Metrics === undefined) {
    const metric = metricOf(input.Namespace, input.MetricName, input.Dimensions);
    return [{ id: 'm', metric, statistic: statisticOf(input.Statistic), expression: undefined, returned: true }];
  }
  const queries = input.Metrics.map((query): AlarmQuery => {
    const stat = query.MetricStat;
    return {
      id: required(query.Id, 'Id'),
      metric: stat && metricOf(stat.Metric?.Namespace, stat.Metric?.MetricName, stat.Metric?.Dimensions),
      statistic: statisticOf(stat?.Stat),
      expression: query.Expression,
      returned: query.ReturnData ?? true,
    };
  });
  refuseMath(queries);
  return queries;
}

/** An expression that cannot be read is refused when it is put, not when the alarm is looked at. */
function refuseMath(queries: readonly AlarmQuery[]): void {
  const series = new Map(queries.map(({ id }) => [id, [0]]));
  try {
    for (const { expression } of queries) {
      if (expression !== undefined && !/^\s*SELECT\s/i.test(expression)) {
        evaluateMath(expression, series, 1);
      }
    }
  } catch (error) {
    throw error instanceof MathFault ? new AwsFault('ValidationException', error.message) : error;
  }
}

function dimensionsOf(dimensions: Dimension[] | undefined): Dimensions {
  return Object.fromEntries((dimensions ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? '']));
}

function statisticOf(name: string | undefined): Statistic {
  if (name !== undefined && !STATISTICS.includes(name)) {
    throw new AwsFault('ValidationException', `Statistic ${name} is not emulated.`);
  }
  return (name ?? 'Average') as Statistic;
}
