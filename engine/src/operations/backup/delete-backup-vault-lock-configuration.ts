/**
 * DeleteBackupVaultLockConfiguration.
 *
 * Source   B7.4/1.
 */
import type { DeleteBackupVaultLockConfigurationInput } from '@aws-sdk/client-backup';
import { LOCK_DELETED } from '../../domain/event-codes';
import type { WorldState } from '../../domain/world-state';
import { NEVER } from '../../kernel/instant';
import type { Caller } from '../caller';
import { findVault } from '../find-vault';
import { refuseIfForEver } from './put-backup-vault-lock-configuration';

export function deleteBackupVaultLockConfiguration(
  state: WorldState,
  caller: Caller,
  input: DeleteBackupVaultLockConfigurationInput,
): void {
  const vault = findVault(state, caller, input.BackupVaultName);
  refuseIfForEver(state, vault);
  if (vault.lock !== undefined) {
    vault.lock = undefined;
    state.ledger.declare(LOCK_DELETED, vault.arn, vault.place, '', 0, NEVER);
    state.ledger.tell({ kind: 'vault', vault, state: 'MODIFIED' });
  }
}
