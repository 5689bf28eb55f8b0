/**
 * PutFunctionEventInvokeConfig.
 *
 * Source   API of Lambda 2015-03-31: 0 to 2 retries, 60 to 21600 seconds; what is left out is as it is for a new function.
 */
import type {
  PutFunctionEventInvokeConfigCommandInput,
  PutFunctionEventInvokeConfigCommandOutput,
} from '@aws-sdk/client-lambda';
import { ASYNCHRONOUS } from '../../domain/functions';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findFunction } from '../find-function';

export function putFunctionEventInvokeConfig(
  state: WorldState,
  caller: Caller,
  input: PutFunctionEventInvokeConfigCommandInput,
): Omit<PutFunctionEventInvokeConfigCommandOutput, '$metadata'> {
  const standing = findFunction(state, caller, input.FunctionName);
  const retries = input.MaximumRetryAttempts ?? ASYNCHRONOUS.retries;
  const maximumAgeSeconds = input.MaximumEventAgeInSeconds ?? ASYNCHRONOUS.maximumAgeSeconds;
  if (!(retries >= 0 && retries <= 2) || !(maximumAgeSeconds >= 60 && maximumAgeSeconds <= 21600)) {
    // Assumed: the text.
    const got = `${retries} retries within ${maximumAgeSeconds} seconds`;
    throw new AwsFault('InvalidParameterValueException', `0 to 2 retries within 60 to 21600 seconds, got ${got}`);
  }
  const { OnSuccess, OnFailure } = input.DestinationConfig ?? {};
  standing.asynchronous = {
    retries,
    maximumAgeSeconds,
    ageIsGiven: input.MaximumEventAgeInSeconds !== undefined,
    onSuccessArn: OnSuccess?.Destination,
    onFailureArn: OnFailure?.Destination,
  };
  return {
    FunctionArn: `${standing.arn}:$LATEST`,
    MaximumRetryAttempts: retries,
    MaximumEventAgeInSeconds: maximumAgeSeconds,
    DestinationConfig: input.DestinationConfig,
    LastModified: new Date(state.now),
  };
}
