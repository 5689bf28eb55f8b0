/**
 * DescribeBackup.
 *
 * Source   API of DynamoDB 2012-08-10: BackupNotFoundException.
 */
import type { DescribeBackupCommandInput, DescribeBackupCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { backupDetails, sourceTable, tryFindOwnBackup } from '../table-backups';
import { backupShape, findTableBackup } from '../tables';

export function describeBackup(
  state: WorldState,
  caller: Caller,
  { BackupArn }: DescribeBackupCommandInput,
): Omit<DescribeBackupCommandOutput, '$metadata'> {
  const own = tryFindOwnBackup(state, caller, BackupArn);
  if (own !== undefined) {
    return { BackupDescription: { BackupDetails: backupDetails(own), SourceTableDetails: sourceTable(own) } };
  }
  return { BackupDescription: backupShape(state, findTableBackup(state, caller, BackupArn)) };
}
