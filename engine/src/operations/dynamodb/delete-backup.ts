/**
 * DeleteBackup.
 *
 * Source   API of DynamoDB 2012-08-10. Assumed: what AWS Backup made is deleted in AWS Backup alone, as in EC2; the text.
 */
import type { DeleteBackupCommandInput, DeleteBackupCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findTableBackup } from '../tables';

export function deleteBackup(
  state: WorldState,
  caller: Caller,
  { BackupArn }: DeleteBackupCommandInput,
): Omit<DeleteBackupCommandOutput, '$metadata'> {
  const { arn } = findTableBackup(state, caller, BackupArn);
  throw new AwsFault(
    'ValidationException',
    `Backup ${arn} is managed by AWS Backup and cannot be deleted via DynamoDB APIs.`,
  );
}
