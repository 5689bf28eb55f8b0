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
import { dateOf, SECOND } from '../../kernel/instant';
import type { Caller } from '../caller';
import { required } from '../find-vault';

export function getMetricStatistics(
  state: WorldState,
  caller: Caller,
  input: GetMetricStatisticsCommandInput,
): Omit<GetMetricStatisticsCommandOutput, '$metadata'> {
  const { partition, account, region } = caller;
  state.services.metrics.listen();
  const period = required(input.Period, 'Period') * SECOND;
  const from = Math.floor(required(input.StartTime, 'StartTime').getTime() / period) * period;
  const periods = Math.ceil((required(input.EndTime, 'EndTime').getTime() - from) / period);
  const metric = {
    env: { partition, account, region },
    namespace: required(input.Namespace, 'Namespace'),
    name: required(input.MetricName, 'MetricName'),
    dimensions: Object.fromEntries((input.Dimensions ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? ''])),
  };
  const points = new Map<number, Datapoint>();
  for (const statistic of input.Statistics ?? []) {
    state.services.metrics.read(metric, statistic, from, period, periods).forEach((value, index) => {
      if (value !== undefined) {
        const Timestamp = dateOf(from + index * period);
        points.set(index, { ...points.get(index), Timestamp, [statistic]: value });
      }
    });
  }
  return { Label: metric.name, Datapoints: [...points.values()] };
}
