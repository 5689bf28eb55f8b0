/**
 * How many restores run at once.
 *
 * Pure: takes the jobs there are.
 * Source   B4.3/1 (Timestream), quotas of AWS Backup (EKS); the numbers are model's BackupLimits.
 * Assumed  The limit of an account holds for each Region; what finds no place stays PENDING and looks again every 10
 *          minutes. Restore testing has limits of its own (restore-testing.md).
 * Spec     restore-job.md
 */
import { BackupLimits } from '@holdfast/model';
import { PENDING, RUNNING } from './event-codes';
import type { RestoreJob } from './restore-runs';
import { placeOf } from './vaults';

/** Whether a job that would begin has to wait for others. */
export function lacksRoom(all: readonly RestoreJob[], job: RestoreJob): boolean {
  const { id } = job.resource.service;
  const most = BackupLimits.restoresAtOnce(id);
  if (job.state !== PENDING || most === Infinity) {
    return false;
  }
  const place = placeOf(job.request.env);
  const beside = all.filter(
    ({ state, resource, request }) =>
      state === RUNNING && resource.service.id === id && placeOf(request.env) === place && request.test === undefined,
  );
  const sameTarget = beside.filter(({ target }) => target.arn === job.target.arn);
  return beside.length >= most || sameTarget.length >= BackupLimits.restoresIntoOne(id);
}
