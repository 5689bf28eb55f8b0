/**
 * DeleteBackup.
 *
 * Source   API of DynamoDB 2012-08-10; ../../domain/service-doors.ts: every backup here is one of AWS Backup.
 */
import type { DeleteBackupCommandInput, DeleteBackupCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { managedByBackup } from '../service-points';
import { findTableBackup } from '../tables';

export function deleteBackup(
  state: WorldState,
  caller: Caller,
  { BackupArn }: DeleteBackupCommandInput,
): Omit<DeleteBackupCommandOutput, '$metadata'> {
  const { arn } = findTableBackup(state, caller, BackupArn);
  throw managedByBackup('dynamodb:DeleteBackup', arn);
}
