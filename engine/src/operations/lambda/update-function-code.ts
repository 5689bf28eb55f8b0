/**
 * UpdateFunctionCode: a zip.
 *
 * Source   API of Lambda 2015-03-31, UpdateFunctionCode.
 */
import type { UpdateFunctionCodeCommandInput, UpdateFunctionCodeCommandOutput } from '@aws-sdk/client-lambda';
import { functionCode, refuseVersions } from '../function-configuration';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { findFunction } from '../find-function';
import { functionConfiguration, functionSettings } from '../function-configuration';

export function updateFunctionCode(
  state: WorldState,
  caller: Caller,
  input: UpdateFunctionCodeCommandInput,
): Omit<UpdateFunctionCodeCommandOutput, '$metadata'> {
  const standing = findFunction(state, caller, input.FunctionName);
  refuseVersions(input.Publish);
  if (input.DryRun !== true) {
    const { Architectures } = input;
    const code = functionCode(input);
    standing.settings = functionSettings(given({ Architectures }), { ...standing.settings, code });
    standing.changedAt = state.now;
  }
  return functionConfiguration(standing);
}
