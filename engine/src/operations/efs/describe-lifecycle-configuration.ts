/**
 * DescribeLifecycleConfiguration.
 *
 * Source   API of EFS 2015-02-01.
 */
import type {
  DescribeLifecycleConfigurationCommandInput,
  DescribeLifecycleConfigurationCommandOutput,
  LifecyclePolicy,
} from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { fileSystemParticulars, findFileSystem } from '../file-systems';

export function describeLifecycleConfiguration(
  state: WorldState,
  caller: Caller,
  { FileSystemId: id }: DescribeLifecycleConfigurationCommandInput,
): Omit<DescribeLifecycleConfigurationCommandOutput, '$metadata'> {
  const { lifecyclePolicies } = fileSystemParticulars(state, findFileSystem(state, caller, id));
  return { LifecyclePolicies: lifecyclePolicies as LifecyclePolicy[] };
}
