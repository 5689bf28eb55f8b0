/**
 * How many restores run at once.
 *
 * Owns     nothing: asks the jobs there are, and the gates that they share with backups.
 * Source   B4.3/1 (Timestream), B4.3/9 (virtual machines), quotas of AWS Backup (EKS); the numbers are model's BackupLimits.
 * Assumed  The limit of an account holds for each Region; what finds no place stays PENDING and looks again every 10
 *          minutes. Restore testing has limits of its own (restore-testing.md).
 * Spec     restore-job.md
 */
import { BackupLimits } from '@holdfast/model';
import { gatewaysOfRestore } from './backup-gateways';
import type { BackupRuns } from './backup-runs';
import { PENDING, RUNNING } from './event-codes';
import type { Ledger } from './ledger';
import type { RestoreJob } from './restore-runs';
import { placeOf } from './vaults';

export class RestoreLimits {
  constructor(
    private readonly ledger: Ledger,
    private readonly backups: BackupRuns,
  ) {}

  /** Whether a job that would begin has to wait for others. */
  lackRoom(all: readonly RestoreJob[], job: RestoreJob): boolean {
    const limit = gatewaysOfRestore(this.ledger, job);
    return lacksRoom(all, job) || (limit !== undefined && this.backups.gates.isFull(limit));
  }

  begin(job: RestoreJob): void {
    const limit = gatewaysOfRestore(this.ledger, job);
    if (limit !== undefined) {
      this.backups.gates.take(job, limit);
    }
  }

  /** Backups that waited for the gateway of a job that is over find room. */
  end(job: RestoreJob): void {
    this.backups.makeWay(job);
  }
}

/** Whether a job that would begin has to wait for other restores. */
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
