/**
 * PutBackupVaultLockConfiguration.
 *
 * Source   B7.4/1, B7.4/3, B7.4/10.
 */
import type { PutBackupVaultLockConfigurationInput } from '@aws-sdk/client-backup';
import { VaultLock, VaultLockRules } from '@holdfast/model';
import { LOCK_PUT } from '../../domain/event-codes';
import { boundsOf, isChangeable, lockPut } from '../../domain/vault-lock';
import type { Vault } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findVault } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { given } from './shapes';

export function putBackupVaultLockConfiguration(
  state: WorldState,
  caller: Caller,
  input: PutBackupVaultLockConfigurationInput,
): void {
  const vault = findVault(state, caller, input.BackupVaultName);
  const vaultLock: VaultLock = given({
    minRetentionDays: input.MinRetentionDays,
    maxRetentionDays: input.MaxRetentionDays,
    changeableForDays: input.ChangeableForDays,
  }) as VaultLock;
  refuse(VaultLockRules.check(vaultLock, '', WIRE));
  refuseIfForEver(state, vault);
  vault.lock = lockPut(vaultLock, state.now);
  state.ledger.declare(LOCK_PUT, vault.arn, vault.place, boundsOf(vault.lock), 0, vault.lock.lockDate);
  state.ledger.tell({ kind: 'vault', vault, state: 'MODIFIED' });
}

/** Source B7.4/1: past LockDate nobody changes or removes the lock. Assumed: the text (B7.4/10). */
export function refuseIfForEver(state: WorldState, vault: Vault): void {
  if (vault.lock !== undefined && !isChangeable(vault.lock, state.now)) {
    throw new AwsFault('InvalidRequestException', 'Vault lock configuration cannot be changed after its lock date.');
  }
}
