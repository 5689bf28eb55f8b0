/**
 * DeleteDBClusterSnapshot.
 *
 * Source   API of RDS 2014-10-31.
 */
import type { DeleteDBClusterSnapshotCommandInput, DeleteDBClusterSnapshotCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { clusterSnapshotShape, dropSnapshot } from '../database-snapshots';

export function deleteDBClusterSnapshot(
  state: WorldState,
  caller: Caller,
  { DBClusterSnapshotIdentifier: named }: DeleteDBClusterSnapshotCommandInput,
): Omit<DeleteDBClusterSnapshotCommandOutput, '$metadata'> {
  const dropped = clusterSnapshotShape(state, caller, dropSnapshot(state, caller, 'cluster-snapshot', named));
  return { DBClusterSnapshot: { ...dropped, Status: 'deleted' } };
}
