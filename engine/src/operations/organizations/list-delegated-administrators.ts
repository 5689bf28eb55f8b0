/**
 * ListDelegatedAdministrators.
 *
 * Source   API reference of AWS Organizations, ListDelegatedAdministrators.
 */
import type {
  ListDelegatedAdministratorsCommandInput,
  ListDelegatedAdministratorsCommandOutput,
} from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAdministered } from '../find-organization';
import { pageOf } from '../page';
import { given } from '../backup/shapes';
import { showAccount } from '../show-organization';

export function listDelegatedAdministrators(
  state: WorldState,
  caller: Caller,
  input: ListDelegatedAdministratorsCommandInput,
): Omit<ListDelegatedAdministratorsCommandOutput, '$metadata'> {
  const organization = findAdministered(state, caller);
  const accounts = organization.accounts().filter((account) => {
    const services = organization.delegated.get(account.id);
    return (
      services !== undefined && services.size > 0 && services.has(input.ServicePrincipal ?? [...services][0] ?? '')
    );
  });
  const page = pageOf(accounts, input.MaxResults, input.NextToken, {
    service: 'organizations',
    operation: 'ListDelegatedAdministrators',
    keyOf: ({ id }) => id,
  });
  return given({ DelegatedAdministrators: page.items.map(showAccount), NextToken: page.nextToken });
}
