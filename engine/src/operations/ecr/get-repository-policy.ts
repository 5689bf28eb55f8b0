/**
 * GetRepositoryPolicy.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { GetRepositoryPolicyCommandInput, GetRepositoryPolicyCommandOutput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRepository, policyTextOf } from '../find-repository';

export function getRepositoryPolicy(
  state: WorldState,
  caller: Caller,
  input: GetRepositoryPolicyCommandInput,
): Omit<GetRepositoryPolicyCommandOutput, '$metadata'> {
  const found = findRepository(state, caller, input);
  const text = policyTextOf(found, 'policy');
  return { registryId: found.env.account, repositoryName: found.name, policyText: text };
}
