/**
 * DeleteRole: a role without policies, in no instance profile.
 *
 * Source   IAM API reference, DeleteRole; B4.3/6.
 */
import type { DeleteRoleCommandInput } from '@aws-sdk/client-iam';
import { ROLE_DELETED } from '../../domain/event-codes';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { logIdentity, refuseWithPolicies } from '../change-identity';
import { AwsFault } from '../fault';
import { findRole } from '../find-identity';
import { refuseServiceLinked } from '../service-linked-role';

export function deleteRole(state: WorldState, caller: Caller, input: DeleteRoleCommandInput): void {
  const role = findRole(state, caller, input.RoleName);
  refuseServiceLinked(role);
  refuseWithPolicies(role);
  if (state.services.instanceProfiles.list(caller).some((profile) => profile.role === role.name)) {
    throw new AwsFault(
      'DeleteConflictException',
      'Cannot delete entity, must remove roles from instance profile first.',
    );
  }
  state.ledger.roles.removeRole(role);
  logIdentity(state, ROLE_DELETED, role, '');
}
