/**
 * DeleteRepository.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { DeleteRepositoryCommandInput, DeleteRepositoryCommandOutput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRepository, shownRepository } from '../find-repository';

export function deleteRepository(
  state: WorldState,
  caller: Caller,
  input: DeleteRepositoryCommandInput,
): Omit<DeleteRepositoryCommandOutput, '$metadata'> {
  const found = findRepository(state, caller, input);
  state.services.repositories.remove(found);
  return { repository: shownRepository(found) };
}
