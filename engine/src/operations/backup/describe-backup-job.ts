/**
 * DescribeBackupJob.
 *
 * Source   B1.3 BackupJob. Parents and children come with composite points.
 */
import type { DescribeBackupJobInput, DescribeBackupJobOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import { findBackupJob, showBackupJob } from '../backup-job';
import type { Caller } from '../caller';

export function describeBackupJob(
  state: WorldState,
  caller: Caller,
  input: DescribeBackupJobInput,
): DescribeBackupJobOutput {
  return showBackupJob(state, findBackupJob(state, caller, input.BackupJobId));
}
