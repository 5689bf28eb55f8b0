/**
 * GetPolicy.
 *
 * Source   IAM API reference, GetPolicy.
 */
import type { GetPolicyCommandInput, GetPolicyCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { readManagedPolicy } from '../find-identity';
import { showPolicy } from '../show-identity';

export function getPolicy(
  state: WorldState,
  caller: Caller,
  input: GetPolicyCommandInput,
): Omit<GetPolicyCommandOutput, '$metadata'> {
  const policy = readManagedPolicy(state, caller, input.PolicyArn);
  return { Policy: showPolicy(policy, state.ledger.roles.usersOfPolicy(policy.arn)) };
}
