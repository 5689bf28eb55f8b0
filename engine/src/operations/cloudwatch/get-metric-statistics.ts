/**
 * GetMetricStatistics. What AWS Backup does is counted from when somebody listens: the World by option, an alarm, or the
 * first call of this.
 *
 * Source   API of CloudWatch 2010-08-01.
 */
import type {
  Datapoint,
  GetMetricStatisticsCommandInput,
  GetMetricStatisticsCommandOutput,
} from '@aws-sdk/client-cloudwatch';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { required } from '../find-vault';
import { metricRange, MOST_STATISTICS } from '../metric-range';

export function getMetricStatistics(
  state: WorldState,
  caller: Caller,
  input: GetMetricStatisticsCommandInput,
): Omit<GetMetricStatisticsCommandOutput, '$metadata'> {
  const { partition, account, region } = caller;
  state.services.metrics.listen();
  const times = { StartTime: input.StartTime, EndTime: input.EndTime };
  const { from, period, count } = metricRange(times, required(input.Period, 'Period'), MOST_STATISTICS);
  const metric = {
    env: { partition, account, region },
    namespace: required(input.Namespace, 'Namespace'),
    name: required(input.MetricName, 'MetricName'),
    dimensions: Object.fromEntries((input.Dimensions ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? ''])),
  };
  const points = new Map<number, Datapoint>();
  for (const statistic of input.Statistics ?? []) {
    state.services.metrics.read(metric, statistic, from, period, count).forEach((value, index) => {
      if (value !== undefined) {
        const Timestamp = dateOf(from + index * period);
        points.set(index, { ...points.get(index), Timestamp, [statistic]: value });
      }
    });
  }
  return { Label: metric.name, Datapoints: [...points.values()] };
}
