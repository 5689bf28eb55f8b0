/**
 * DescribeImages.
 *
 * Source   EC2 API reference. Lists show the images that AWS Backup made; any other has to be asked for by its id (Assumed: it is
 *          there, see ../ec2-snapshots.ts).
 */
import type { DescribeImagesCommandInput, DescribeImagesCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findImage, imagesOf } from '../ec2-snapshots';
import { matching } from '../filters';

export function describeImages(
  state: WorldState,
  caller: Caller,
  { ImageIds: ids = [], Owners: owners = [], Filters }: DescribeImagesCommandInput,
): Omit<DescribeImagesCommandOutput, '$metadata'> {
  const asked = ids.length > 0 ? ids.map((id) => findImage(state, caller, id)) : imagesOf(state, caller);
  const owned = asked.filter(
    ({ shape }) =>
      owners.length === 0 || owners.includes(shape.OwnerId ?? '') || (owners.includes('self') && !shape.Public),
  );
  const found = matching(
    owned,
    Filters,
    ({ shape }) => ({
      'image-id': shape.ImageId,
      name: shape.Name,
      architecture: shape.Architecture,
      'owner-id': shape.OwnerId,
      'root-device-type': shape.RootDeviceType,
      'virtualization-type': shape.VirtualizationType,
      'is-public': String(shape.Public),
      state: shape.State,
      description: shape.Description,
    }),
    ({ tags }) => tags,
  );
  return { Images: found.map(({ shape }) => shape) };
}
