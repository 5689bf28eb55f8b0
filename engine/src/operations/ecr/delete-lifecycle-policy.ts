/**
 * DeleteLifecyclePolicy.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { DeleteLifecyclePolicyCommandInput, DeleteLifecyclePolicyCommandOutput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRepository } from '../find-repository';

export function deleteLifecyclePolicy(
  state: WorldState,
  caller: Caller,
  input: DeleteLifecyclePolicyCommandInput,
): Omit<DeleteLifecyclePolicyCommandOutput, '$metadata'> {
  const found = findRepository(state, caller, input);
  const { lifecyclePolicy, env, name } = found;
  if (lifecyclePolicy === undefined) {
    throw new AwsFault(
      'LifecyclePolicyNotFoundException',
      `Lifecycle policy does not exist for the repository with name '${name}' in the registry with id '${env.account}'`,
    );
  }
  state.services.repositories.change(found, { lifecyclePolicy: undefined });
  return { registryId: env.account, repositoryName: name, lifecyclePolicyText: lifecyclePolicy };
}
