/**
 * DeleteParameters: those that are there, and the names of those that are not.
 *
 * Source   API of Systems Manager 2014-11-06.
 */
import type { DeleteParametersCommandInput, DeleteParametersCommandOutput } from '@aws-sdk/client-ssm';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

export function deleteParameters(
  state: WorldState,
  caller: Caller,
  input: DeleteParametersCommandInput,
): Omit<DeleteParametersCommandOutput, '$metadata'> {
  const { parameters } = state.services;
  const gone = (input.Names ?? []).filter((name) => parameters.remove(caller, name));
  return {
    DeletedParameters: gone,
    InvalidParameters: (input.Names ?? []).filter((name) => !gone.includes(name)),
  };
}
