/**
 * DescribeFileSystems.
 *
 * Source   API of FSx 2018-03-01: FileSystemNotFound.
 */
import type { DescribeFileSystemsCommandInput, DescribeFileSystemsCommandOutput } from '@aws-sdk/client-fsx';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findFsx, FSX, fsxShape } from '../fsx-file-systems';
import { pageOf } from '../page';
import { resourcesOf } from '../stateful';

export function describeFileSystems(
  state: WorldState,
  caller: Caller,
  { FileSystemIds: ids = [], MaxResults, NextToken }: DescribeFileSystemsCommandInput,
): Omit<DescribeFileSystemsCommandOutput, '$metadata'> {
  const asked = ids.length > 0 ? ids.map((id) => findFsx(state, caller, id)) : resourcesOf(state, caller, FSX);
  const page = pageOf(asked, MaxResults, NextToken, {
    service: 'fsx',
    operation: 'DescribeFileSystems',
    keyOf: ({ arn }) => arn,
  });
  return given({ FileSystems: page.items.map((one) => fsxShape(state, one)), NextToken: page.nextToken });
}
