/**
 * GetParameters: those that are there, and the names of those that are not.
 *
 * Source   API of Systems Manager 2014-11-06.
 */
import type { GetParametersCommandInput, GetParametersCommandOutput } from '@aws-sdk/client-ssm';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { parameterShape, tryFindParameter } from '../find-parameter';

export function getParameters(
  state: WorldState,
  caller: Caller,
  input: GetParametersCommandInput,
): Omit<GetParametersCommandOutput, '$metadata'> {
  const found = (input.Names ?? []).map((name) => ({ name, found: tryFindParameter(state, caller, name) }));
  return {
    Parameters: found.flatMap((one) =>
      one.found === undefined ? [] : parameterShape(state, caller, one.found, input.WithDecryption === true),
    ),
    InvalidParameters: found.filter((one) => one.found === undefined).map(({ name }) => name),
  };
}
