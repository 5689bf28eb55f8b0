/**
 * DeleteSnapshot.
 *
 * Source   cloud-custodian/cloud-custodian#9459: EC2's words to those who delete a snapshot of AWS Backup.
 */
import type { DeleteSnapshotCommandInput, DeleteSnapshotCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSnapshot } from '../ec2-snapshots';
import { AwsFault } from '../fault';
import { environmentOf } from '../stateful';

export function deleteSnapshot(
  state: WorldState,
  caller: Caller,
  { SnapshotId }: DeleteSnapshotCommandInput,
): Omit<DeleteSnapshotCommandOutput, '$metadata'> {
  const { id, point } = findSnapshot(state, caller, SnapshotId);
  if (point !== undefined) {
    throw new AwsFault(
      'InvalidParameterValue',
      'This snapshot is managed by the AWS Backup service and cannot be deleted via EC2 APIs. If you wish to delete this snapshot, please do so via the Backup console.',
    );
  }
  state.services.ec2.snapshots.remove(environmentOf(caller), id);
  return {};
}
