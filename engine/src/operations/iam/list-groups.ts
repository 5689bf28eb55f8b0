/**
 * ListGroups of an account.
 *
 * Source   IAM API reference, ListGroups.
 */
import type { ListGroupsCommandInput, ListGroupsCommandOutput } from '@aws-sdk/client-iam';
import { given } from '../backup/shapes';
import { pageOf } from '../page';
import { showGroup } from '../show-identity';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

export function listGroups(
  state: WorldState,
  caller: Caller,
  input: ListGroupsCommandInput,
): Omit<ListGroupsCommandOutput, '$metadata'> {
  const groups = state.ledger.roles.groupsIn(caller).filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'));
  const page = pageOf(groups, input.MaxItems, input.Marker, {
    service: 'iam',
    operation: 'ListGroups',
    keyOf: ({ arn }) => arn,
  });
  return given({
    Groups: page.items.map(showGroup),
    IsTruncated: page.nextToken !== undefined,
    Marker: page.nextToken,
  });
}
