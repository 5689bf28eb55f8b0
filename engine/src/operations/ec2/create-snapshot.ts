/**
 * CreateSnapshot.
 *
 * Source   EC2 API reference. It is complete at once (Assumed), and no recovery point of AWS Backup.
 */
import type { CreateSnapshotCommandInput, CreateSnapshotCommandOutput } from '@aws-sdk/client-ec2';
import { generatedHex } from '../../domain/generated-ids';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSnapshot } from '../ec2-snapshots';
import { specifiedTags } from '../ec2-tags';
import { findVolume, likenessOf } from '../ec2-volumes';
import { environmentOf } from '../stateful';

export function createSnapshot(
  state: WorldState,
  caller: Caller,
  { VolumeId, Description: description = '', TagSpecifications }: CreateSnapshotCommandInput,
): Omit<CreateSnapshotCommandOutput, '$metadata'> {
  const volume = findVolume(state, caller, VolumeId);
  const env = environmentOf(caller);
  const count = state.ledger.particulars.nth(['snapshot', placeOf(env), volume.arn].join('\u0000'));
  const id = `snap-${generatedHex('snapshot', env, `${volume.arn}#${count}`, 17)}`;
  state.services.ec2.snapshots.put(env, id, {
    id,
    env,
    volumeId: VolumeId ?? '',
    sizeGiB: likenessOf(state, volume).sizeGiB,
    startedAt: state.now,
    description,
    encryptedWith: volume.declaration.encryptedWith,
    tags: specifiedTags(TagSpecifications, 'snapshot'),
  });
  return findSnapshot(state, caller, id).shape;
}
