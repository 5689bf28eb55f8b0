/**
 * ListVersionsByFunction: the unpublished one alone, as nothing is published here.
 *
 * Source   API of Lambda 2015-03-31, ListVersionsByFunction.
 */
import type { ListVersionsByFunctionCommandInput, ListVersionsByFunctionCommandOutput } from '@aws-sdk/client-lambda';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFunction } from '../find-function';
import { functionConfiguration } from '../function-configuration';

export function listVersionsByFunction(
  state: WorldState,
  caller: Caller,
  input: ListVersionsByFunctionCommandInput,
): Omit<ListVersionsByFunctionCommandOutput, '$metadata'> {
  return { Versions: [functionConfiguration(findFunction(state, caller, input.FunctionName))] };
}
