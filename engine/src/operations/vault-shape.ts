/**
 * What jobs and points say of the vault that they are in.
 *
 * Pure.
 * Source   B1.3, B1.4; API VaultLockState.
 */
import type { Vault } from '../domain/vaults';

export function vaultTypeOf({ made }: Vault): 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT' | 'BACKUP_VAULT' {
  return made.airGapped ? 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT' : 'BACKUP_VAULT';
}

/** As it is now. Assumed: in either mode, and before the date from which nobody removes the lock. */
export function vaultLockStateOf({ lock }: Vault): 'LOCKED' | 'UNLOCKED' {
  return lock === undefined ? 'UNLOCKED' : 'LOCKED';
}
