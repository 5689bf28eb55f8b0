/**
 * GetLifecyclePolicy.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { GetLifecyclePolicyCommandInput, GetLifecyclePolicyCommandOutput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRepository } from '../find-repository';

export function getLifecyclePolicy(
  state: WorldState,
  caller: Caller,
  input: GetLifecyclePolicyCommandInput,
): Omit<GetLifecyclePolicyCommandOutput, '$metadata'> {
  const found = findRepository(state, caller, input);
  const { lifecyclePolicy, env, name } = found;
  if (lifecyclePolicy === undefined) {
    throw new AwsFault(
      'LifecyclePolicyNotFoundException',
      `Lifecycle policy does not exist for the repository with name '${name}' in the registry with id '${env.account}'`,
    );
  }
  return { registryId: env.account, repositoryName: name, lifecyclePolicyText: lifecyclePolicy };
}
