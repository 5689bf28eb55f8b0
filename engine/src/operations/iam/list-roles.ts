/**
 * ListRoles of an account.
 *
 * Source   IAM API reference, ListRoles.
 */
import type { ListRolesCommandInput, ListRolesCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { pageOf } from '../page';
import { showRole } from '../show-identity';

export function listRoles(
  state: WorldState,
  caller: Caller,
  input: ListRolesCommandInput,
): Omit<ListRolesCommandOutput, '$metadata'> {
  const roles = state.ledger.roles.rolesOf(caller).filter((role) => role.path.startsWith(input.PathPrefix ?? '/'));
  const page = pageOf(roles, input.MaxItems, input.Marker, {
    service: 'iam',
    operation: 'ListRoles',
    keyOf: ({ id }) => id,
  });
  const IsTruncated = page.nextToken !== undefined;
  return given({ Roles: page.items.map(showRole), IsTruncated, Marker: page.nextToken });
}
