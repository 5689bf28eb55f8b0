/**
 * PutBackupVaultNotifications.
 *
 * Source   B7.3.
 */
import type { PutBackupVaultNotificationsInput } from '@aws-sdk/client-backup';
import { BackupVaultRules } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findVault, required } from '../find-vault';
import { refuse, WIRE } from '../refuse';

export function putBackupVaultNotifications(
  state: WorldState,
  caller: Caller,
  input: PutBackupVaultNotificationsInput,
): void {
  const vault = findVault(state, caller, input.BackupVaultName);
  const notifications = {
    snsTopicArn: required(input.SNSTopicArn, 'SNSTopicArn'),
    backupVaultEvents: required(input.BackupVaultEvents, 'BackupVaultEvents'),
  };
  refuse(BackupVaultRules.check({ backupVaultName: vault.name, env: vault.made.env, notifications }, '', WIRE));
  vault.notifications = notifications;
  state.services.notifications.listen();
}
