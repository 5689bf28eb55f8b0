/**
 * Snapshots and images: those that were made by hand, and those that are recovery points of AWS Backup.
 *
 * Pure: reads the World.
 * Source   EC2 API reference (Snapshot, Image). cloud-custodian/cloud-custodian#9459 and openshift/installer#9964: what EC2 says
 *          to those who delete a snapshot of AWS Backup. EC2 user guide, "Deregister an AMI": the same holds for images.
 * Assumed  An image that nobody made here is a public one, with one root volume of 8 GiB, as long as its id has the form of one.
 */
import type { Image, Snapshot as SnapshotShape } from '@aws-sdk/client-ec2';
import type { Snapshot } from '../domain/ec2';
import { GIB } from '../domain/snapshot';
import type { WorldState } from '../domain/world-state';
import { dateOf, formatInstant } from '../kernel/instant';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { type ServicePoint, servicePoints } from './service-points';
import { lastOf, tagList, type TagMap } from './stateful';

/** Assumed: of every image. */
export const ROOT_DEVICE = '/dev/xvda';
const PUBLIC_ROOT_GIB = 8;
/** Assumed: who owns the images that nobody made here. */
const PUBLIC_OWNER = '137112412989';

/** A snapshot in whatever way it came to be. */
export interface FoundSnapshot {
  readonly id: string;
  readonly shape: SnapshotShape;
  readonly tags: TagMap;
  /** Where it is a recovery point. */
  readonly point?: ServicePoint;
  /** Where it was made by hand. */
  readonly made?: Snapshot;
}

export function snapshotsOf(state: WorldState, caller: Caller): FoundSnapshot[] {
  const byHand = state.services.ec2.snapshots.list(caller).map((made): FoundSnapshot => {
    const status = made.written?.stateAt(state.now) ?? 'completed';
    const shape = given({
      SnapshotId: made.id,
      VolumeId: made.volumeId,
      VolumeSize: made.sizeGiB,
      State: status,
      Progress: status === 'completed' ? '100%' : '0%',
      StartTime: dateOf(made.startedAt),
      OwnerId: made.env.account,
      Description: made.description,
      Encrypted: made.encryptedWith !== undefined,
      KmsKeyId: made.encryptedWith,
      StorageTier: 'standard' as const,
      Tags: tagList(made.tags),
    });
    return { id: made.id, shape, tags: made.tags, made };
  });
  return [...byHand, ...servicePoints(state, caller, ['ebs']).map((point) => snapshotOfPoint(caller, point))];
}

function snapshotOfPoint(caller: Caller, point: ServicePoint): FoundSnapshot {
  const { resource, tags } = point;
  const id = lastOf(point.arn);
  const shape = given({
    SnapshotId: id,
    VolumeId: lastOf(resource.arn),
    VolumeSize: Math.max(1, Math.ceil(point.sizeBytes / GIB)),
    State: 'completed' as const,
    Progress: '100%',
    StartTime: dateOf(point.createdAt),
    OwnerId: caller.account,
    Description: 'This snapshot is created by the AWS Backup service.',
    Encrypted: resource.declaration.encryptedWith !== undefined,
    KmsKeyId: resource.declaration.encryptedWith,
    StorageTier: 'standard' as const,
    Tags: tagList(tags),
  });
  return { id, shape, tags, point };
}

export function findSnapshot(state: WorldState, caller: Caller, id: string | undefined): FoundSnapshot {
  const found = snapshotsOf(state, caller).find((one) => one.id === id);
  if (found === undefined) {
    throw new AwsFault('InvalidSnapshot.NotFound', `The snapshot '${id ?? ''}' does not exist.`);
  }
  return found;
}

/** An image, and the sizes of what a new instance of it has. */
export interface FoundImage {
  readonly shape: Image & { readonly ImageId: string; readonly RootDeviceName: string };
  readonly rootGiB: number;
  readonly tags: TagMap;
  readonly point?: ServicePoint;
}

/** Images that AWS Backup made. */
export function imagesOf(state: WorldState, caller: Caller): FoundImage[] {
  return servicePoints(state, caller, ['ec2']).map((point) => {
    const name = `AwsBackup_${lastOf(point.resource.arn)}_${lastOf(point.arn)}`;
    const rootGiB = Math.max(1, Math.ceil(point.sizeBytes / GIB));
    const { ImageId, ...shape } = imageShape(lastOf(point.arn), rootGiB);
    return {
      shape: {
        ...shape,
        ImageId,
        Name: name,
        Description: 'This image is created by the AWS Backup service.',
        OwnerId: caller.account,
        Public: false,
        CreationDate: formatInstant(point.createdAt),
        SourceInstanceId: lastOf(point.resource.arn),
        Tags: tagList(point.tags),
      },
      rootGiB,
      tags: point.tags,
      point,
    };
  });
}

export function findImage(state: WorldState, caller: Caller, id: string): FoundImage {
  if (!/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
    throw new AwsFault('InvalidAMIID.Malformed', `Invalid id: "${id}"`);
  }
  const own = imagesOf(state, caller).find(({ shape }) => shape.ImageId === id);
  return (
    own ?? {
      shape: { ...imageShape(id, PUBLIC_ROOT_GIB), OwnerId: PUBLIC_OWNER, Public: true },
      rootGiB: PUBLIC_ROOT_GIB,
      tags: {},
    }
  );
}

function imageShape(id: string, rootGiB: number): FoundImage['shape'] {
  return {
    ImageId: id,
    Name: id,
    State: 'available',
    Architecture: 'x86_64',
    ImageType: 'machine',
    Hypervisor: 'xen',
    VirtualizationType: 'hvm',
    RootDeviceType: 'ebs',
    RootDeviceName: ROOT_DEVICE,
    EnaSupport: true,
    BlockDeviceMappings: [
      {
        DeviceName: ROOT_DEVICE,
        Ebs: { VolumeSize: rootGiB, VolumeType: 'gp2', DeleteOnTermination: true, Encrypted: false },
      },
    ],
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    Tags: [],
  };
}
