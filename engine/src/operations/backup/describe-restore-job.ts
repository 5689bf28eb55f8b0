/**
 * DescribeRestoreJob.
 *
 * Source   B8/6.
 */
import type { DescribeRestoreJobInput, DescribeRestoreJobOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRestoreJob, showRestoreJob } from '../find-restore-job';

export function describeRestoreJob(
  state: WorldState,
  caller: Caller,
  input: DescribeRestoreJobInput,
): DescribeRestoreJobOutput {
  return showRestoreJob(findRestoreJob(state, caller, input.RestoreJobId));
}
