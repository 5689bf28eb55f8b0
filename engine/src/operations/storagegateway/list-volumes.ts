/**
 * ListVolumes.
 *
 * Source   API of Storage Gateway 2013-06-30: by ARN in ascending order, 100 to a page.
 */
import type { ListVolumesCommandInput, ListVolumesCommandOutput } from '@aws-sdk/client-storage-gateway';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { gatewayOf, gatewayVolumes, VOLUME_TYPE } from '../gateway-volumes';
import { pageOf } from '../page';
import { lastOf } from '../stateful';

const PAGE = 100;

export function listVolumes(
  state: WorldState,
  caller: Caller,
  { GatewayARN, Limit = PAGE, Marker }: ListVolumesCommandInput,
): Omit<ListVolumesCommandOutput, '$metadata'> {
  const found = gatewayVolumes(state, caller).filter(
    ({ arn }) => GatewayARN === undefined || gatewayOf(arn) === GatewayARN,
  );
  const page = pageOf(found, Limit, Marker, {
    service: 'storagegateway',
    operation: 'ListVolumes',
    parent: GatewayARN,
    keyOf: ({ arn }) => arn,
  });
  const VolumeInfos = page.items.map(({ arn, sizeBytes }) => ({
    VolumeARN: arn,
    VolumeId: lastOf(arn),
    GatewayARN: gatewayOf(arn),
    GatewayId: lastOf(gatewayOf(arn)),
    VolumeType: VOLUME_TYPE,
    VolumeSizeInBytes: sizeBytes,
  }));
  return given({ GatewayARN, VolumeInfos, Marker: page.nextToken });
}
