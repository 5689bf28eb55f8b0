/**
 * DeleteRolePolicy: an inline policy goes.
 *
 * Source   IAM API reference, DeleteRolePolicy.
 */
import type { DeleteRolePolicyCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { identityChanged } from '../change-identity';
import { findRole, inlinePolicy } from '../find-identity';

export function deleteRolePolicy(state: WorldState, caller: Caller, input: DeleteRolePolicyCommandInput): void {
  const role = findRole(state, caller, input.RoleName);
  inlinePolicy(role, input.PolicyName);
  role.inline.delete(input.PolicyName ?? '');
  identityChanged(state, role, `without ${input.PolicyName}`);
}
