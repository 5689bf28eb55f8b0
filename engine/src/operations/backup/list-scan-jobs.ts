/**
 * ListScanJobs, newest first.
 *
 * Source   API ListScanJobsInput (filters). Assumed: listed for 30 days, as backup jobs are (B4.1/11).
 * Gaps     ContinuousScanStartTime and ContinuousScanEndTime are never there: continuous backups are not scanned.
 */
import type { ListScanJobsInput, ListScanJobsOutput, ScanJob } from '@aws-sdk/client-backup';
import { BackupLimits } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import { DAY } from '../../kernel/instant';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { scanJobsOf, showScanJob } from '../scan-job';
import { given } from './shapes';

export function listScanJobs(state: WorldState, caller: Caller, input: ListScanJobsInput): ListScanJobsOutput {
  const since = state.now - BackupLimits.JOBS_LISTED_DAYS * DAY;
  const owner = { ...caller, account: input.ByAccountId ?? caller.account };
  const passing = scanJobsOf(state, owner)
    .filter(({ createdAt }) => createdAt >= since)
    .map((job) => showScanJob(state, job))
    .filter((job) => isAsked(job, input) && isThen(job, input));
  const page = pageOf(passing, input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListScanJobs',
    keyOf: ({ ScanJobId = '' }) => ScanJobId,
  });
  return given({ ScanJobs: page.items, NextToken: page.nextToken }) as ListScanJobsOutput;
}

function isAsked(job: ScanJob, input: ListScanJobsInput): boolean {
  const result = job.ScanResult?.ScanResultStatus;
  return (
    (input.ByBackupVaultName ?? job.BackupVaultName) === job.BackupVaultName &&
    (input.ByMalwareScanner ?? job.MalwareScanner) === job.MalwareScanner &&
    (input.ByRecoveryPointArn ?? job.RecoveryPointArn) === job.RecoveryPointArn &&
    (input.ByResourceArn ?? job.ResourceArn) === job.ResourceArn &&
    (input.ByResourceType ?? job.ResourceType) === job.ResourceType &&
    (input.ByScanResultStatus ?? result) === result &&
    (input.ByState ?? job.State) === job.State
  );
}

function isThen(job: ScanJob, { ByCompleteAfter, ByCompleteBefore }: ListScanJobsInput): boolean {
  const completedAt = job.CompletionDate?.getTime() ?? NaN;
  return (
    (ByCompleteAfter === undefined || completedAt > ByCompleteAfter.getTime()) &&
    (ByCompleteBefore === undefined || completedAt < ByCompleteBefore.getTime())
  );
}
