/**
 * DescribeDBSnapshots.
 *
 * Source   API of RDS 2014-10-31: those of AWS Backup are of the type `awsbackup`.
 */
import type { DescribeDBSnapshotsCommandInput, DescribeDBSnapshotsCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { databaseSnapshots, findDatabaseSnapshot, snapshotShape } from '../database-snapshots';
import { pageOf } from '../page';

export function describeDBSnapshots(
  state: WorldState,
  caller: Caller,
  input: DescribeDBSnapshotsCommandInput,
): Omit<DescribeDBSnapshotsCommandOutput, '$metadata'> {
  const { DBSnapshotIdentifier: named, DBInstanceIdentifier: instance, SnapshotType: type, MaxRecords, Marker } = input;
  const asked =
    named === undefined
      ? databaseSnapshots(state, caller, 'snapshot')
      : [findDatabaseSnapshot(state, caller, 'snapshot', named)];
  const found = asked
    .map((one) => snapshotShape(state, caller, one))
    .filter((one) => instance === undefined || one.DBInstanceIdentifier === instance.toLowerCase())
    .filter((one) => type === undefined || one.SnapshotType === type);
  const page = pageOf(found, MaxRecords, Marker, {
    service: 'rds',
    operation: 'DescribeDBSnapshots',
    keyOf: ({ DBSnapshotArn = '' }) => DBSnapshotArn,
  });
  return given({ DBSnapshots: page.items, Marker: page.nextToken });
}
