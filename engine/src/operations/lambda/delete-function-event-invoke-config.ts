/**
 * DeleteFunctionEventInvokeConfig.
 *
 * Source   API of Lambda 2015-03-31, DeleteFunctionEventInvokeConfig.
 */
import type { DeleteFunctionEventInvokeConfigCommandInput } from '@aws-sdk/client-lambda';
import { ASYNCHRONOUS } from '../../domain/functions';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFunction } from '../find-function';

export function deleteFunctionEventInvokeConfig(
  state: WorldState,
  caller: Caller,
  input: DeleteFunctionEventInvokeConfigCommandInput,
): void {
  findFunction(state, caller, input.FunctionName).asynchronous = ASYNCHRONOUS;
}
