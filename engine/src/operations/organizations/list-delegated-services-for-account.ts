/**
 * ListDelegatedServicesForAccount.
 *
 * Source   API reference of AWS Organizations, ListDelegatedServicesForAccount.
 */
import type {
  ListDelegatedServicesForAccountCommandInput,
  ListDelegatedServicesForAccountCommandOutput,
} from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { AwsFault } from '../fault';
import { findAccount, findAdministered } from '../find-organization';
import { pageOf } from '../page';

export function listDelegatedServicesForAccount(
  state: WorldState,
  caller: Caller,
  input: ListDelegatedServicesForAccountCommandInput,
): Omit<ListDelegatedServicesForAccountCommandOutput, '$metadata'> {
  const organization = findAdministered(state, caller);
  const { id } = findAccount(organization, input.AccountId);
  const services = organization.delegated.get(id);
  if (services === undefined) {
    throw new AwsFault('AccountNotRegisteredException', `${id} is not a registered delegated administrator.`);
  }
  const page = pageOf([...services].sort(), input.MaxResults, input.NextToken, {
    service: 'organizations',
    operation: 'ListDelegatedServicesForAccount',
    parent: id,
    keyOf: (one) => one,
  });
  return given({
    DelegatedServices: page.items.map((ServicePrincipal) => ({ ServicePrincipal })),
    NextToken: page.nextToken,
  });
}
