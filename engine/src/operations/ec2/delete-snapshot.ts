/**
 * DeleteSnapshot.
 *
 * Source   ../../domain/service-doors.ts (snapshots of AWS Backup).
 */
import type { DeleteSnapshotCommandInput, DeleteSnapshotCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSnapshot } from '../ec2-snapshots';
import { managedByBackup } from '../service-points';
import { environmentOf } from '../stateful';

export function deleteSnapshot(
  state: WorldState,
  caller: Caller,
  { SnapshotId }: DeleteSnapshotCommandInput,
): Omit<DeleteSnapshotCommandOutput, '$metadata'> {
  const { id, point, made } = findSnapshot(state, caller, SnapshotId);
  if (point !== undefined) {
    throw managedByBackup('ec2:DeleteSnapshot', id);
  }
  made?.written?.drop();
  state.services.ec2.snapshots.remove(environmentOf(caller), id);
  return {};
}
