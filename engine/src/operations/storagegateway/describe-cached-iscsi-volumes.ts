/**
 * DescribeCachediSCSIVolumes.
 *
 * Source   API of Storage Gateway 2013-06-30.
 */
import type {
  DescribeCachediSCSIVolumesCommandInput,
  DescribeCachediSCSIVolumesCommandOutput,
} from '@aws-sdk/client-storage-gateway';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findGatewayVolume, VOLUME_TYPE } from '../gateway-volumes';
import { lastOf } from '../stateful';

export function describeCachediSCSIVolumes(
  state: WorldState,
  caller: Caller,
  { VolumeARNs = [] }: DescribeCachediSCSIVolumesCommandInput,
): Omit<DescribeCachediSCSIVolumesCommandOutput, '$metadata'> {
  const found = VolumeARNs.map((arn) => findGatewayVolume(state, caller, arn));
  return {
    CachediSCSIVolumes: found.map(({ arn, declaration, sizeBytes, madeAt }) =>
      given({
        VolumeARN: arn,
        VolumeId: lastOf(arn),
        VolumeType: VOLUME_TYPE,
        VolumeStatus: declaration.state ?? 'AVAILABLE',
        VolumeSizeInBytes: sizeBytes,
        CreatedDate: dateOf(madeAt),
        KMSKey: declaration.encryptedWith,
      }),
    ),
  };
}
