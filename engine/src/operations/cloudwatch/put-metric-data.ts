/**
 * PutMetricData: single values.
 *
 * Source   API of CloudWatch 2010-08-01.
 */
import type { PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { required } from '../find-vault';

export function putMetricData(state: WorldState, caller: Caller, input: PutMetricDataCommandInput): void {
  const { partition, account, region } = caller;
  const namespace = required(input.Namespace, 'Namespace');
  for (const datum of input.MetricData ?? []) {
    const dimensions = Object.fromEntries((datum.Dimensions ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? '']));
    const name = required(datum.MetricName, 'MetricName');
    const metric = { env: { partition, account, region }, namespace, name, dimensions };
    for (const value of datum.Values ?? [required(datum.Value, 'Value')]) {
      state.services.metrics.send(metric, value, datum.Timestamp?.getTime() ?? state.now);
    }
  }
}
