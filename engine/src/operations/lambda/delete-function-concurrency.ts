/**
 * DeleteFunctionConcurrency.
 *
 * Source   API of Lambda 2015-03-31, DeleteFunctionConcurrency.
 */
import type { DeleteFunctionConcurrencyCommandInput } from '@aws-sdk/client-lambda';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFunction } from '../find-function';

export function deleteFunctionConcurrency(
  state: WorldState,
  caller: Caller,
  input: DeleteFunctionConcurrencyCommandInput,
): void {
  findFunction(state, caller, input.FunctionName).reservedConcurrency = undefined;
}
