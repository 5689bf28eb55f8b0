/**
 * Volumes of EBS, as EC2 shows them.
 *
 * Pure: reads the World.
 * Source   EC2 API reference (CreateVolume, Volume); EBS user guide, "Amazon EBS volume types": gp2 has 3 IOPS for each GiB, 100
 *          to 16,000; gp3 3,000 IOPS and 125 MiB/s unless told otherwise; io1 and io2 what they were asked for.
 */
import type { Tag, Volume, VolumeAttachment } from '@aws-sdk/client-ec2';
import { ResourceKeys } from '@holdfast/model';
import type { Attachment, VolumeLikeness } from '../domain/ec2';
import type { Resource } from '../domain/protected-resources';
import { GIB } from '../domain/snapshot';
import { keyArnOf } from '../domain/stateful-resources';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { own } from '../kernel/own';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { zonesOf } from '../domain/networks';
import { AwsFault } from './fault';
import { environmentOf, lastOf, tagList, tagsOf, tryFindResource } from './stateful';

export const VOLUME = ['ebs'];

const DEFAULT_TYPE = 'gp2';
const GP3 = { iops: 3000, throughput: 125 };
/** Least and greatest size of a type, in GiB. */
const SIZES: Readonly<Record<string, readonly [number, number]>> = {
  gp2: [1, 16_384],
  gp3: [1, 65_536],
  io1: [4, 16_384],
  io2: [4, 65_536],
  st1: [125, 16_384],
  sc1: [125, 16_384],
  standard: [1, 1024],
};

export function findVolume(state: WorldState, caller: Caller, id: string | undefined): Resource {
  const volume = tryFindResource(state, caller, VOLUME, id);
  if (volume === undefined) {
    throw new AwsFault('InvalidVolume.NotFound', `The volume '${id ?? ''}' does not exist.`);
  }
  return volume;
}

/** Size, type and speed, with what follows from the type. */
export function volumeLikeness(asked: {
  readonly sizeGiB: number;
  readonly volumeType: string | undefined;
  readonly iops: number | undefined;
  readonly throughput: number | undefined;
}): VolumeLikeness {
  const { sizeGiB, volumeType = DEFAULT_TYPE } = asked;
  const bounds = own(SIZES, volumeType);
  if (bounds === undefined) {
    throw new AwsFault('InvalidParameterValue', `Value (${volumeType}) for parameter volumeType is invalid.`);
  }
  const [least, most] = bounds;
  if (!Number.isInteger(sizeGiB) || sizeGiB < least || sizeGiB > most) {
    throw new AwsFault(
      'InvalidParameterValue',
      `Volume of ${sizeGiB}GiB is out of range; ${volumeType} volumes have ${least} to ${most}GiB.`,
    );
  }
  switch (volumeType) {
    case 'gp2':
      return { sizeGiB, volumeType, iops: Math.min(16_000, Math.max(100, 3 * sizeGiB)), throughput: undefined };
    case 'gp3':
      return { sizeGiB, volumeType, iops: asked.iops ?? GP3.iops, throughput: asked.throughput ?? GP3.throughput };
    case 'io1':
    case 'io2':
      if (asked.iops === undefined) {
        throw new AwsFault('MissingParameter', `The parameter iops must be specified for ${volumeType} volumes.`);
      }
      return { sizeGiB, volumeType, iops: asked.iops, throughput: undefined };
    default:
      return { sizeGiB, volumeType, iops: undefined, throughput: undefined };
  }
}

/** The key that encrypts a volume, as a caller names it, or the one of AWS. */
export function volumeKey(caller: Caller, encrypted: boolean | undefined, key: string | undefined): string | undefined {
  const named = key ?? ResourceKeys.managedKey('ebs', encrypted === true);
  return named === undefined ? undefined : keyArnOf(named, environmentOf(caller));
}

/** What a volume is like; of one that no call made, what its size has by default. */
export function likenessOf(state: WorldState, volume: Resource): VolumeLikeness {
  const kept = state.ledger.particulars.volumes.of(volume.arn);
  const sizeGiB = Math.max(1, Math.ceil(volume.sizeBytes / GIB));
  const made = volumeLikeness({ sizeGiB, volumeType: undefined, iops: undefined, throughput: undefined });
  return kept.volumeType === undefined ? made : { ...made, ...kept, volumeType: kept.volumeType };
}

export function volumeShape(state: WorldState, volume: Resource): Volume & { Tags: Tag[] } {
  const kept = state.ledger.particulars.volumes.of(volume.arn);
  const attachment = state.services.ec2.attachmentOf(volume.arn);
  const { sizeGiB, volumeType, iops, throughput } = likenessOf(state, volume);
  const { env, encryptedWith } = volume.declaration;
  return given({
    VolumeId: lastOf(volume.arn),
    Size: sizeGiB,
    SnapshotId: kept.snapshotId ?? '',
    AvailabilityZone: kept.availabilityZone ?? zonesOf(env.region)[0],
    State: attachment === undefined ? 'available' : 'in-use',
    CreateTime: dateOf(volume.madeAt),
    Attachments: attachment === undefined ? [] : [attachmentShape(attachment)],
    Encrypted: encryptedWith !== undefined,
    KmsKeyId: encryptedWith,
    Iops: iops,
    Throughput: throughput,
    VolumeType: volumeType as Volume['VolumeType'],
    MultiAttachEnabled: kept.multiAttach ?? false,
    Tags: tagList(tagsOf(volume)),
  });
}

export function attachmentShape(attachment: Attachment): VolumeAttachment {
  return {
    VolumeId: lastOf(attachment.volumeArn),
    InstanceId: lastOf(attachment.instanceArn),
    Device: attachment.device,
    State: 'attached',
    AttachTime: dateOf(attachment.attachedAt),
    DeleteOnTermination: attachment.deleteOnTermination,
  };
}
