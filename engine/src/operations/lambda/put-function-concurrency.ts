/**
 * PutFunctionConcurrency. Assumed: it is shown, and holds nothing back, as functions run one after the other here.
 *
 * Source   API of Lambda 2015-03-31, PutFunctionConcurrency.
 */
import type { PutFunctionConcurrencyCommandInput, PutFunctionConcurrencyCommandOutput } from '@aws-sdk/client-lambda';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFunction } from '../find-function';
import { required } from '../find-vault';

export function putFunctionConcurrency(
  state: WorldState,
  caller: Caller,
  input: PutFunctionConcurrencyCommandInput,
): Omit<PutFunctionConcurrencyCommandOutput, '$metadata'> {
  const standing = findFunction(state, caller, input.FunctionName);
  standing.reservedConcurrency = required(input.ReservedConcurrentExecutions, 'ReservedConcurrentExecutions');
  return { ReservedConcurrentExecutions: standing.reservedConcurrency };
}
