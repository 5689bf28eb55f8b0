/**
 * DescribeVolumes.
 *
 * Source   API of FSx 2018-03-01: VolumeNotFound. Volumes of ONTAP that an artifact, an inventory or a restore made.
 */
import type { DescribeVolumesCommandInput, DescribeVolumesCommandOutput } from '@aws-sdk/client-fsx';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findOntapVolume, ONTAP, ontapVolumeShape } from '../fsx-volumes';
import { pageOf } from '../page';
import { resourcesOf } from '../stateful';

export function describeVolumes(
  state: WorldState,
  caller: Caller,
  { VolumeIds: ids = [], MaxResults, NextToken }: DescribeVolumesCommandInput,
): Omit<DescribeVolumesCommandOutput, '$metadata'> {
  const asked =
    ids.length > 0 ? ids.map((id) => findOntapVolume(state, caller, id)) : resourcesOf(state, caller, ONTAP);
  const page = pageOf(asked, MaxResults, NextToken, {
    service: 'fsx',
    operation: 'DescribeVolumes',
    keyOf: ({ arn }) => arn,
  });
  return given({ Volumes: page.items.map(ontapVolumeShape), NextToken: page.nextToken });
}
