/**
 * DeleteFileSystem.
 *
 * Source   API of FSx 2018-03-01. Its recovery points stay (B5.2/8). Assumed: no last backup is made.
 */
import type { DeleteFileSystemCommandInput, DeleteFileSystemCommandOutput } from '@aws-sdk/client-fsx';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFsx } from '../fsx-file-systems';

export function deleteFileSystem(
  state: WorldState,
  caller: Caller,
  { FileSystemId: id = '' }: DeleteFileSystemCommandInput,
): Omit<DeleteFileSystemCommandOutput, '$metadata'> {
  state.removeResource(findFsx(state, caller, id));
  return { FileSystemId: id, Lifecycle: 'DELETING' };
}
