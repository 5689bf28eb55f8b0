/**
 * DeleteBackup.
 *
 * Source   API of DynamoDB 2012-08-10; ../../domain/service-doors.ts: those of AWS Backup are deleted there alone.
 */
import type { DeleteBackupCommandInput, DeleteBackupCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { managedByBackup } from '../service-points';
import { backupDetails, sourceTable, tryFindOwnBackup } from '../table-backups';
import { findTableBackup } from '../tables';

export function deleteBackup(
  state: WorldState,
  caller: Caller,
  { BackupArn }: DeleteBackupCommandInput,
): Omit<DeleteBackupCommandOutput, '$metadata'> {
  const own = tryFindOwnBackup(state, caller, BackupArn);
  if (own !== undefined) {
    state.tableItems.deleteBackup(own.arn);
    const BackupDetails = { ...backupDetails(own), BackupStatus: 'DELETED' as const };
    return { BackupDescription: { BackupDetails, SourceTableDetails: sourceTable(own) } };
  }
  const { arn } = findTableBackup(state, caller, BackupArn);
  throw managedByBackup('dynamodb:DeleteBackup', arn);
}
