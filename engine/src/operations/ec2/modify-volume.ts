/**
 * ModifyVolume.
 *
 * Source   EC2 API reference; EBS user guide: a volume never gets smaller. The change is complete at once (Assumed).
 */
import type { ModifyVolumeCommandInput, ModifyVolumeCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { modificationShape } from '../ec2-modifications';
import { findVolume, likenessOf, volumeLikeness } from '../ec2-volumes';
import { AwsFault } from '../fault';
import { changeResource } from '../stateful';

export function modifyVolume(
  state: WorldState,
  caller: Caller,
  { VolumeId: id, Size, VolumeType, Iops, Throughput, MultiAttachEnabled }: ModifyVolumeCommandInput,
): Omit<ModifyVolumeCommandOutput, '$metadata'> {
  const volume = findVolume(state, caller, id);
  const from = likenessOf(state, volume);
  const sizeGiB = Size ?? from.sizeGiB;
  if (sizeGiB < from.sizeGiB) {
    throw new AwsFault('InvalidParameterValue', `New size cannot be smaller than existing size (${from.sizeGiB} GiB)`);
  }
  const kept = VolumeType === undefined || VolumeType === from.volumeType ? from : undefined;
  const to = volumeLikeness({
    sizeGiB,
    volumeType: VolumeType ?? from.volumeType,
    iops: Iops ?? kept?.iops,
    throughput: Throughput ?? kept?.throughput,
  });
  changeResource(state, volume, { sizeGiB });
  const { volumeType, iops, throughput } = to;
  const multiAttach = MultiAttachEnabled ?? state.ledger.particulars.volumes.of(volume.arn).multiAttach ?? false;
  const modification = { at: state.now, from, to };
  state.ledger.particulars.volumes.change(volume.arn, { volumeType, iops, throughput, multiAttach, modification });
  return { VolumeModification: modificationShape(id ?? '', modification) };
}
