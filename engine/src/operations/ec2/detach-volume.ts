/**
 * DetachVolume.
 *
 * Source   EC2 API reference: IncorrectState for a volume that is not attached.
 */
import type { DetachVolumeCommandInput, DetachVolumeCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { resizeInstance } from '../ec2-attachments';
import { findInstance } from '../ec2-instances';
import { attachmentShape, findVolume } from '../ec2-volumes';
import { AwsFault } from '../fault';
import { lastOf } from '../stateful';

export function detachVolume(
  state: WorldState,
  caller: Caller,
  { VolumeId: id, InstanceId }: DetachVolumeCommandInput,
): Omit<DetachVolumeCommandOutput, '$metadata'> {
  const volume = findVolume(state, caller, id);
  const attachment = state.services.ec2.attachmentOf(volume.arn);
  if (attachment === undefined || (InstanceId !== undefined && lastOf(attachment.instanceArn) !== InstanceId)) {
    throw new AwsFault('IncorrectState', `Volume '${id ?? ''}' is in the 'available' state.`);
  }
  state.services.ec2.detach(volume.arn);
  resizeInstance(state, findInstance(state, caller, lastOf(attachment.instanceArn)));
  return { ...attachmentShape(attachment), State: 'detached' };
}
