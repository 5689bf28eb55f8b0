/**
 * ListCopyJobs, newest first.
 *
 * Source   B1.3 CopyJob, B1.6 (filters), B11.7/3 (other accounts). Assumed: listed for 30 days, as backup jobs are (B4.1/11).
 */
import type { CopyJob, ListCopyJobsInput, ListCopyJobsOutput } from '@aws-sdk/client-backup';
import { BackupLimits } from '@holdfast/model';
import { passesCategory } from '../../domain/message-categories';
import type { WorldState } from '../../domain/world-state';
import { DAY } from '../../kernel/instant';
import type { Caller } from '../caller';
import { copyJobRows, showCopyJob } from '../copy-job';
import { askedAccounts } from '../job-accounts';
import { pageOf } from '../page';
import { given } from './shapes';

export function listCopyJobs(state: WorldState, caller: Caller, input: ListCopyJobsInput): ListCopyJobsOutput {
  const since = state.now - BackupLimits.JOBS_LISTED_DAYS * DAY;
  const asked = askedAccounts(state, caller, input.ByAccountId);
  const passing = copyJobRows(state, caller.region, asked)
    .map((row) => showCopyJob(state, row))
    .filter((job) => timeOf(job.CreationDate) >= since && isAsked(job, input) && isThen(job, input));
  const page = pageOf(passing, input.MaxResults, input.NextToken);
  return given({ CopyJobs: page.items, NextToken: page.nextToken });
}

function isAsked(job: CopyJob, input: ListCopyJobsInput): boolean {
  return (
    (input.ByResourceArn ?? job.ResourceArn) === job.ResourceArn &&
    (input.ByResourceType ?? job.ResourceType) === job.ResourceType &&
    (input.ByState ?? job.State) === job.State &&
    (input.ByDestinationVaultArn ?? job.DestinationBackupVaultArn) === job.DestinationBackupVaultArn &&
    (input.BySourceRecoveryPointArn ?? job.SourceRecoveryPointArn) === job.SourceRecoveryPointArn &&
    passesCategory(input.ByMessageCategory, job.MessageCategory) &&
    (input.ByParentJobId ?? job.ParentJobId) === job.ParentJobId
  );
}

function isThen(job: CopyJob, input: ListCopyJobsInput): boolean {
  const createdAt = timeOf(job.CreationDate);
  const completedAt = timeOf(job.CompletionDate);
  const completionAsked = input.ByCompleteAfter !== undefined || input.ByCompleteBefore !== undefined;
  return (
    createdAt > (input.ByCreatedAfter?.getTime() ?? -Infinity) &&
    createdAt < (input.ByCreatedBefore?.getTime() ?? Infinity) &&
    (!completionAsked ||
      (completedAt > (input.ByCompleteAfter?.getTime() ?? -Infinity) &&
        completedAt < (input.ByCompleteBefore?.getTime() ?? Infinity)))
  );
}

/** NaN, which is neither before nor after anything, for what has not happened. */
function timeOf(date: Date | undefined): number {
  return date?.getTime() ?? NaN;
}
