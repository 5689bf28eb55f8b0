/**
 * DeleteParameter.
 *
 * Source   API of Systems Manager 2014-11-06.
 */
import type { DeleteParameterCommandInput, DeleteParameterCommandOutput } from '@aws-sdk/client-ssm';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findParameter } from '../find-parameter';

export function deleteParameter(
  state: WorldState,
  caller: Caller,
  input: DeleteParameterCommandInput,
): Omit<DeleteParameterCommandOutput, '$metadata'> {
  const { parameter } = findParameter(state, caller, input.Name);
  state.services.parameters.remove(caller, parameter.name);
  return {};
}
