/**
 * ListAccountsForParent.
 *
 * Source   API reference of AWS Organizations, ListAccountsForParent.
 */
import type {
  ListAccountsForParentCommandInput,
  ListAccountsForParentCommandOutput,
} from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAdministered, findParent } from '../find-organization';
import { pageOf } from '../page';
import { given } from '../backup/shapes';
import { showAccount } from '../show-organization';

export function listAccountsForParent(
  state: WorldState,
  caller: Caller,
  input: ListAccountsForParentCommandInput,
): Omit<ListAccountsForParentCommandOutput, '$metadata'> {
  const parent = findParent(findAdministered(state, caller), input.ParentId);
  const accounts = parent.children.filter((child) => child.kind === 'ACCOUNT');
  const page = pageOf(accounts, input.MaxResults, input.NextToken, {
    service: 'organizations',
    operation: 'ListAccountsForParent',
    parent: parent.id,
    keyOf: ({ id }) => id,
  });
  return given({ Accounts: page.items.map(showAccount), NextToken: page.nextToken });
}
