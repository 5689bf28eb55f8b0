/**
 * DeleteGroup: one without members and policies.
 *
 * Source   IAM API reference, DeleteGroup. Assumed: the texts.
 */
import type { DeleteGroupCommandInput } from '@aws-sdk/client-iam';
import { GROUP_DELETED } from '../../domain/event-codes';
import { logIdentity, refuseWithPolicies } from '../change-identity';
import { AwsFault } from '../fault';
import { findGroup } from '../find-identity';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

export function deleteGroup(state: WorldState, caller: Caller, input: DeleteGroupCommandInput): void {
  const group = findGroup(state, caller, input.GroupName);
  refuseWithPolicies(group);
  if (group.members.size > 0) {
    throw new AwsFault('DeleteConflictException', 'Cannot delete entity, must remove users from group first.');
  }
  state.ledger.roles.removeGroup(group);
  logIdentity(state, GROUP_DELETED, group, '');
}
