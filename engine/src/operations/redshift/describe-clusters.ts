/**
 * DescribeClusters.
 *
 * Source   API of Redshift 2012-12-01: ClusterNotFound.
 */
import type { DescribeClustersCommandInput, DescribeClustersCommandOutput } from '@aws-sdk/client-redshift';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { resourcesOf } from '../stateful';
import { findWarehouse, warehouseShape, WAREHOUSES } from '../warehouses';

export function describeClusters(
  state: WorldState,
  caller: Caller,
  { ClusterIdentifier: named, MaxRecords, Marker }: DescribeClustersCommandInput,
): Omit<DescribeClustersCommandOutput, '$metadata'> {
  const asked = named === undefined ? resourcesOf(state, caller, WAREHOUSES) : [findWarehouse(state, caller, named)];
  const page = pageOf(asked, MaxRecords, Marker, {
    service: 'redshift',
    operation: 'DescribeClusters',
    keyOf: ({ arn }) => arn,
  });
  return given({ Clusters: page.items.map((one) => warehouseShape(state, one)), Marker: page.nextToken });
}
