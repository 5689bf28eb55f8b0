/**
 * DeleteBackup.
 *
 * Source   API of FSx 2018-03-01: BackupNotFound; ../../domain/service-doors.ts: every backup here is one of AWS Backup.
 */
import type { DeleteBackupCommandInput, DeleteBackupCommandOutput } from '@aws-sdk/client-fsx';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { managedByBackup } from '../service-points';
import { findFsxBackup } from '../fsx-backups';

export function deleteBackup(
  state: WorldState,
  caller: Caller,
  { BackupId: id }: DeleteBackupCommandInput,
): Omit<DeleteBackupCommandOutput, '$metadata'> {
  findFsxBackup(state, caller, id);
  throw managedByBackup('fsx:DeleteBackup', id ?? '');
}
