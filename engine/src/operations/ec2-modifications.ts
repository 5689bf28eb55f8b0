/**
 * Changes of volumes, as EC2 shows them.
 *
 * Pure: a change in, its shape out.
 * Source   EC2 API reference, VolumeModification. Assumed: a change is complete at once.
 */
import type { VolumeModification as ModificationShape, VolumeType } from '@aws-sdk/client-ec2';
import type { VolumeModification } from '../domain/ec2';
import { dateOf } from '../kernel/instant';
import { given } from './backup/shapes';

export function modificationShape(volumeId: string, { at, from, to }: VolumeModification): ModificationShape {
  return given({
    VolumeId: volumeId,
    ModificationState: 'completed' as const,
    Progress: 100,
    StartTime: dateOf(at),
    EndTime: dateOf(at),
    OriginalSize: from.sizeGiB,
    OriginalVolumeType: from.volumeType as VolumeType,
    OriginalIops: from.iops,
    OriginalThroughput: from.throughput,
    TargetSize: to.sizeGiB,
    TargetVolumeType: to.volumeType as VolumeType,
    TargetIops: to.iops,
    TargetThroughput: to.throughput,
  });
}
