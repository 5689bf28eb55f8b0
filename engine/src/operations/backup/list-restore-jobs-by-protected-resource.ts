/**
 * ListRestoreJobsByProtectedResource, newest first.
 *
 * Source   API model: ListRestoreJobsByProtectedResource. Assumed: the order, and that both dates are exclusive.
 */
import type {
  ListRestoreJobsByProtectedResourceInput,
  ListRestoreJobsByProtectedResourceOutput,
} from '@aws-sdk/client-backup';
import { JOB_STATES } from '../../domain/event-codes';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { restoreJobsOf, showRestoreJob } from '../find-restore-job';
import { required } from '../find-vault';
import { pageOf } from '../page';
import { given } from './shapes';

export function listRestoreJobsByProtectedResource(
  state: WorldState,
  caller: Caller,
  input: ListRestoreJobsByProtectedResourceInput,
): ListRestoreJobsByProtectedResourceOutput {
  const arn = required(input.ResourceArn, 'ResourceArn');
  const after = input.ByRecoveryPointCreationDateAfter?.getTime() ?? -Infinity;
  const before = input.ByRecoveryPointCreationDateBefore?.getTime() ?? Infinity;
  const passing = restoreJobsOf(state, caller).filter(
    (job) =>
      job.resource.arn === arn &&
      (input.ByStatus ?? JOB_STATES[job.state]) === JOB_STATES[job.state] &&
      job.pointCreatedAt > after &&
      job.pointCreatedAt < before,
  );
  const page = pageOf(passing, input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListRestoreJobsByProtectedResource',
    parent: arn,
    keyOf: ({ id }) => id,
  });
  return given({ RestoreJobs: page.items.map(showRestoreJob), NextToken: page.nextToken });
}
