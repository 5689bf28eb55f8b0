/**
 * GetMetricData: metrics, and math over them.
 *
 * Source   API of CloudWatch 2010-08-01.
 * Gaps     Percentiles, SEARCH and SELECT answer NotEmulated; everything is one page.
 */
import type {
  GetMetricDataCommandInput,
  GetMetricDataCommandOutput,
  MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { evaluateMath, MathFault, Values } from '../../domain/metric-math';
import { Statistic, STATISTICS } from '../../domain/metrics';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { metricRange, MetricRange, MOST_DATA } from '../metric-range';

export function getMetricData(
  state: WorldState,
  caller: Caller,
  input: GetMetricDataCommandInput,
): Omit<GetMetricDataCommandOutput, '$metadata'> {
  state.services.metrics.listen();
  const queries = required(input.MetricDataQueries, 'MetricDataQueries');
  const times = { StartTime: input.StartTime, EndTime: input.EndTime };
  const range = metricRange(times, periodOf(queries), Math.floor(MOST_DATA / Math.max(queries.length, 1)));
  const series = new Map<string, Values>();
  for (const query of queries) {
    if (query.MetricStat !== undefined) {
      series.set(required(query.Id, 'Id'), read(state, caller, query.MetricStat, range));
    }
  }
  for (const query of queries) {
    if (query.MetricStat === undefined) {
      series.set(required(query.Id, 'Id'), compute(required(query.Expression, 'Expression'), series, range));
    }
  }
  const descending = input.ScanBy !== 'TimestampAscending';
  return {
    MetricDataResults: queries
      .filter(({ ReturnData = true }) => ReturnData)
      .map((query) => resultOf(query, series.get(query.Id ?? '') ?? [], range, descending)),
    Messages: [],
  };
}

/** The period that the queries have in common. */
function periodOf(queries: readonly MetricDataQuery[]): number {
  const periods = new Set(queries.flatMap(({ MetricStat, Period }) => MetricStat?.Period ?? Period ?? []));
  if (periods.size > 1) {
    throw new AwsFault('NotEmulated', 'monitoring: GetMetricData with several periods is not emulated');
  }
  return [...periods][0] ?? 300;
}

function read(state: WorldState, caller: Caller, stat: NonNullable<MetricDataQuery['MetricStat']>, range: MetricRange) {
  const { Metric, Stat } = stat;
  const statistic = required(Stat, 'Stat');
  if (!STATISTICS.includes(statistic)) {
    throw new AwsFault('NotEmulated', `monitoring: the statistic ${statistic} is not emulated`);
  }
  const { partition, account, region } = caller;
  const metric = {
    env: { partition, account, region },
    namespace: required(Metric?.Namespace, 'Namespace'),
    name: required(Metric?.MetricName, 'MetricName'),
    dimensions: Object.fromEntries((Metric?.Dimensions ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? ''])),
  };
  return state.services.metrics.read(metric, statistic as Statistic, range.from, range.period, range.count);
}

function compute(expression: string, series: ReadonlyMap<string, Values>, { count }: MetricRange): Values {
  if (/\b(SELECT|SEARCH)\b/i.test(expression)) {
    throw new AwsFault('NotEmulated', 'monitoring: SELECT and SEARCH in GetMetricData are not emulated');
  }
  try {
    return evaluateMath(expression, series, count);
  } catch (error) {
    throw error instanceof MathFault ? new AwsFault('ValidationException', error.message) : error;
  }
}

function resultOf(query: MetricDataQuery, values: Values, { from, period }: MetricRange, descending: boolean) {
  const points = values.flatMap((value, index) => (value === undefined ? [] : [{ at: from + index * period, value }]));
  const ordered = descending ? points.reverse() : points;
  return {
    Id: query.Id,
    Label: query.Label ?? query.MetricStat?.Metric?.MetricName ?? query.Id,
    Timestamps: ordered.map(({ at }) => dateOf(at)),
    Values: ordered.map(({ value }) => value),
    StatusCode: 'Complete' as const,
  };
}
