/**
 * DeleteMountTarget.
 *
 * Source   API of EFS 2015-02-01.
 */
import type { DeleteMountTargetCommandInput, DeleteMountTargetCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { fileSystemParticulars, findMountTarget } from '../file-systems';

export function deleteMountTarget(
  state: WorldState,
  caller: Caller,
  { MountTargetId }: DeleteMountTargetCommandInput,
): Omit<DeleteMountTargetCommandOutput, '$metadata'> {
  const { fileSystem, target } = findMountTarget(state, caller, MountTargetId);
  const mountTargets = fileSystemParticulars(state, fileSystem).mountTargets.filter((one) => one !== target);
  state.ledger.particulars.fileSystems.change(fileSystem.arn, { mountTargets });
  return {};
}
