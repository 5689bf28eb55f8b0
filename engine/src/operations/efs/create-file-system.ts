/**
 * CreateFileSystem.
 *
 * Source   API of EFS 2015-02-01: FileSystemAlreadyExists for a creation token that was used. Available at once (Assumed).
 */
import type { CreateFileSystemCommandInput, CreateFileSystemCommandOutput } from '@aws-sdk/client-efs';
import { ResourceKeys } from '@holdfast/model';
import { keyArnOf } from '../../domain/stateful-resources';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { backUpAutomatically, FILE_SYSTEM, fileSystemShape } from '../file-systems';
import { environmentOf, freshName, makeResource, resourcesOf, tagMap } from '../stateful';

export function createFileSystem(
  state: WorldState,
  caller: Caller,
  input: CreateFileSystemCommandInput,
): Omit<CreateFileSystemCommandOutput, '$metadata'> {
  const { fileSystems: kept } = state.ledger.particulars;
  const used = resourcesOf(state, caller, FILE_SYSTEM).find(
    ({ arn }) => kept.of(arn).creationToken === input.CreationToken,
  );
  if (input.CreationToken !== undefined && used !== undefined) {
    const text = `File system '${used.declaration.name}' already exists with creation token '${input.CreationToken}'`;
    throw new AwsFault('FileSystemAlreadyExists', text);
  }
  if (input.ThroughputMode === 'provisioned' && input.ProvisionedThroughputInMibps === undefined) {
    throw new AwsFault('BadRequest', 'ProvisionedThroughputInMibps is required for the throughput mode provisioned');
  }
  const tags = tagMap(input.Tags);
  const name = freshName(state, caller, 'efs', tags);
  const encrypted = input.Encrypted === true || input.KmsKeyId !== undefined;
  const key = input.KmsKeyId ?? ResourceKeys.managedKey('efs', encrypted);
  const encryptionKey = key === undefined ? undefined : keyArnOf(key, environmentOf(caller));
  const made = makeResource(state, caller, { service: 'efs', name, tags, encryptionKey });
  kept.put(
    made.arn,
    given({
      creationToken: input.CreationToken,
      performanceMode: input.PerformanceMode,
      throughputMode: input.ThroughputMode,
      provisionedMibps: input.ProvisionedThroughputInMibps,
      zone: input.AvailabilityZoneName,
    }),
  );
  // Source: CreateFileSystem: One Zone file systems are backed up automatically unless told otherwise.
  if (input.Backup ?? input.AvailabilityZoneName !== undefined) {
    return fileSystemShape(state, backUpAutomatically(state, made, true));
  }
  return fileSystemShape(state, made);
}
