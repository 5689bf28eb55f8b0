/**
 * DeleteServiceLinkedRole. Assumed: nothing of the service stands in the way, and the role is gone at once.
 *
 * Source   IAM API reference, DeleteServiceLinkedRole.
 */
import type { DeleteServiceLinkedRoleCommandInput, DeleteServiceLinkedRoleCommandOutput } from '@aws-sdk/client-iam';
import { ROLE_DELETED } from '../../domain/event-codes';
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
  state.ledger.roles.removeRole(role);
  logIdentity(state, ROLE_DELETED, role, '');
  return { DeletionTaskId: deletionTaskId(state, role) };
}
