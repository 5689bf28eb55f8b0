/**
 * DeleteFileSystemPolicy.
 *
 * Source   API of EFS 2015-02-01.
 */
import type { DeleteFileSystemPolicyCommandInput, DeleteFileSystemPolicyCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFileSystem } from '../file-systems';

export function deleteFileSystemPolicy(
  state: WorldState,
  caller: Caller,
  { FileSystemId: id }: DeleteFileSystemPolicyCommandInput,
): Omit<DeleteFileSystemPolicyCommandOutput, '$metadata'> {
  state.ledger.particulars.fileSystems.change(findFileSystem(state, caller, id).arn, { policy: undefined });
  return {};
}
