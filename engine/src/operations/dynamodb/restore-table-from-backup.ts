/**
 * RestoreTableFromBackup.
 *
 * Source   API of DynamoDB 2012-08-10. Backups that AWS Backup made are restored by AWS Backup here.
 */
import type { RestoreTableFromBackupCommandInput, RestoreTableFromBackupCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { refuseMembers, REQUIRED } from '../item-input';
import { restoreTable, tryFindOwnBackup } from '../table-backups';
import { findTableBackup } from '../tables';

export function restoreTableFromBackup(
  state: WorldState,
  caller: Caller,
  input: RestoreTableFromBackupCommandInput,
): Omit<RestoreTableFromBackupCommandOutput, '$metadata'> {
  refuseMembers(input, { TargetTableName: { required: true, least: 3, most: 255 }, BackupArn: REQUIRED });
  const backup = tryFindOwnBackup(state, caller, input.BackupArn);
  if (backup === undefined) {
    const { arn } = findTableBackup(state, caller, input.BackupArn);
    throw new AwsFault(
      'NotEmulated',
      `dynamodb: RestoreTableFromBackup of ${arn}, which AWS Backup made, is not emulated`,
    );
  }
  return { TableDescription: restoreTable(state, caller, backup, input) };
}
