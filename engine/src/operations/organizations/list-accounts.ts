/**
 * ListAccounts.
 *
 * Source   API reference of AWS Organizations, ListAccounts.
 */
import type { ListAccountsCommandInput, ListAccountsCommandOutput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAdministered } from '../find-organization';
import { pageOf } from '../page';
import { given } from '../backup/shapes';
import { showAccount } from '../show-organization';

export function listAccounts(
  state: WorldState,
  caller: Caller,
  input: ListAccountsCommandInput,
): Omit<ListAccountsCommandOutput, '$metadata'> {
  const page = pageOf(findAdministered(state, caller).accounts(), input.MaxResults, input.NextToken, {
    service: 'organizations',
    operation: 'ListAccounts',
    keyOf: ({ id }) => id,
  });
  return given({ Accounts: page.items.map(showAccount), NextToken: page.nextToken });
}
