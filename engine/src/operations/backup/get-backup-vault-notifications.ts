/**
 * GetBackupVaultNotifications.
 *
 * Source   B7.3. Assumed: a vault that has none answers ResourceNotFoundException, and its text.
 */
import type {
  BackupVaultEvent,
  GetBackupVaultNotificationsInput,
  GetBackupVaultNotificationsOutput,
} from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findVaultToRead } from '../find-vault';

export function getBackupVaultNotifications(
  state: WorldState,
  caller: Caller,
  input: GetBackupVaultNotificationsInput,
): GetBackupVaultNotificationsOutput {
  const vault = findVaultToRead(state, caller, input.BackupVaultName);
  if (vault.notifications === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Backup vault ${vault.name} has no notifications.`);
  }
  return {
    BackupVaultName: vault.name,
    BackupVaultArn: vault.arn,
    SNSTopicArn: vault.notifications.snsTopicArn,
    BackupVaultEvents: [...vault.notifications.backupVaultEvents] as BackupVaultEvent[],
  };
}
