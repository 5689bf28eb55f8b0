/**
 * DeleteServiceLinkedRole: a task, which is over at once (Assumed). One of AWS Backup fails while something needs the role.
 *
 * Source   IAM API reference, DeleteServiceLinkedRole; linked-role-uses.ts. Assumed: nothing of other services stands in the way.
 */
import type { DeleteServiceLinkedRoleCommandInput, DeleteServiceLinkedRoleCommandOutput } from '@aws-sdk/client-iam';
import { ROLE_DELETED } from '../../domain/event-codes';
import { isLinkedService, linkedRoleUses } from '../../domain/linked-role-uses';
import { deletionTaskId, isServiceLinked } from '../service-linked-role';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { logIdentity } from '../change-identity';
import { AwsFault } from '../fault';
import { findRole } from '../find-identity';

export function deleteServiceLinkedRole(
  state: WorldState,
  caller: Caller,
  input: DeleteServiceLinkedRoleCommandInput,
): Omit<DeleteServiceLinkedRoleCommandOutput, '$metadata'> {
  const role = findRole(state, caller, input.RoleName);
  if (!isServiceLinked(role)) {
    throw new AwsFault('NoSuchEntityException', `The role with name ${role.name} cannot be found.`);
  }
  const DeletionTaskId = deletionTaskId(state, role);
  const [, , service = ''] = role.path.split('/');
  const uses = isLinkedService(service) ? linkedRoleUses(state, service, role.env) : [];
  if (uses.length > 0) {
    state.services.failedRoleDeletions.set(DeletionTaskId, uses);
    return { DeletionTaskId };
  }
  state.services.failedRoleDeletions.delete(DeletionTaskId);
  state.ledger.roles.removeRole(role);
  logIdentity(state, ROLE_DELETED, role, '');
  return { DeletionTaskId };
}
