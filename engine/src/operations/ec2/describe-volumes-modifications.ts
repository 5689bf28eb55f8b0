/**
 * DescribeVolumesModifications.
 *
 * Source   EC2 API reference: those of volumes that were never changed are InvalidVolumeModification.NotFound.
 */
import type {
  DescribeVolumesModificationsCommandInput,
  DescribeVolumesModificationsCommandOutput,
} from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { modificationShape } from '../ec2-modifications';
import { findVolume, VOLUME } from '../ec2-volumes';
import { AwsFault } from '../fault';
import { matching } from '../filters';
import { lastOf, resourcesOf } from '../stateful';

export function describeVolumesModifications(
  state: WorldState,
  caller: Caller,
  { VolumeIds: ids = [], Filters }: DescribeVolumesModificationsCommandInput,
): Omit<DescribeVolumesModificationsCommandOutput, '$metadata'> {
  const asked = ids.length > 0 ? ids.map((id) => findVolume(state, caller, id)) : resourcesOf(state, caller, VOLUME);
  const found = asked.flatMap((volume) => {
    const { modification } = state.ledger.particulars.volumes.of(volume.arn);
    if (modification === undefined && ids.length > 0) {
      const text = `Modification for volume '${lastOf(volume.arn)}' does not exist.`;
      throw new AwsFault('InvalidVolumeModification.NotFound', text);
    }
    return modification === undefined ? [] : [modificationShape(lastOf(volume.arn), modification)];
  });
  const modifications = matching(found, Filters, (one) => ({
    'volume-id': one.VolumeId,
    'modification-state': one.ModificationState,
    'target-volume-type': one.TargetVolumeType,
    'original-volume-type': one.OriginalVolumeType,
  }));
  return { VolumesModifications: modifications };
}
