/**
 * DescribeFileSystemPolicy.
 *
 * Source   API of EFS 2015-02-01: PolicyNotFound.
 */
import type { DescribeFileSystemPolicyCommandInput, DescribeFileSystemPolicyCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { fileSystemParticulars, findFileSystem } from '../file-systems';

export function describeFileSystemPolicy(
  state: WorldState,
  caller: Caller,
  { FileSystemId: id = '' }: DescribeFileSystemPolicyCommandInput,
): Omit<DescribeFileSystemPolicyCommandOutput, '$metadata'> {
  const { policy } = fileSystemParticulars(state, findFileSystem(state, caller, id));
  if (policy === undefined) {
    throw new AwsFault('PolicyNotFound', `No policy exists for file system '${id}'.`);
  }
  return { FileSystemId: id, Policy: policy };
}
