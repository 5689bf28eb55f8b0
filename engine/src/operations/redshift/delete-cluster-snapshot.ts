/**
 * DeleteClusterSnapshot.
 *
 * Source   API of Redshift 2012-12-01. Assumed: what AWS Backup made is deleted in AWS Backup alone, as in EC2; the text.
 */
import type { DeleteClusterSnapshotCommandInput, DeleteClusterSnapshotCommandOutput } from '@aws-sdk/client-redshift';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { environmentOf } from '../stateful';
import { findWarehouseSnapshot, warehouseSnapshotShape } from '../warehouses';

export function deleteClusterSnapshot(
  state: WorldState,
  caller: Caller,
  { SnapshotIdentifier: named }: DeleteClusterSnapshotCommandInput,
): Omit<DeleteClusterSnapshotCommandOutput, '$metadata'> {
  const found = findWarehouseSnapshot(state, caller, named);
  if (found.byBackup) {
    const text = `${found.name} is managed by AWS Backup and cannot be deleted via Redshift APIs.`;
    throw new AwsFault('InvalidClusterSnapshotStateFault', text);
  }
  state.services.databases.snapshots.remove(environmentOf(caller), found.arn);
  return { Snapshot: { ...warehouseSnapshotShape(state, found), Status: 'deleted' } };
}
