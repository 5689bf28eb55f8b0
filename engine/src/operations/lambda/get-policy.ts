/**
 * GetPolicy: what AddPermission allowed.
 *
 * Source   API of Lambda 2015-03-31, GetPolicy.
 */
import type { GetPolicyCommandInput, GetPolicyCommandOutput } from '@aws-sdk/client-lambda';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findFunction } from '../find-function';

export function getPolicy(
  state: WorldState,
  caller: Caller,
  input: GetPolicyCommandInput,
): Omit<GetPolicyCommandOutput, '$metadata'> {
  const { policy } = findFunction(state, caller, input.FunctionName);
  if (policy === undefined) {
    throw new AwsFault('ResourceNotFoundException', 'The resource you requested does not exist.');
  }
  return { Policy: policy };
}
