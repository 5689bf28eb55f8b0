/**
 * DeleteBackup.
 *
 * Source   API of FSx 2018-03-01: BackupNotFound. Assumed: what AWS Backup made is deleted in AWS Backup alone, as in EC2; the text.
 */
import type { DeleteBackupCommandInput, DeleteBackupCommandOutput } from '@aws-sdk/client-fsx';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findFsxBackup } from '../fsx-backups';

export function deleteBackup(
  state: WorldState,
  caller: Caller,
  { BackupId: id }: DeleteBackupCommandInput,
): Omit<DeleteBackupCommandOutput, '$metadata'> {
  findFsxBackup(state, caller, id);
  throw new AwsFault('BadRequest', `Backup ${id ?? ''} is managed by AWS Backup and cannot be deleted via FSx APIs.`);
}
