/**
 * DeleteRepositoryPolicy.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { DeleteRepositoryPolicyCommandInput, DeleteRepositoryPolicyCommandOutput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRepository } from '../find-repository';

export function deleteRepositoryPolicy(
  state: WorldState,
  caller: Caller,
  input: DeleteRepositoryPolicyCommandInput,
): Omit<DeleteRepositoryPolicyCommandOutput, '$metadata'> {
  const found = findRepository(state, caller, input);
  const { policy, env, name } = found;
  if (policy === undefined) {
    throw new AwsFault(
      'RepositoryPolicyNotFoundException',
      `Repository policy does not exist for the repository with name '${name}' in the registry with id '${env.account}'`,
    );
  }
  state.services.repositories.change(found, { policy: undefined });
  return { registryId: env.account, repositoryName: name, policyText: policy };
}
