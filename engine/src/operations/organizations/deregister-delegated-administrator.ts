/**
 * DeregisterDelegatedAdministrator.
 *
 * Source   API reference of AWS Organizations, DeregisterDelegatedAdministrator.
 */
import type { DeregisterDelegatedAdministratorCommandInput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { findAccount, findManaged } from '../find-organization';
import { organizationChanged } from '../organization-change';

export function deregisterDelegatedAdministrator(
  state: WorldState,
  caller: Caller,
  input: DeregisterDelegatedAdministratorCommandInput,
): void {
  const organization = findManaged(state, caller);
  const account = findAccount(organization, input.AccountId);
  const service = required(input.ServicePrincipal, 'ServicePrincipal');
  if (organization.delegated.get(account.id)?.delete(service) !== true) {
    throw new AwsFault('AccountNotRegisteredException', `${account.id} is not registered for ${service}.`);
  }
  organizationChanged(state, organization, account.id, `no longer administers ${service}`);
}
