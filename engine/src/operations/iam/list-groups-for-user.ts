/**
 * ListGroupsForUser: none, as a World has no groups.
 *
 * Source   IAM API reference, ListGroupsForUser.
 */
import type { ListGroupsForUserCommandInput, ListGroupsForUserCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findUser } from '../find-identity';

export function listGroupsForUser(
  state: WorldState,
  caller: Caller,
  input: ListGroupsForUserCommandInput,
): Omit<ListGroupsForUserCommandOutput, '$metadata'> {
  findUser(state, caller, input.UserName);
  return { Groups: [], IsTruncated: false };
}
