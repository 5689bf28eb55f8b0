/**
 * ListRestoreJobs, newest first.
 *
 * Source   B8/1, B11.7/3 (other accounts). Assumed: the order.
 */
import type { ListRestoreJobsInput, ListRestoreJobsOutput } from '@aws-sdk/client-backup';
import { JOB_STATES } from '../../domain/event-codes';
import type { RestoreJob } from '../../domain/restore-runs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { restoreJobsOf, showRestoreJob } from '../find-restore-job';
import { askedAccounts } from '../job-accounts';
import { pageOf } from '../page';
import { given } from './shapes';

export function listRestoreJobs(state: WorldState, caller: Caller, input: ListRestoreJobsInput): ListRestoreJobsOutput {
  const asked = askedAccounts(state, caller, input.ByAccountId);
  const passing = restoreJobsOf(state, caller, asked).filter((job) => passes(job, input));
  const page = pageOf(passing, input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListRestoreJobs',
    keyOf: ({ id }) => id,
  });
  return given({ RestoreJobs: page.items.map(showRestoreJob), NextToken: page.nextToken });
}

function passes(job: RestoreJob, input: ListRestoreJobsInput): boolean {
  const { ByCreatedAfter, ByCreatedBefore, ByCompleteAfter, ByCompleteBefore, ByRestoreTestingPlanArn } = input;
  const { createdAt, completedAt } = job;
  return (
    (input.ByStatus ?? JOB_STATES[job.state]) === JOB_STATES[job.state] &&
    (input.ByResourceType ?? job.resourceType) === job.resourceType &&
    (input.ByParentJobId === undefined || job.request.nestedIn?.parent.id === input.ByParentJobId) &&
    createdAt > (ByCreatedAfter?.getTime() ?? -Infinity) &&
    createdAt < (ByCreatedBefore?.getTime() ?? Infinity) &&
    (ByCompleteAfter === undefined || (completedAt ?? -Infinity) > ByCompleteAfter.getTime()) &&
    (ByCompleteBefore === undefined || (completedAt ?? Infinity) < ByCompleteBefore.getTime()) &&
    (ByRestoreTestingPlanArn === undefined || ByRestoreTestingPlanArn === job.request.test?.planArn)
  );
}
