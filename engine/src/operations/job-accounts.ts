/**
 * Whose jobs a call may see: those of the caller, or of the organization that it watches over.
 *
 * Pure: reads the World.
 * Source   B11.7/3, B11.7/2. Assumed: an account that watches over nobody is denied the jobs of others, and `*` gives it
 *          its own; in a World without an organization every account may ask for every other.
 */
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { NO_VAULT_ACCESS } from './find-vault';

/** Whether the jobs of an account are to be listed. */
export type AskedAccounts = (account: string) => boolean;

/** What `ByAccountId` of the lists asks for. */
export function askedAccounts(state: WorldState, caller: Caller, byAccountId: string | undefined): AskedAccounts {
  if (byAccountId === '*') {
    return watchedAccounts(state, caller);
  }
  const wanted = byAccountId ?? caller.account;
  if (!watchedAccounts(state, caller)(wanted)) {
    throw new AwsFault('AccessDeniedException', NO_VAULT_ACCESS);
  }
  return (account) => account === wanted;
}

/** All that the caller may see. */
export function watchedAccounts(state: WorldState, caller: Caller): AskedAccounts {
  const { organizations } = state.ledger;
  const organization = organizations.of(caller);
  if (organizations.count > 0 && organization?.isAdministrator(caller.account) !== true) {
    return (account) => account === caller.account;
  }
  return (account) => organization === undefined || organization.tryFind(account)?.kind === 'ACCOUNT';
}
