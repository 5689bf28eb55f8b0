/**
 * UpdateFileSystem.
 *
 * Source   API of FSx 2018-03-01: storage grows by at least a tenth. The change is complete at once (Assumed).
 */
import type { UpdateFileSystemCommandInput, UpdateFileSystemCommandOutput } from '@aws-sdk/client-fsx';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findFsx, fsxSettings, fsxShape, fsxWindows, joinSettings } from '../fsx-file-systems';
import { changeResource } from '../stateful';

const LEAST_PERCENT = 110;

export function updateFileSystem(
  state: WorldState,
  caller: Caller,
  input: UpdateFileSystemCommandInput,
): Omit<UpdateFileSystemCommandOutput, '$metadata'> {
  const found = findFsx(state, caller, input.FileSystemId);
  const { StorageCapacity: sizeGiB } = input;
  const least = Math.ceil(((found.declaration.sizeGiB ?? 0) * LEAST_PERCENT) / 100);
  if (sizeGiB !== undefined && sizeGiB < least) {
    throw new AwsFault('BadRequest', `StorageCapacity must be at least ${least}, got ${sizeGiB}`);
  }
  const { fsx } = state.ledger.particulars;
  fsx.put(found.arn, { settings: joinSettings(fsx.of(found.arn).settings, fsxSettings(input)) });
  return { FileSystem: fsxShape(state, changeResource(state, found, { ...fsxWindows(input), ...given({ sizeGiB }) })) };
}
