/**
 * AddUserToGroup.
 *
 * Source   IAM API reference, AddUserToGroup. IAM user guide, "IAM and AWS STS quotas": groups of a user.
 */
import type { AddUserToGroupCommandInput } from '@aws-sdk/client-iam';
import { identityChanged } from '../change-identity';
import { AwsFault } from '../fault';
import { findGroup, findUser } from '../find-identity';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

const GROUPS_OF_USER = 10;

export function addUserToGroup(state: WorldState, caller: Caller, input: AddUserToGroupCommandInput): void {
  const group = findGroup(state, caller, input.GroupName);
  const user = findUser(state, caller, input.UserName);
  if (group.members.has(user)) {
    return;
  }
  if (state.ledger.roles.groupsOf(user).length >= GROUPS_OF_USER) {
    throw new AwsFault('LimitExceededException', `Cannot exceed quota for GroupsPerUser: ${GROUPS_OF_USER}`);
  }
  group.members.add(user);
  identityChanged(state, group, `with ${user.arn}`);
}
