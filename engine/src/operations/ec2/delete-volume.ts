/**
 * DeleteVolume.
 *
 * Source   EC2 API reference: VolumeInUse. Its snapshots and recovery points stay (B5.2/8).
 */
import type { DeleteVolumeCommandInput, DeleteVolumeCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findVolume } from '../ec2-volumes';
import { AwsFault } from '../fault';
import { lastOf } from '../stateful';

export function deleteVolume(
  state: WorldState,
  caller: Caller,
  { VolumeId: id }: DeleteVolumeCommandInput,
): Omit<DeleteVolumeCommandOutput, '$metadata'> {
  const volume = findVolume(state, caller, id);
  const attachment = state.services.ec2.attachmentOf(volume.arn);
  if (attachment !== undefined) {
    const instance = lastOf(attachment.instanceArn);
    throw new AwsFault('VolumeInUse', `Volume ${id ?? ''} is currently attached to ${instance}`);
  }
  state.removeResource(volume);
  return {};
}
