/**
 * GetFunctionCodeSigningConfig: none, as code is not signed here.
 *
 * Source   API of Lambda 2015-03-31, GetFunctionCodeSigningConfig.
 */
import type {
  GetFunctionCodeSigningConfigCommandInput,
  GetFunctionCodeSigningConfigCommandOutput,
} from '@aws-sdk/client-lambda';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFunction } from '../find-function';

export function getFunctionCodeSigningConfig(
  state: WorldState,
  caller: Caller,
  input: GetFunctionCodeSigningConfigCommandInput,
): Omit<GetFunctionCodeSigningConfigCommandOutput, '$metadata'> {
  return { CodeSigningConfigArn: '', FunctionName: findFunction(state, caller, input.FunctionName).name };
}
