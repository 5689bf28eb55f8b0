/**
 * DeleteLifecyclePolicy.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { DeleteLifecyclePolicyCommandInput, DeleteLifecyclePolicyCommandOutput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRepository, policyTextOf } from '../find-repository';

export function deleteLifecyclePolicy(
  state: WorldState,
  caller: Caller,
  input: DeleteLifecyclePolicyCommandInput,
): Omit<DeleteLifecyclePolicyCommandOutput, '$metadata'> {
  const found = findRepository(state, caller, input);
  const text = policyTextOf(found, 'lifecyclePolicy');
  state.services.repositories.change(found, { lifecyclePolicy: undefined });
  return { registryId: found.env.account, repositoryName: found.name, lifecyclePolicyText: text };
}
