/**
 * ListGroupsForUser: those that a user is a member of.
 *
 * Source   IAM API reference, ListGroupsForUser.
 */
import type { ListGroupsForUserCommandInput, ListGroupsForUserCommandOutput } from '@aws-sdk/client-iam';
import { given } from '../backup/shapes';
import { pageOf } from '../page';
import { findUser } from '../find-identity';
import { showGroup } from '../show-identity';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

export function listGroupsForUser(
  state: WorldState,
  caller: Caller,
  input: ListGroupsForUserCommandInput,
): Omit<ListGroupsForUserCommandOutput, '$metadata'> {
  const groups = state.ledger.roles.groupsOf(findUser(state, caller, input.UserName));
  const page = pageOf(groups, input.MaxItems, input.Marker, {
    service: 'iam',
    operation: 'ListGroupsForUser',
    parent: input.UserName,
    keyOf: ({ arn }) => arn,
  });
  return given({
    Groups: page.items.map(showGroup),
    IsTruncated: page.nextToken !== undefined,
    Marker: page.nextToken,
  });
}
