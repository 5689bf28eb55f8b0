/**
 * UpdateFileSystem.
 *
 * Source   API of EFS 2015-02-01.
 */
import type { UpdateFileSystemCommandInput, UpdateFileSystemCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { fileSystemShape, findFileSystem } from '../file-systems';

export function updateFileSystem(
  state: WorldState,
  caller: Caller,
  { FileSystemId: id, ThroughputMode: throughputMode, ProvisionedThroughputInMibps }: UpdateFileSystemCommandInput,
): Omit<UpdateFileSystemCommandOutput, '$metadata'> {
  const found = findFileSystem(state, caller, id);
  const changed = given({ throughputMode, provisionedMibps: ProvisionedThroughputInMibps });
  state.ledger.particulars.fileSystems.change(found.arn, changed);
  return fileSystemShape(state, found);
}
