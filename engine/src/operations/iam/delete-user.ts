/**
 * DeleteUser: one without policies, access keys and groups.
 *
 * Source   IAM API reference, DeleteUser.
 */
import type { DeleteUserCommandInput } from '@aws-sdk/client-iam';
import { USER_DELETED } from '../../domain/event-codes';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { logIdentity, refuseWithPolicies } from '../change-identity';
import { AwsFault } from '../fault';
import { findUser } from '../find-identity';

export function deleteUser(state: WorldState, caller: Caller, input: DeleteUserCommandInput): void {
  const user = findUser(state, caller, input.UserName);
  refuseWithPolicies(user);
  if (state.services.credentials.keysOf(user).length > 0) {
    throw new AwsFault('DeleteConflictException', 'Cannot delete entity, must delete access keys first.');
  }
  if (state.ledger.roles.groupsOf(user).length > 0) {
    throw new AwsFault('DeleteConflictException', 'Cannot delete entity, must remove user from group first.');
  }
  state.ledger.roles.removeUser(user);
  logIdentity(state, USER_DELETED, user, '');
}
