/**
 * UpdateRoleDescription.
 *
 * Source   IAM API reference, UpdateRoleDescription.
 */
import type { UpdateRoleDescriptionCommandInput, UpdateRoleDescriptionCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { identityChanged } from '../change-identity';
import { findRole } from '../find-identity';
import { showRole } from '../show-identity';

export function updateRoleDescription(
  state: WorldState,
  caller: Caller,
  input: UpdateRoleDescriptionCommandInput,
): Omit<UpdateRoleDescriptionCommandOutput, '$metadata'> {
  const role = findRole(state, caller, input.RoleName);
  role.description = input.Description ?? '';
  identityChanged(state, role, 'description');
  return { Role: showRole(role) };
}
