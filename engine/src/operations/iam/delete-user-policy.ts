/**
 * DeleteUserPolicy: an inline policy goes.
 *
 * Source   IAM API reference, DeleteUserPolicy.
 */
import type { DeleteUserPolicyCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { identityChanged } from '../change-identity';
import { findUser, inlinePolicy } from '../find-identity';

export function deleteUserPolicy(state: WorldState, caller: Caller, input: DeleteUserPolicyCommandInput): void {
  const user = findUser(state, caller, input.UserName);
  inlinePolicy(user, input.PolicyName);
  user.inline.delete(input.PolicyName ?? '');
  identityChanged(state, user, `without ${input.PolicyName}`);
}
