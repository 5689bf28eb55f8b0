/**
 * The vault that a call names.
 *
 * Pure: reads the World.
 * Source   B1.5: reads of a missing vault answer AccessDeniedException.
 */
import type { Vault } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';

/** What AWS says where a vault is not the caller's to see or to make (Source B1.5). */
export const NO_VAULT_ACCESS = 'Insufficient privileges to perform this action.';

/** For calls that read: what AWS says of a vault that is not there, or not the caller's to see. */
export function findVaultToRead(state: WorldState, caller: Caller, name: string | undefined): Vault {
  const vault = state.ledger.vaults.tryFind(caller, required(name, 'BackupVaultName'));
  if (vault === undefined) {
    throw new AwsFault('AccessDeniedException', NO_VAULT_ACCESS);
  }
  return vault;
}

/**
 * For calls that look into a vault: the caller's own, one that another account shares with it, or the source of a
 * restore access vault.
 *
 * Source   B7.5/5, B7.5/8, B7.5/9. Assumed: points are shown as those of the source.
 * @param owner account that the vault belongs to; the caller's unless given
 */
export function findVaultOfPoints(
  state: WorldState,
  caller: Caller,
  name: string | undefined,
  owner: string | undefined,
): Vault {
  if (owner !== undefined && owner !== caller.account) {
    const vault = findVaultToRead(state, { ...caller, account: owner }, name);
    if (!state.shares.with(caller).includes(vault)) {
      throw new AwsFault('AccessDeniedException', NO_VAULT_ACCESS);
    }
    return vault;
  }
  const access = state.access.tryFind(caller, required(name, 'BackupVaultName'));
  if (access === undefined) {
    return findVaultToRead(state, caller, name);
  }
  if (access.state !== 'AVAILABLE' || access.made.source.deleted) {
    // Assumed: the text.
    throw new AwsFault('InvalidRequestException', `Restore access backup vault ${name} is not available.`);
  }
  return access.made.source;
}

/** The caller's own vaults, and those of others that it may restore from (Source B7.5/5, B7.5/8). */
export function vaultsToRestoreFrom(state: WorldState, caller: Caller): Vault[] {
  const own = state.ledger.vaults.at(caller);
  const opened = state.access
    .at(caller)
    .filter((access) => access.state === 'AVAILABLE' && !access.made.source.deleted);
  return [...own, ...state.shares.with(caller), ...opened.map(({ made }) => made.source)];
}

/** For calls that change. Assumed: the text. */
export function findVault(state: WorldState, caller: Caller, name: string | undefined): Vault {
  const vault = state.ledger.vaults.tryFind(caller, required(name, 'BackupVaultName'));
  if (vault === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Backup vault ${name} does not exist.`);
  }
  return vault;
}

/** A member that the API marks as required. Assumed: the text. */
export function required<T>(value: T | undefined, member: string): T {
  if (value === undefined || value === '') {
    throw new AwsFault('MissingParameterValueException', `${member} is required.`);
  }
  return value;
}
