/**
 * Restore jobs that calls name, and how answers show them.
 *
 * Pure: reads the World.
 * Source   B8/1, B8/6; B9.3/5, B9.3/6 for tests.
 */
import type { RestoreJobsListMember } from '@aws-sdk/client-backup';
import { JOB_STATES } from '../domain/event-codes';
import { statusMessage } from '../domain/reasons';
import type { RestoreJob } from '../domain/restore-runs';
import { restoreMessage } from '../domain/restore-views';
import { restoreMs } from '../domain/snapshot';
import type { WorldState } from '../domain/world-state';
import { dateOf, MINUTE } from '../kernel/instant';
import { given, toDate } from './backup/shapes';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';
import type { AskedAccounts } from './job-accounts';

/** Those of the caller's account, or of the accounts asked for, in its Region, newest first. */
export function restoreJobsOf(state: WorldState, caller: Caller, asked?: AskedAccounts): RestoreJob[] {
  const { account, region } = caller;
  const here = ({ request: { env } }: RestoreJob) =>
    env.region === region && (asked?.(env.account) ?? env.account === account);
  return state.restores.list().filter(here).reverse();
}

/** Assumed: the text. */
export function findRestoreJob(state: WorldState, caller: Caller, id: string | undefined): RestoreJob {
  const wanted = required(id, 'RestoreJobId');
  const job = restoreJobsOf(state, caller).find((one) => one.id === wanted);
  if (job === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Restore job ${wanted} does not exist.`);
  }
  return job;
}

export function showRestoreJob(job: RestoreJob): RestoreJobsListMember {
  const completed = JOB_STATES[job.state] === 'COMPLETED';
  const { test } = job.request;
  return given({
    AccountId: job.request.env.account,
    RestoreJobId: job.id,
    RecoveryPointArn: job.pointArn,
    SourceResourceArn: job.resource.arn,
    BackupVaultArn: job.vault.arn,
    CreationDate: dateOf(job.createdAt),
    CompletionDate: toDate(job.completedAt),
    Status: JOB_STATES[job.state] as NonNullable<RestoreJobsListMember['Status']>,
    StatusMessage: orNone(restoreMessage(job)),
    PercentDone: completed ? '100.0' : '0.0',
    BackupSizeInBytes: job.sizeBytes,
    ExpectedCompletionTimeMinutes: Math.ceil(restoreMs(job.sizeBytes, job.resource.service.id, job.cold) / MINUTE),
    IamRoleArn: job.request.roleArn,
    CreatedResourceArn: completed ? job.target.arn : undefined,
    ResourceType: job.resourceType,
    RecoveryPointCreationDate: dateOf(job.pointCreatedAt),
    IsParent: job.isParent,
    ParentJobId: job.request.nestedIn?.parent.id,
    CreatedBy: test === undefined ? undefined : { RestoreTestingPlanArn: test.planArn },
    ValidationStatus: test?.validationStatus,
    ValidationStatusMessage: test?.validationMessage,
    DeletionStatus: test?.deletionStatus,
    DeletionStatusMessage: test === undefined ? undefined : orNone(statusMessage(test.deletionReason)),
  });
}

function orNone(message: string): string | undefined {
  return message === '' ? undefined : message;
}
