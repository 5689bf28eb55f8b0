/**
 * DeleteVolume.
 *
 * Source   API of FSx 2018-03-01: VolumeNotFound. Its recovery points stay (B5.2/8).
 */
import type { DeleteVolumeCommandInput, DeleteVolumeCommandOutput } from '@aws-sdk/client-fsx';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findOntapVolume } from '../fsx-volumes';

export function deleteVolume(
  state: WorldState,
  caller: Caller,
  { VolumeId: id = '' }: DeleteVolumeCommandInput,
): Omit<DeleteVolumeCommandOutput, '$metadata'> {
  state.removeResource(findOntapVolume(state, caller, id));
  return { VolumeId: id, Lifecycle: 'DELETING' };
}
