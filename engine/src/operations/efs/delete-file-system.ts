/**
 * DeleteFileSystem.
 *
 * Source   API of EFS 2015-02-01: FileSystemInUse while it has mount targets. Its recovery points stay (B5.2/8).
 */
import type { DeleteFileSystemCommandInput, DeleteFileSystemCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { fileSystemParticulars, findFileSystem } from '../file-systems';

export function deleteFileSystem(
  state: WorldState,
  caller: Caller,
  { FileSystemId: id }: DeleteFileSystemCommandInput,
): Omit<DeleteFileSystemCommandOutput, '$metadata'> {
  const found = findFileSystem(state, caller, id);
  const { mountTargets, accessPoints } = fileSystemParticulars(state, found);
  if (accessPoints.length > 0) {
    throw new AwsFault('FileSystemInUse', `File system '${id ?? ''}' has access points created in it.`);
  }
  if (mountTargets.length > 0) {
    throw new AwsFault('FileSystemInUse', `File system '${id ?? ''}' has mount targets created in it.`);
  }
  state.removeResource(found);
  return {};
}
