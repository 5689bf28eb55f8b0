/**
 * DeleteBackupVaultAccessPolicy. A vault that has none stays as it is (Assumed).
 *
 * Source   B7.2/1.
 */
import type { DeleteBackupVaultAccessPolicyInput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findVault } from '../find-vault';

export function deleteBackupVaultAccessPolicy(
  state: WorldState,
  caller: Caller,
  input: DeleteBackupVaultAccessPolicyInput,
): void {
  findVault(state, caller, input.BackupVaultName).accessPolicy = undefined;
  state.ledger.policyVersion++;
}
