/**
 * PutLifecyclePolicy. It is kept; there are no images that it could expire.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { PutLifecyclePolicyCommandInput, PutLifecyclePolicyCommandOutput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRepository } from '../find-repository';
import { jsonOf } from '../json-policy';

export function putLifecyclePolicy(
  state: WorldState,
  caller: Caller,
  input: PutLifecyclePolicyCommandInput,
): Omit<PutLifecyclePolicyCommandOutput, '$metadata'> {
  const found = findRepository(state, caller, input);
  const lifecyclePolicy = jsonOf(input.lifecyclePolicyText, 'LifecyclePolicyText');
  state.services.repositories.change(found, { lifecyclePolicy });
  return { registryId: found.env.account, repositoryName: found.name, lifecyclePolicyText: lifecyclePolicy };
}
