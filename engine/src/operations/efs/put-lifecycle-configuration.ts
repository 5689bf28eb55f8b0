/**
 * PutLifecycleConfiguration.
 *
 * Source   API of EFS 2015-02-01.
 */
import type {
  PutLifecycleConfigurationCommandInput,
  PutLifecycleConfigurationCommandOutput,
} from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFileSystem } from '../file-systems';

export function putLifecycleConfiguration(
  state: WorldState,
  caller: Caller,
  { FileSystemId: id, LifecyclePolicies = [] }: PutLifecycleConfigurationCommandInput,
): Omit<PutLifecycleConfigurationCommandOutput, '$metadata'> {
  const { arn } = findFileSystem(state, caller, id);
  state.ledger.particulars.fileSystems.change(arn, { lifecyclePolicies: LifecyclePolicies });
  return { LifecyclePolicies };
}
