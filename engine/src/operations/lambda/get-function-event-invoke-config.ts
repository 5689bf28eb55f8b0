/**
 * GetFunctionEventInvokeConfig.
 *
 * Source   API of Lambda 2015-03-31, GetFunctionEventInvokeConfig.
 */
import type {
  GetFunctionEventInvokeConfigCommandInput,
  GetFunctionEventInvokeConfigCommandOutput,
} from '@aws-sdk/client-lambda';
import { ASYNCHRONOUS } from '../../domain/functions';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { AwsFault } from '../fault';
import { findFunction } from '../find-function';

export function getFunctionEventInvokeConfig(
  state: WorldState,
  caller: Caller,
  input: GetFunctionEventInvokeConfigCommandInput,
): Omit<GetFunctionEventInvokeConfigCommandOutput, '$metadata'> {
  const standing = findFunction(state, caller, input.FunctionName);
  const { asynchronous } = standing;
  if (asynchronous === ASYNCHRONOUS) {
    const text = `The function ${standing.arn} doesn't have an EventInvokeConfig`;
    throw new AwsFault('ResourceNotFoundException', text);
  }
  const { retries, maximumAgeSeconds, ageIsGiven = false, onSuccessArn, onFailureArn } = asynchronous;
  return {
    FunctionArn: `${standing.arn}:$LATEST`,
    MaximumRetryAttempts: retries,
    // Assumed: what nobody gave is not shown; Terraform would want to take it away.
    MaximumEventAgeInSeconds: ageIsGiven ? maximumAgeSeconds : undefined,
    DestinationConfig: {
      OnSuccess: given({ Destination: onSuccessArn }),
      OnFailure: given({ Destination: onFailureArn }),
    },
  };
}
