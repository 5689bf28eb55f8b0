/**
 * PutImageTagMutability.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { PutImageTagMutabilityCommandInput, PutImageTagMutabilityCommandOutput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRepository } from '../find-repository';

export function putImageTagMutability(
  state: WorldState,
  caller: Caller,
  input: PutImageTagMutabilityCommandInput,
): Omit<PutImageTagMutabilityCommandOutput, '$metadata'> {
  const found = findRepository(state, caller, input);
  const tagMutability = input.imageTagMutability ?? 'MUTABLE';
  state.services.repositories.change(found, { tagMutability });
  return { registryId: found.env.account, repositoryName: found.name, imageTagMutability: tagMutability };
}
