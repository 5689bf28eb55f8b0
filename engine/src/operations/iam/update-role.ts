/**
 * UpdateRole: description and session duration.
 *
 * Source   IAM API reference, UpdateRole.
 */
import type { UpdateRoleCommandInput, UpdateRoleCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { identityChanged } from '../change-identity';
import { findRole } from '../find-identity';

export function updateRole(
  state: WorldState,
  caller: Caller,
  input: UpdateRoleCommandInput,
): Omit<UpdateRoleCommandOutput, '$metadata'> {
  const role = findRole(state, caller, input.RoleName);
  role.description = input.Description ?? role.description;
  role.maxSessionSeconds = input.MaxSessionDuration ?? role.maxSessionSeconds;
  identityChanged(state, role, 'role');
  return {};
}
