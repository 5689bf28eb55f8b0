/**
 * SetRepositoryPolicy.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { SetRepositoryPolicyCommandInput, SetRepositoryPolicyCommandOutput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRepository } from '../find-repository';
import { jsonOf } from '../json-policy';

export function setRepositoryPolicy(
  state: WorldState,
  caller: Caller,
  input: SetRepositoryPolicyCommandInput,
): Omit<SetRepositoryPolicyCommandOutput, '$metadata'> {
  const found = findRepository(state, caller, input);
  const policy = jsonOf(input.policyText, 'PolicyText');
  state.services.repositories.change(found, { policy });
  return { registryId: found.env.account, repositoryName: found.name, policyText: policy };
}
