/**
 * RemoveAccountFromOrganization.
 *
 * Source   API reference of AWS Organizations, RemoveAccountFromOrganization.
 */
import type { RemoveAccountFromOrganizationCommandInput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAccount, findManaged } from '../find-organization';
import { removeAccount } from './leave-organization';

export function removeAccountFromOrganization(
  state: WorldState,
  caller: Caller,
  input: RemoveAccountFromOrganizationCommandInput,
): void {
  const organization = findManaged(state, caller);
  removeAccount(state, organization, findAccount(organization, input.AccountId).id);
}
