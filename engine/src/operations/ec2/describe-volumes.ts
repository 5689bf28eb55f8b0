/**
 * DescribeVolumes.
 *
 * Source   EC2 API reference.
 */
import type { DescribeVolumesCommandInput, DescribeVolumesCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findVolume, VOLUME, volumeShape } from '../ec2-volumes';
import { matching } from '../filters';
import { pageOf } from '../page';
import { resourcesOf, tagMap } from '../stateful';

export function describeVolumes(
  state: WorldState,
  caller: Caller,
  { VolumeIds: ids = [], Filters, MaxResults, NextToken }: DescribeVolumesCommandInput,
): Omit<DescribeVolumesCommandOutput, '$metadata'> {
  const asked = ids.length > 0 ? ids.map((id) => findVolume(state, caller, id)) : resourcesOf(state, caller, VOLUME);
  const found = matching(
    asked.map((volume) => volumeShape(state, volume)),
    Filters,
    (volume) => ({
      'volume-id': volume.VolumeId,
      'availability-zone': volume.AvailabilityZone,
      'snapshot-id': volume.SnapshotId,
      'volume-type': volume.VolumeType,
      encrypted: String(volume.Encrypted),
      size: String(volume.Size),
      status: volume.State,
      'attachment.instance-id': volume.Attachments?.map(({ InstanceId }) => InstanceId ?? ''),
      'attachment.device': volume.Attachments?.map(({ Device }) => Device ?? ''),
      'attachment.status': volume.Attachments?.map(({ State }) => State ?? ''),
    }),
    ({ Tags }) => tagMap(Tags),
  );
  const page = pageOf(found, MaxResults, NextToken, {
    service: 'ec2',
    operation: 'DescribeVolumes',
    keyOf: ({ VolumeId = '' }) => VolumeId,
  });
  return given({ Volumes: page.items, NextToken: page.nextToken });
}
