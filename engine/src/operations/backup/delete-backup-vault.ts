/**
 * DeleteBackupVault.
 *
 * Source   B7.1/2 (only when empty), B7.4/5 (an empty locked vault goes too), B1.5 (ERROR_9101).
 * Assumed  A point that is CREATING counts: the vault lists it (B5.1).
 */
import type { DeleteBackupVaultInput } from '@aws-sdk/client-backup';
import { pointCountIn } from '../../domain/creating-points';
import { VAULT_DELETED } from '../../domain/event-codes';
import type { WorldState } from '../../domain/world-state';
import { NEVER } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findVault, required } from '../find-vault';

export function deleteBackupVault(state: WorldState, caller: Caller, input: DeleteBackupVaultInput): void {
  const access = state.access.tryFind(caller, required(input.BackupVaultName, 'BackupVaultName'));
  if (access !== undefined) {
    state.access.delete(access);
    return;
  }
  const vault = findVault(state, caller, input.BackupVaultName);
  if (pointCountIn(state.ledger, vault) > 0) {
    throw new AwsFault(
      'InvalidRequestException',
      'Backup vault cannot be deleted because it contains recovery points.',
      { code: 'ERROR_9101' },
    );
  }
  state.ledger.vaults.remove(vault);
  state.ledger.rosterVersion++;
  state.ledger.declare(VAULT_DELETED, vault.arn, vault.place, '', 0, NEVER);
  state.ledger.tell({ kind: 'vault', vault, state: 'DELETED' });
}
