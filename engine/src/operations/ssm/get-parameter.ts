/**
 * GetParameter: the newest version, or the one that is asked for.
 *
 * Source   API of Systems Manager 2014-11-06.
 */
import type { GetParameterCommandInput, GetParameterCommandOutput } from '@aws-sdk/client-ssm';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findParameter, parameterShape } from '../find-parameter';

export function getParameter(
  state: WorldState,
  caller: Caller,
  input: GetParameterCommandInput,
): Omit<GetParameterCommandOutput, '$metadata'> {
  const found = findParameter(state, caller, input.Name);
  return { Parameter: parameterShape(state, caller, found, input.WithDecryption === true) };
}
