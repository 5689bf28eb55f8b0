/**
 * PutRolePermissionsBoundary.
 *
 * Source   IAM API reference, PutRolePermissionsBoundary.
 */
import type { PutRolePermissionsBoundaryCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { identityChanged } from '../change-identity';
import { findRole } from '../find-identity';
import { required } from '../find-vault';

export function putRolePermissionsBoundary(
  state: WorldState,
  caller: Caller,
  input: PutRolePermissionsBoundaryCommandInput,
): void {
  const role = findRole(state, caller, input.RoleName);
  role.boundary = required(input.PermissionsBoundary, 'PermissionsBoundary');
  identityChanged(state, role, `boundary ${role.boundary}`);
}
