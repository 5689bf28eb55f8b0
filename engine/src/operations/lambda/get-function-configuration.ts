/**
 * GetFunctionConfiguration.
 *
 * Source   API of Lambda 2015-03-31, GetFunctionConfiguration.
 */
import type {
  GetFunctionConfigurationCommandInput,
  GetFunctionConfigurationCommandOutput,
} from '@aws-sdk/client-lambda';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFunction } from '../find-function';
import { functionConfiguration } from '../function-configuration';

export function getFunctionConfiguration(
  state: WorldState,
  caller: Caller,
  input: GetFunctionConfigurationCommandInput,
): Omit<GetFunctionConfigurationCommandOutput, '$metadata'> {
  return functionConfiguration(findFunction(state, caller, input.FunctionName, input.Qualifier));
}
