/**
 * ListUsers of an account.
 *
 * Source   IAM API reference, ListUsers.
 */
import type { ListUsersCommandInput, ListUsersCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { showUser } from '../show-identity';

export function listUsers(
  state: WorldState,
  caller: Caller,
  input: ListUsersCommandInput,
): Omit<ListUsersCommandOutput, '$metadata'> {
  const users = state.ledger.roles.usersOf(caller).filter((user) => user.path.startsWith(input.PathPrefix ?? '/'));
  const page = pageOf(users, input.MaxItems, input.Marker, {
    service: 'iam',
    operation: 'ListUsers',
    keyOf: ({ id }) => id,
  });
  return given({
    Users: page.items.map(showUser),
    IsTruncated: page.nextToken !== undefined,
    Marker: page.nextToken,
  });
}
