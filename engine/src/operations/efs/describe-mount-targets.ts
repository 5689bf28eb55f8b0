/**
 * DescribeMountTargets.
 *
 * Source   API of EFS 2015-02-01: MountTargetNotFound.
 */
import type { DescribeMountTargetsCommandInput, DescribeMountTargetsCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { fileSystemParticulars, findFileSystem, findMountTarget, mountTargetShape } from '../file-systems';

export function describeMountTargets(
  state: WorldState,
  caller: Caller,
  { FileSystemId, MountTargetId }: DescribeMountTargetsCommandInput,
): Omit<DescribeMountTargetsCommandOutput, '$metadata'> {
  if (MountTargetId !== undefined) {
    const { fileSystem, target } = findMountTarget(state, caller, MountTargetId);
    return { MountTargets: [mountTargetShape(state, caller, fileSystem, target)] };
  }
  const found = findFileSystem(state, caller, FileSystemId);
  const { mountTargets } = fileSystemParticulars(state, found);
  return { MountTargets: mountTargets.map((target) => mountTargetShape(state, caller, found, target)) };
}
