/**
 * ListBackupJobs, newest first.
 *
 * Source   B1.3 BackupJob, B1.6 (filters), B4.1/11 (30 days), B11.7/3 (other accounts).
 */
import type { ListBackupJobsInput, ListBackupJobsOutput } from '@aws-sdk/client-backup';
import { BackupLimits } from '@holdfast/model';
import { BACKUP } from '../../domain/jobs';
import { messageCategory, passesCategory } from '../../domain/message-categories';
import { jobView } from '../../domain/show';
import type { JobView } from '../../domain/views';
import type { WorldState } from '../../domain/world-state';
import { at } from '../../kernel/columns';
import { DAY } from '../../kernel/instant';
import { showBackupJob } from '../backup-job';
import type { Caller } from '../caller';
import { jobKinship } from '../composite';
import { askedAccounts } from '../job-accounts';
import { pageOf } from '../page';
import { given } from './shapes';

export function listBackupJobs(state: WorldState, caller: Caller, input: ListBackupJobsInput): ListBackupJobsOutput {
  const { jobs, resources } = state.ledger;
  const since = state.now - BackupLimits.JOBS_LISTED_DAYS * DAY;
  const after = input.ByCreatedAfter?.getTime() ?? -Infinity;
  const before = input.ByCreatedBefore?.getTime() ?? Infinity;
  const asked = askedAccounts(state, caller, input.ByAccountId);
  const rows = jobs.rows((row) => {
    const createdAt = at(jobs.createdAts, row);
    const { env } = resources.find(at(jobs.resources, row)).declaration;
    return (
      at(jobs.kinds, row) === BACKUP &&
      createdAt >= since &&
      createdAt > after &&
      createdAt < before &&
      passesCategory(input.ByMessageCategory, messageCategory(jobs, row)) &&
      asked(env.account) &&
      env.region === caller.region
    );
  });
  const { ByParentJobId } = input;
  const passing = rows
    .reverse()
    .filter((row) => ByParentJobId === undefined || jobKinship(state, row).ParentJobId === ByParentJobId)
    .filter((row) => !looksInside(input) || passes(jobView(state.ledger, row), input));
  const page = pageOf(passing, input.MaxResults, input.NextToken);
  return given({ BackupJobs: page.items.map((row) => showBackupJob(state, row)), NextToken: page.nextToken });
}

/** Whether a filter needs more of a job than its columns: a view takes as long as a hundred looks at them. */
function looksInside(input: ListBackupJobsInput): boolean {
  const { ByResourceArn, ByState, ByBackupVaultName, ByResourceType, ByCompleteAfter, ByCompleteBefore } = input;
  const filters = [ByResourceArn, ByState, ByBackupVaultName, ByResourceType, ByCompleteAfter, ByCompleteBefore];
  return filters.some((filter) => filter !== undefined);
}

function passes(job: JobView, input: ListBackupJobsInput): boolean {
  const completedAt = job.completedAt ?? -Infinity;
  return (
    (input.ByResourceArn ?? job.resourceArn) === job.resourceArn &&
    (input.ByState ?? job.state) === job.state &&
    (input.ByBackupVaultName ?? job.backupVaultName) === job.backupVaultName &&
    (input.ByResourceType ?? job.resourceType) === job.resourceType &&
    (input.ByCompleteAfter === undefined || completedAt > input.ByCompleteAfter.getTime()) &&
    (input.ByCompleteBefore === undefined ||
      (job.completedAt !== undefined && completedAt < input.ByCompleteBefore.getTime()))
  );
}
