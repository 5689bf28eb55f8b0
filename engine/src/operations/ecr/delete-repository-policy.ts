/**
 * DeleteRepositoryPolicy.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { DeleteRepositoryPolicyCommandInput, DeleteRepositoryPolicyCommandOutput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRepository, policyTextOf } from '../find-repository';

export function deleteRepositoryPolicy(
  state: WorldState,
  caller: Caller,
  input: DeleteRepositoryPolicyCommandInput,
): Omit<DeleteRepositoryPolicyCommandOutput, '$metadata'> {
  const found = findRepository(state, caller, input);
  const text = policyTextOf(found, 'policy');
  state.services.repositories.change(found, { policy: undefined });
  return { registryId: found.env.account, repositoryName: found.name, policyText: text };
}
