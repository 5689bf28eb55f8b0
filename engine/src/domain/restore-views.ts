/**
 * What is shown of a restore job: names, sentences, AWS's message.
 *
 * Pure: a job in, its view out.
 * Spec     restore-job.md
 */
import { COMPLETED, JOB_STATES } from './event-codes';
import { sentence, statusMessage } from './reasons';
import type { RestoreJob } from './restore-runs';
import type { RestoreJobView } from './views';

/** A job with names and sentences. */
export function restoreJobView(job: RestoreJob): RestoreJobView {
  const { request, resource, vault } = job;
  const { test, metadata } = request;
  return {
    restoreJobId: job.id,
    state: JOB_STATES[job.state] as RestoreJobView['state'],
    resourceArn: resource.arn,
    resourceType: job.resourceType,
    recoveryPointArn: job.pointArn,
    backupVaultArn: vault.arn,
    pointCreatedAt: job.pointCreatedAt,
    createdAt: job.createdAt,
    startedAt: job.startedAt,
    completedAt: job.completedAt,
    createdResourceArn: job.state === COMPLETED ? job.target.arn : undefined,
    metadata,
    statusMessage: restoreMessage(job),
    why: sentence(job.reason, { service: resource.service.name, vault: vault.name, fault: job.fault?.words }),
    restoreTestingPlanArn: test?.planArn,
    validationStatus: test?.validationStatus,
    deletionStatus: test?.deletionStatus,
  };
}

/** AWS's status message; a fault brings its own. */
export function restoreMessage({ fault, reason }: RestoreJob): string {
  return fault === undefined ? statusMessage(reason) : fault.message;
}
