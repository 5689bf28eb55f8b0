/**
 * DescribeProtectedResource.
 *
 * Source   B1.3 ProtectedResource; B8/6 (the latest restore). Assumed: what has no recovery point answers ResourceNotFoundException, and its text.
 */
import type { DescribeProtectedResourceInput, DescribeProtectedResourceOutput } from '@aws-sdk/client-backup';
import { COMPLETED } from '../../domain/event-codes';
import type { RestoreJob } from '../../domain/restore-runs';
import type { WorldState } from '../../domain/world-state';
import { dateOf, Instant, MINUTE, NEVER } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { restoreJobsOf } from '../find-restore-job';
import { required } from '../find-vault';
import { protectedResources } from '../protected-resource';

export function describeProtectedResource(
  state: WorldState,
  caller: Caller,
  input: DescribeProtectedResourceInput,
): DescribeProtectedResourceOutput {
  const arn = required(input.ResourceArn, 'ResourceArn');
  const found = protectedResources(state, caller).find((one) => one.ResourceArn === arn);
  if (found === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Resource ${arn} has no recovery point.`);
  }
  return { ...found, ...latestRestore(state, caller, arn) };
}

/** Assumed: minutes are counted from the moment at which the restore began, and rounded. */
function latestRestore(state: WorldState, caller: Caller, arn: string): Partial<DescribeProtectedResourceOutput> {
  const latest = restoreJobsOf(state, caller)
    .filter((job) => job.resource.arn === arn && job.state === COMPLETED)
    .reduce<RestoreJob | undefined>((last, job) => (over(job) > (last ? over(last) : -1) ? job : last), undefined);
  return latest === undefined
    ? {}
    : {
        LatestRestoreExecutionTimeMinutes: Math.round((over(latest) - (latest.startedAt ?? latest.createdAt)) / MINUTE),
        LatestRestoreJobCreationDate: dateOf(latest.createdAt),
        LatestRestoreRecoveryPointCreationDate: dateOf(latest.pointCreatedAt),
      };
}

function over({ completedAt = NEVER }: RestoreJob): Instant {
  return completedAt;
}
