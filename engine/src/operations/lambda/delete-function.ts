/**
 * DeleteFunction.
 *
 * Source   API of Lambda 2015-03-31, DeleteFunction.
 */
import type { DeleteFunctionCommandInput, DeleteFunctionCommandOutput } from '@aws-sdk/client-lambda';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFunction } from '../find-function';

export function deleteFunction(
  state: WorldState,
  caller: Caller,
  input: DeleteFunctionCommandInput,
): Omit<DeleteFunctionCommandOutput, '$metadata'> {
  state.services.messaging.functions.remove(findFunction(state, caller, input.FunctionName));
  return { StatusCode: 204 };
}
