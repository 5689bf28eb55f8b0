/**
 * GetFunction. Assumed: where the code can be loaded from is not told.
 *
 * Source   API of Lambda 2015-03-31, GetFunction.
 */
import type { GetFunctionCommandInput, GetFunctionCommandOutput } from '@aws-sdk/client-lambda';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { findFunction } from '../find-function';
import { functionConfiguration } from '../function-configuration';

export function getFunction(
  state: WorldState,
  caller: Caller,
  input: GetFunctionCommandInput,
): Omit<GetFunctionCommandOutput, '$metadata'> {
  const standing = findFunction(state, caller, input.FunctionName, input.Qualifier);
  return given({
    Configuration: functionConfiguration(standing),
    Code: { RepositoryType: 'S3' },
    Tags: standing.tags.size === 0 ? undefined : Object.fromEntries(standing.tags),
    Concurrency:
      standing.reservedConcurrency === undefined
        ? undefined
        : { ReservedConcurrentExecutions: standing.reservedConcurrency },
  });
}
