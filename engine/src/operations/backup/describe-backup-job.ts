/**
 * DescribeBackupJob.
 *
 * Source   B1.3 BackupJob; counts of children are here alone, lists have none.
 * Gaps     BackupType (its values are not documented) and DeleteAfterEvent of the lifecycle are never there.
 */
import type { DescribeBackupJobInput, DescribeBackupJobOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import { findBackupJob, showBackupJob } from '../backup-job';
import type { Caller } from '../caller';
import { childCounts } from '../composite';

export function describeBackupJob(
  state: WorldState,
  caller: Caller,
  input: DescribeBackupJobInput,
): DescribeBackupJobOutput {
  const row = findBackupJob(state, caller, input.BackupJobId);
  return { ...showBackupJob(state, row), ...childCounts(state, row) };
}
