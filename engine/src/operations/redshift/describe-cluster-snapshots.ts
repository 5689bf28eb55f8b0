/**
 * DescribeClusterSnapshots.
 *
 * Source   API of Redshift 2012-12-01: ClusterSnapshotNotFound. Those of AWS Backup are manual ones to Redshift.
 */
import type {
  DescribeClusterSnapshotsCommandInput,
  DescribeClusterSnapshotsCommandOutput,
} from '@aws-sdk/client-redshift';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { findWarehouseSnapshot, warehouseSnapshots, warehouseSnapshotShape } from '../warehouses';

export function describeClusterSnapshots(
  state: WorldState,
  caller: Caller,
  input: DescribeClusterSnapshotsCommandInput,
): Omit<DescribeClusterSnapshotsCommandOutput, '$metadata'> {
  const { SnapshotIdentifier: named, ClusterIdentifier: cluster, SnapshotType: type } = input;
  const asked = named === undefined ? warehouseSnapshots(state, caller) : [findWarehouseSnapshot(state, caller, named)];
  const found = asked
    .map((one) => warehouseSnapshotShape(state, one))
    .filter((one) => cluster === undefined || one.ClusterIdentifier === cluster)
    .filter((one) => type === undefined || one.SnapshotType === type);
  const page = pageOf(found, input.MaxRecords, input.Marker, {
    service: 'redshift',
    operation: 'DescribeClusterSnapshots',
    keyOf: ({ SnapshotArn = '' }) => SnapshotArn,
  });
  return given({ Snapshots: page.items, Marker: page.nextToken });
}
