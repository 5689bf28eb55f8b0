/**
 * ListBackupJobs, newest first.
 *
 * Source   B1.3 BackupJob, B1.6 (filters), B4.1/11 (30 days), B11.7/3 (other accounts).
 * Gaps     BackupType (its values are not documented) and DeleteAfterEvent of the lifecycle are never there.
 */
import type { ListBackupJobsInput, ListBackupJobsOutput } from '@aws-sdk/client-backup';
import { BACKUP } from '../../domain/jobs';
import { messageCategory, passesCategory } from '../../domain/message-categories';
import { jobView } from '../../domain/show';
import { JOB_STATES } from '../../domain/event-codes';
import { shownState } from '../../domain/job-stages';
import type { JobView } from '../../domain/views';
import type { WorldState } from '../../domain/world-state';
import { byteAt, floatAt, intAt } from '../../kernel/columns';
import { showBackupJob } from '../backup-job';
import type { Caller } from '../caller';
import { jobKinship } from '../composite';
import { askedAccounts } from '../job-accounts';
import { pageFrom, placeIn } from '../page';
import { given } from './shapes';

const LIST = { service: 'backup', operation: 'ListBackupJobs' };

export function listBackupJobs(state: WorldState, caller: Caller, input: ListBackupJobsInput): ListBackupJobsOutput {
  const { jobs } = state.ledger;
  const page = pageFrom(rowsOf(state, caller, input), input.MaxResults, (row) => [jobs.numberOf(row)], LIST);
  return given({ BackupJobs: page.items.map((row) => showBackupJob(state, row)), NextToken: page.nextToken });
}

/** Rows that pass, newest first, from where the page begins. */
function* rowsOf(state: WorldState, caller: Caller, input: ListBackupJobsInput): Generator<number, undefined> {
  const { jobs, resources } = state.ledger;
  const after = input.ByCreatedAfter?.getTime() ?? -Infinity;
  const before = input.ByCreatedBefore?.getTime() ?? Infinity;
  const asked = askedAccounts(state, caller, input.ByAccountId);
  const [number] = placeIn(input.NextToken, 1, LIST) ?? [];
  for (const row of jobs.listed(state.now, number)) {
    const createdAt = floatAt(jobs.createdAts, row);
    const { env } = resources.find(intAt(jobs.resources, row)).declaration;
    if (
      byteAt(jobs.kinds, row) === BACKUP &&
      createdAt > after &&
      createdAt < before &&
      passesCategory(input.ByMessageCategory, messageCategory(jobs, row)) &&
      asked(env.account) &&
      env.region === caller.region &&
      (input.ByParentJobId === undefined || jobKinship(state, row).ParentJobId === input.ByParentJobId) &&
      (input.ByState === undefined || input.ByState === JOB_STATES[shownState(state.ledger, row)]) &&
      (!looksInside(input) || passes(jobView(state.ledger, row), input))
    ) {
      yield row;
    }
  }
}

/** Whether a filter needs more of a job than its columns: a view takes as long as a hundred looks at them. */
function looksInside(input: ListBackupJobsInput): boolean {
  const { ByResourceArn, ByBackupVaultName, ByResourceType, ByCompleteAfter, ByCompleteBefore } = input;
  const filters = [ByResourceArn, ByBackupVaultName, ByResourceType, ByCompleteAfter, ByCompleteBefore];
  return filters.some((filter) => filter !== undefined);
}

function passes(job: JobView, input: ListBackupJobsInput): boolean {
  const completedAt = job.completedAt ?? -Infinity;
  return (
    (input.ByResourceArn ?? job.resourceArn) === job.resourceArn &&
    (input.ByBackupVaultName ?? job.backupVaultName) === job.backupVaultName &&
    (input.ByResourceType ?? job.resourceType) === job.resourceType &&
    (input.ByCompleteAfter === undefined || completedAt > input.ByCompleteAfter.getTime()) &&
    (input.ByCompleteBefore === undefined ||
      (job.completedAt !== undefined && completedAt < input.ByCompleteBefore.getTime()))
  );
}
