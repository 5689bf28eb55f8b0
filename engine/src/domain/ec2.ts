/**
 * Instances, volumes and snapshots of EC2, as far as backups do not see them.
 *
 * Owns     which volume is attached to which instance, and the snapshots that were made by hand.
 * Units    `…At` are Instants, `…GiB` GiB.
 * Source   the API of EC2, 2016-11-15.
 * Spec     protected-resources.md
 */
import type { Environment } from '@holdfast/model';
import type { Instant } from '../kernel/instant';
import { Shelf } from './shelf';
import type { WrittenBlocks } from './written-blocks';

export interface VolumeParticulars {
  readonly availabilityZone: string;
  readonly volumeType: string;
  readonly iops: number | undefined;
  readonly throughput: number | undefined;
  readonly snapshotId: string | undefined;
  readonly multiAttach: boolean;
  readonly modification: VolumeModification;
}

/** The last change of a volume, and what it was like before. */
export interface VolumeModification {
  readonly at: Instant;
  readonly from: VolumeLikeness;
  readonly to: VolumeLikeness;
}

export interface VolumeLikeness {
  readonly sizeGiB: number;
  readonly volumeType: string;
  readonly iops: number | undefined;
  readonly throughput: number | undefined;
}

export interface InstanceParticulars {
  readonly imageId: string;
  readonly instanceType: string;
  readonly availabilityZone: string;
  /** Undefined for the default one of the zone. */
  readonly subnetId: string | undefined;
  readonly keyName: string | undefined;
  readonly privateIpAddress: string;
  readonly securityGroupIds: readonly string[];
  readonly iamInstanceProfileArn: string | undefined;
  readonly monitoring: boolean;
  readonly ebsOptimized: boolean;
  readonly sourceDestCheck: boolean;
  readonly userData: string | undefined;
  readonly disableApiTermination: boolean;
  readonly disableApiStop: boolean;
  readonly shutdownBehavior: string;
  readonly cpuCredits: string;
  readonly metadataOptions: Readonly<Record<string, string | number>>;
  readonly clientToken: string | undefined;
}

/** A volume in an instance. */
export interface Attachment {
  readonly volumeArn: string;
  readonly instanceArn: string;
  readonly device: string;
  readonly attachedAt: Instant;
  deleteOnTermination: boolean;
}

/** A snapshot that somebody made; those that AWS Backup makes are its recovery points. */
export interface Snapshot {
  readonly id: string;
  readonly env: Environment;
  readonly volumeId: string;
  readonly sizeGiB: number;
  readonly startedAt: Instant;
  readonly description: string;
  readonly encryptedWith: string | undefined;
  tags: Readonly<Record<string, string>>;
  /** Of one that the direct APIs write. */
  readonly written?: WrittenBlocks;
}

export class Ec2 {
  readonly snapshots = new Shelf<Snapshot>();
  /** When instances were terminated, by ARN. */
  readonly terminatedAts = new Map<string, Instant>();
  private readonly attachments = new Map<string, Attachment>();

  attach(attachment: Attachment): void {
    this.attachments.set(attachment.volumeArn, attachment);
  }

  detach(volumeArn: string): void {
    this.attachments.delete(volumeArn);
  }

  attachmentOf(volumeArn: string): Attachment | undefined {
    return this.attachments.get(volumeArn);
  }

  /** Those of an instance, by device in ascending order. */
  attachedTo(instanceArn: string): Attachment[] {
    return [...this.attachments.values()]
      .filter((one) => one.instanceArn === instanceArn)
      .sort((a, b) => (a.device < b.device ? -1 : 1));
  }
}
