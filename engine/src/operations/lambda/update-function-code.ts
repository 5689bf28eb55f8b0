/**
 * UpdateFunctionCode: a zip, in the call or in a bucket.
 *
 * Source   API of Lambda 2015-03-31, UpdateFunctionCode.
 */
import type { UpdateFunctionCodeCommandInput, UpdateFunctionCodeCommandOutput } from '@aws-sdk/client-lambda';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import { withBucketCode } from '../bucket-code';
import type { Caller } from '../caller';
import { findFunction } from '../find-function';
import { functionCode, functionConfiguration, functionSettings, refuseVersions } from '../function-configuration';

export function updateFunctionCode(
  state: WorldState,
  caller: Caller,
  input: UpdateFunctionCodeCommandInput,
): Omit<UpdateFunctionCodeCommandOutput, '$metadata'> {
  const standing = findFunction(state, caller, input.FunctionName);
  refuseVersions(input.Publish);
  if (input.DryRun !== true) {
    const { Architectures } = input;
    const { Code } = withBucketCode(state, caller, { Code: input });
    const code = functionCode(Code);
    standing.settings = functionSettings(given({ Architectures }), { ...standing.settings, code });
    standing.changedAt = state.now;
  }
  return functionConfiguration(standing);
}
