/**
 * AttachVolume.
 *
 * Source   EC2 API reference: VolumeInUse, and InvalidVolume.ZoneMismatch where volume and instance are in different zones.
 */
import type { AttachVolumeCommandInput, AttachVolumeCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { resizeInstance } from '../ec2-attachments';
import { findInstance, instanceParticulars } from '../ec2-instances';
import { attachmentShape, findVolume, volumeShape } from '../ec2-volumes';
import { AwsFault } from '../fault';

export function attachVolume(
  state: WorldState,
  caller: Caller,
  { VolumeId: id, InstanceId, Device: device = '' }: AttachVolumeCommandInput,
): Omit<AttachVolumeCommandOutput, '$metadata'> {
  const volume = findVolume(state, caller, id);
  const instance = findInstance(state, caller, InstanceId);
  const { ec2 } = state.services;
  if (ec2.attachmentOf(volume.arn) !== undefined) {
    throw new AwsFault('VolumeInUse', `${id ?? ''} is already attached to an instance`);
  }
  const zone = instanceParticulars(state, instance).availabilityZone;
  if (volumeShape(state, volume).AvailabilityZone !== zone) {
    throw new AwsFault(
      'InvalidVolume.ZoneMismatch',
      `The volume '${id ?? ''}' is not in the same availability zone as instance '${InstanceId ?? ''}'`,
    );
  }
  if (ec2.attachedTo(instance.arn).some((one) => one.device === device)) {
    throw new AwsFault('InvalidParameterValue', `Invalid value '${device}' for unixDevice. Attachment point is in use`);
  }
  const attachment = {
    volumeArn: volume.arn,
    instanceArn: instance.arn,
    device,
    attachedAt: state.now,
    deleteOnTermination: false,
  };
  ec2.attach(attachment);
  resizeInstance(state, instance);
  return attachmentShape(attachment);
}
