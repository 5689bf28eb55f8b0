/**
 * GetLifecyclePolicy.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { GetLifecyclePolicyCommandInput, GetLifecyclePolicyCommandOutput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRepository, policyTextOf } from '../find-repository';

export function getLifecyclePolicy(
  state: WorldState,
  caller: Caller,
  input: GetLifecyclePolicyCommandInput,
): Omit<GetLifecyclePolicyCommandOutput, '$metadata'> {
  const found = findRepository(state, caller, input);
  const text = policyTextOf(found, 'lifecyclePolicy');
  return { registryId: found.env.account, repositoryName: found.name, lifecyclePolicyText: text };
}
