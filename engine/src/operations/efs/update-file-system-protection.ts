/**
 * UpdateFileSystemProtection.
 *
 * Source   API of EFS 2015-02-01: protection from being overwritten by replication.
 */
import type {
  UpdateFileSystemProtectionCommandInput,
  UpdateFileSystemProtectionCommandOutput,
} from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { fileSystemShape, findFileSystem } from '../file-systems';

export function updateFileSystemProtection(
  state: WorldState,
  caller: Caller,
  { FileSystemId: id, ReplicationOverwriteProtection: overwriteProtection }: UpdateFileSystemProtectionCommandInput,
): Omit<UpdateFileSystemProtectionCommandOutput, '$metadata'> {
  const found = findFileSystem(state, caller, id);
  if (overwriteProtection !== undefined) {
    state.ledger.particulars.fileSystems.change(found.arn, { overwriteProtection });
  }
  return fileSystemShape(state, found).FileSystemProtection ?? {};
}
