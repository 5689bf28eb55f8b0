/**
 * RemoveUserFromGroup.
 *
 * Source   IAM API reference, RemoveUserFromGroup. Assumed: the text.
 */
import type { RemoveUserFromGroupCommandInput } from '@aws-sdk/client-iam';
import { identityChanged } from '../change-identity';
import { AwsFault } from '../fault';
import { findGroup, findUser } from '../find-identity';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

export function removeUserFromGroup(state: WorldState, caller: Caller, input: RemoveUserFromGroupCommandInput): void {
  const group = findGroup(state, caller, input.GroupName);
  const user = findUser(state, caller, input.UserName);
  if (!group.members.delete(user)) {
    throw new AwsFault('NoSuchEntityException', `User ${user.name} not in group ${group.name}`);
  }
  identityChanged(state, group, `without ${user.arn}`);
}
