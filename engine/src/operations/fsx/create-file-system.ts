/**
 * CreateFileSystem.
 *
 * Source   API of FSx 2018-03-01. A file system is available at once (Assumed). ONTAP, whose volumes are what is backed up, is not
 *          made here.
 */
import type { CreateFileSystemCommandInput, CreateFileSystemCommandOutput } from '@aws-sdk/client-fsx';
import { ResourceKeys } from '@holdfast/model';
import { keyArnOf } from '../../domain/stateful-resources';
import type { WorldState } from '../../domain/world-state';
import { own } from '../../kernel/own';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findFsx, FSX_SERVICES, fsxSettings, fsxShape, fsxWindows } from '../fsx-file-systems';
import { madeOnce } from '../repeated-calls';
import { environmentOf, freshName, makeResource, tagMap } from '../stateful';

export function createFileSystem(
  state: WorldState,
  caller: Caller,
  input: CreateFileSystemCommandInput,
): Omit<CreateFileSystemCommandOutput, '$metadata'> {
  const call = { operation: 'fsx:CreateFileSystem', token: input.ClientRequestToken, input, mismatch };
  const [id] = madeOnce(state, caller, call, () => [makeFileSystem(state, caller, input)]);
  return { FileSystem: fsxShape(state, findFsx(state, caller, id)) };
}

/** Source: API of FSx, IncompatibleParameterError. Assumed: the text; which parameter it is is not said. */
function mismatch(): AwsFault {
  const why = 'A file system was made with the same client request token and other parameters.';
  return new AwsFault('IncompatibleParameterError', why, { members: { Parameter: 'ClientRequestToken' } });
}

/** The id of a file system that is there from now on. */
function makeFileSystem(state: WorldState, caller: Caller, input: CreateFileSystemCommandInput): string {
  const service = own(FSX_SERVICES, input.FileSystemType ?? '');
  if (service === undefined) {
    throw new AwsFault('NotEmulated', `fsx: FileSystemType ${input.FileSystemType ?? ''} is not emulated`);
  }
  if (input.StorageCapacity === undefined || !(input.StorageCapacity > 0)) {
    // Assumed: the text. What is least for each type is not checked.
    throw new AwsFault('BadRequest', `StorageCapacity must be given and above 0, got ${input.StorageCapacity}`);
  }
  if (input.FileSystemType === 'WINDOWS' && input.WindowsConfiguration === undefined) {
    throw new AwsFault('MissingFileSystemConfiguration', 'WindowsConfiguration is required for the type WINDOWS');
  }
  const tags = tagMap(input.Tags);
  const key = input.KmsKeyId ?? ResourceKeys.managedKey(service, true);
  const name = freshName(state, caller, service, tags);
  const made = makeResource(state, caller, {
    service,
    name,
    tags,
    sizeGiB: input.StorageCapacity,
    encryptionKey: key === undefined ? undefined : keyArnOf(key, environmentOf(caller)),
    state: 'available',
    windows: fsxWindows(input),
  });
  state.ledger.particulars.fsx.put(made.arn, { settings: fsxSettings(input) });
  return name;
}
