/**
 * DeleteClusterSnapshot.
 *
 * Source   API of Redshift 2012-12-01; ../../domain/service-doors.ts (snapshots of AWS Backup).
 */
import type { DeleteClusterSnapshotCommandInput, DeleteClusterSnapshotCommandOutput } from '@aws-sdk/client-redshift';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { managedByBackup } from '../service-points';
import { environmentOf } from '../stateful';
import { findWarehouseSnapshot, warehouseSnapshotShape } from '../warehouses';

export function deleteClusterSnapshot(
  state: WorldState,
  caller: Caller,
  { SnapshotIdentifier: named }: DeleteClusterSnapshotCommandInput,
): Omit<DeleteClusterSnapshotCommandOutput, '$metadata'> {
  const found = findWarehouseSnapshot(state, caller, named);
  if (found.byBackup) {
    throw managedByBackup('redshift:DeleteClusterSnapshot', found.name);
  }
  state.services.databases.snapshots.remove(environmentOf(caller), found.arn);
  return { Snapshot: { ...warehouseSnapshotShape(state, found), Status: 'deleted' } };
}
