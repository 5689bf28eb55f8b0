/**
 * GetRepositoryPolicy.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { GetRepositoryPolicyCommandInput, GetRepositoryPolicyCommandOutput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRepository } from '../find-repository';

export function getRepositoryPolicy(
  state: WorldState,
  caller: Caller,
  input: GetRepositoryPolicyCommandInput,
): Omit<GetRepositoryPolicyCommandOutput, '$metadata'> {
  const found = findRepository(state, caller, input);
  const { policy, env, name } = found;
  if (policy === undefined) {
    throw new AwsFault(
      'RepositoryPolicyNotFoundException',
      `Repository policy does not exist for the repository with name '${name}' in the registry with id '${env.account}'`,
    );
  }
  return { registryId: env.account, repositoryName: name, policyText: policy };
}
