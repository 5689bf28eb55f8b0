/**
 * UpdateFunctionConfiguration: what is given takes the place of what was.
 *
 * Source   API of Lambda 2015-03-31, UpdateFunctionConfiguration.
 */
import type {
  UpdateFunctionConfigurationCommandInput,
  UpdateFunctionConfigurationCommandOutput,
} from '@aws-sdk/client-lambda';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFunction } from '../find-function';
import { functionConfiguration, functionSettings } from '../function-configuration';

export function updateFunctionConfiguration(
  state: WorldState,
  caller: Caller,
  input: UpdateFunctionConfigurationCommandInput,
): Omit<UpdateFunctionConfigurationCommandOutput, '$metadata'> {
  const standing = findFunction(state, caller, input.FunctionName);
  standing.settings = functionSettings(input, standing.settings);
  standing.changedAt = state.now;
  return functionConfiguration(standing);
}
