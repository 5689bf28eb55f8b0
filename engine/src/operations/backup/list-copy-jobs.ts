/**
 * ListCopyJobs, newest first.
 *
 * Source   B1.3 CopyJob, B1.6 (filters), B11.7/3 (other accounts). Assumed: listed for 30 days, as backup jobs are (B4.1/11).
 * Gaps     DeleteAfterEvent of the lifecycle is never there: no copy is temporary.
 */
import type { CopyJob, ListCopyJobsInput, ListCopyJobsOutput } from '@aws-sdk/client-backup';
import { passesCategory } from '../../domain/message-categories';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { isCopyJob, showCopyJob } from '../copy-job';
import { askedAccounts } from '../job-accounts';
import { pageFrom, placeIn } from '../page';
import { given } from './shapes';

const LIST = { service: 'backup', operation: 'ListCopyJobs' };

export function listCopyJobs(state: WorldState, caller: Caller, input: ListCopyJobsInput): ListCopyJobsOutput {
  const page = pageFrom(jobsOf(state, caller, input), input.MaxResults, ([number]) => [number], LIST);
  return given({ CopyJobs: page.items.map(([, job]) => job), NextToken: page.nextToken });
}

/** Jobs that pass with their numbers, newest first, from where the page begins. */
function* jobsOf(
  state: WorldState,
  caller: Caller,
  input: ListCopyJobsInput,
): Generator<[number: number, job: CopyJob], undefined> {
  const { jobs } = state.ledger;
  const asked = askedAccounts(state, caller, input.ByAccountId);
  const [before] = placeIn(input.NextToken, 1, LIST) ?? [];
  for (const row of jobs.listed(state.now, before)) {
    const job = isCopyJob(state, row, caller.region, asked) ? showCopyJob(state, row) : undefined;
    if (job !== undefined && isAsked(job, input) && isThen(job, input)) {
      yield [jobs.numberOf(row), job];
    }
  }
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
