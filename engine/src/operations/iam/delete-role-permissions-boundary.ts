/**
 * DeleteRolePermissionsBoundary.
 *
 * Source   IAM API reference, DeleteRolePermissionsBoundary.
 */
import type { DeleteRolePermissionsBoundaryCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { identityChanged } from '../change-identity';
import { findRole } from '../find-identity';
import { AwsFault } from '../fault';

export function deleteRolePermissionsBoundary(
  state: WorldState,
  caller: Caller,
  input: DeleteRolePermissionsBoundaryCommandInput,
): void {
  const role = findRole(state, caller, input.RoleName);
  if (role.boundary === undefined) {
    // Assumed: the text.
    throw new AwsFault('NoSuchEntityException', `${role.name} does not have a permissions boundary.`);
  }
  role.boundary = undefined;
  identityChanged(state, role, 'without boundary');
}
