/**
 * ListMetrics: those that have data. What AWS Backup does is counted from when somebody listens, e.g. by this call.
 *
 * Source   API of CloudWatch 2010-08-01: pages of 500.
 */
import type { ListMetricsCommandInput, ListMetricsCommandOutput } from '@aws-sdk/client-cloudwatch';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';

const PAGE = 500;

export function listMetrics(
  state: WorldState,
  caller: Caller,
  input: ListMetricsCommandInput,
): Omit<ListMetricsCommandOutput, '$metadata'> {
  const { metrics } = state.services;
  metrics.listen();
  const found = metrics
    .list(caller)
    .filter(({ namespace }) => namespace === (input.Namespace ?? namespace))
    .filter(({ name }) => name === (input.MetricName ?? name))
    .filter(({ dimensions }) =>
      (input.Dimensions ?? []).every(
        ({ Name = '', Value }) => Name in dimensions && (Value === undefined || dimensions[Name] === Value),
      ),
    );
  const page = pageOf(found, PAGE, input.NextToken, {
    service: 'monitoring',
    operation: 'ListMetrics',
    keyOf: ({ namespace, name, dimensions }) => JSON.stringify([namespace, name, dimensions]),
  });
  return given({
    Metrics: page.items.map(({ namespace, name, dimensions }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    })),
    NextToken: page.nextToken,
  });
}
