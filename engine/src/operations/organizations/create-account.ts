/**
 * CreateAccount: a new account below the root, there at once.
 *
 * Source   API reference of AWS Organizations, CreateAccount. Assumed: no role is made in it, and nobody waits.
 */
import type { CreateAccountCommandInput, CreateAccountCommandOutput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { findManaged, organizationTags } from '../find-organization';
import { showCreation } from '../show-organization';
import { tagAll } from '../tag-map';
import { organizationChanged } from '../organization-change';
import { hex128 } from '../../kernel/ids';

/**
 * @param id the id by which an artifact refers to it already; made up unless given
 */
export function createAccount(
  state: WorldState,
  caller: Caller,
  input: CreateAccountCommandInput,
  id?: string,
): Omit<CreateAccountCommandOutput, '$metadata'> {
  const organization = findManaged(state, caller);
  const email = required(input.Email, 'Email');
  const name = required(input.AccountName, 'AccountName');
  const key = { kind: 'account', names: [organization.id, email] };
  const made = id ?? String(BigInt(`0x${hex128(state.seed, key)}`) % 1_000_000_000_000n).padStart(12, '0');
  if (organization.accounts().some((account) => account.email === email || account.id === made)) {
    throw new AwsFault('DuplicateAccountException', `An account of ${email} exists already.`);
  }
  const account = organization.addAccount(made, name, email, state.now);
  organizationChanged(state, organization, account.id, `account ${name}`);
  tagAll(organizationTags(organization, account.id), input.Tags);
  return { CreateAccountStatus: showCreation(account) };
}
