/**
 * DescribeFileSystems.
 *
 * Source   API of EFS 2015-02-01: FileSystemNotFound.
 */
import type { DescribeFileSystemsCommandInput, DescribeFileSystemsCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { FILE_SYSTEM, fileSystemShape, findFileSystem } from '../file-systems';
import { pageOf } from '../page';
import { resourcesOf } from '../stateful';

export function describeFileSystems(
  state: WorldState,
  caller: Caller,
  { FileSystemId: id, CreationToken: token, MaxItems, Marker }: DescribeFileSystemsCommandInput,
): Omit<DescribeFileSystemsCommandOutput, '$metadata'> {
  const asked = id === undefined ? resourcesOf(state, caller, FILE_SYSTEM) : [findFileSystem(state, caller, id)];
  const shapes = asked.map((one) => fileSystemShape(state, one));
  const found = shapes.filter(({ CreationToken }) => token === undefined || CreationToken === token);
  const page = pageOf(found, MaxItems, Marker, {
    service: 'elasticfilesystem',
    operation: 'DescribeFileSystems',
    keyOf: ({ FileSystemId = '' }) => FileSystemId,
  });
  return given({ FileSystems: page.items, Marker, NextMarker: page.nextToken });
}
