/**
 * DeleteDBSnapshot.
 *
 * Source   API of RDS 2014-10-31.
 */
import type { DeleteDBSnapshotCommandInput, DeleteDBSnapshotCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { dropSnapshot, snapshotShape } from '../database-snapshots';

export function deleteDBSnapshot(
  state: WorldState,
  caller: Caller,
  { DBSnapshotIdentifier: named }: DeleteDBSnapshotCommandInput,
): Omit<DeleteDBSnapshotCommandOutput, '$metadata'> {
  const dropped = snapshotShape(state, caller, dropSnapshot(state, caller, 'snapshot', named));
  return { DBSnapshot: { ...dropped, Status: 'deleted' } };
}
