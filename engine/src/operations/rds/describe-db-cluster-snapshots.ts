/**
 * DescribeDBClusterSnapshots.
 *
 * Source   API of RDS 2014-10-31: those of AWS Backup are of the type `awsbackup`.
 */
import type {
  DescribeDBClusterSnapshotsCommandInput,
  DescribeDBClusterSnapshotsCommandOutput,
} from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { clusterSnapshotShape, databaseSnapshots, findDatabaseSnapshot } from '../database-snapshots';
import { pageOf } from '../page';

export function describeDBClusterSnapshots(
  state: WorldState,
  caller: Caller,
  input: DescribeDBClusterSnapshotsCommandInput,
): Omit<DescribeDBClusterSnapshotsCommandOutput, '$metadata'> {
  const { DBClusterSnapshotIdentifier: named, DBClusterIdentifier: cluster, SnapshotType: type } = input;
  const asked =
    named === undefined
      ? databaseSnapshots(state, caller, 'cluster-snapshot')
      : [findDatabaseSnapshot(state, caller, 'cluster-snapshot', named)];
  const found = asked
    .map((one) => clusterSnapshotShape(state, caller, one))
    .filter((one) => cluster === undefined || one.DBClusterIdentifier === cluster.toLowerCase())
    .filter((one) => type === undefined || one.SnapshotType === type);
  const page = pageOf(found, input.MaxRecords, input.Marker, {
    service: 'rds',
    operation: 'DescribeDBClusterSnapshots',
    keyOf: ({ DBClusterSnapshotArn = '' }) => DBClusterSnapshotArn,
  });
  return given({ DBClusterSnapshots: page.items, Marker: page.nextToken });
}
