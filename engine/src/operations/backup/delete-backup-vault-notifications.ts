/**
 * DeleteBackupVaultNotifications. A vault that has none stays as it is (Assumed).
 *
 * Source   B7.3.
 */
import type { DeleteBackupVaultNotificationsInput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findVault } from '../find-vault';

export function deleteBackupVaultNotifications(
  state: WorldState,
  caller: Caller,
  input: DeleteBackupVaultNotificationsInput,
): void {
  findVault(state, caller, input.BackupVaultName).notifications = undefined;
}
