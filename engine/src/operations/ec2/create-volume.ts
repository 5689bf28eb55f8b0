/**
 * CreateVolume.
 *
 * Source   EC2 API reference. A volume is there at once (Assumed). The same call again after it was deleted does not find it (Assumed).
 */
import type { CreateVolumeCommandInput, CreateVolumeCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { checkZone } from '../ec2-network';
import { findSnapshot } from '../ec2-snapshots';
import { specifiedTags } from '../ec2-tags';
import { findVolume, volumeKey, volumeLikeness, volumeShape } from '../ec2-volumes';
import { AwsFault } from '../fault';
import { ec2Mismatch, madeOnce } from '../repeated-calls';
import { freshName, makeResource } from '../stateful';

export function createVolume(
  state: WorldState,
  caller: Caller,
  input: CreateVolumeCommandInput,
): Omit<CreateVolumeCommandOutput, '$metadata'> {
  const call = { operation: 'CreateVolume', token: input.ClientToken, input, mismatch: ec2Mismatch };
  const [id] = madeOnce(state, caller, call, () => [makeVolume(state, caller, input)]);
  return volumeShape(state, findVolume(state, caller, id));
}

/** The id of a volume that is there from now on. */
function makeVolume(state: WorldState, caller: Caller, input: CreateVolumeCommandInput): string {
  const { AvailabilityZone: zone, Size: size, SnapshotId: snapshotId } = input;
  if (zone === undefined) {
    throw new AwsFault('MissingParameter', 'The request must contain the parameter AvailabilityZone');
  }
  checkZone(caller, zone);
  const snapshot = snapshotId === undefined ? undefined : findSnapshot(state, caller, snapshotId).shape;
  if (snapshot !== undefined && snapshot.State !== 'completed') {
    // Assumed: the text.
    throw new AwsFault('IncorrectState', `Snapshot is in invalid state - ${snapshot.State ?? ''}`);
  }
  const sizeGiB = size ?? snapshot?.VolumeSize;
  if (sizeGiB === undefined) {
    throw new AwsFault('MissingParameter', 'The request must contain the parameter size/snapshot');
  }
  if (sizeGiB < (snapshot?.VolumeSize ?? 0)) {
    throw new AwsFault('InvalidParameterValue', `The volume is smaller than the snapshot '${snapshotId}'.`);
  }
  const likeness = volumeLikeness({
    sizeGiB,
    volumeType: input.VolumeType,
    iops: input.Iops,
    throughput: input.Throughput,
  });
  const tags = specifiedTags(input.TagSpecifications, 'volume');
  const name = freshName(state, caller, 'ebs', tags);
  const encrypted = input.Encrypted ?? snapshot?.Encrypted;
  const encryptionKey = volumeKey(caller, encrypted, input.KmsKeyId ?? snapshot?.KmsKeyId);
  const volume = makeResource(state, caller, { service: 'ebs', name, tags, sizeGiB, encryptionKey });
  const { volumeType, iops, throughput } = likeness;
  const multiAttach = input.MultiAttachEnabled ?? false;
  const made = { availabilityZone: zone, volumeType, iops, throughput, snapshotId, multiAttach };
  state.ledger.particulars.volumes.put(volume.arn, made);
  return name;
}
