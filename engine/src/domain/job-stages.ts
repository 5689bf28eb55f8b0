/**
 * What a backup job goes through between its beginning and its end beside moving bytes: it is PENDING, or ABORTING.
 *
 * Owns     the kind of entry of the agenda that ends a stage: of ABORTING by the job's number, of PENDING by its complement.
 * Units    milliseconds.
 * Source   B4.1 (PENDING comes between CREATED and RUNNING), B14.1.
 * Assumed  How long each lasts. A job that is PENDING is under way for all else: it keeps its resource busy, and views,
 *          log and sums of a run have it as RUNNING. Jobs of stacks and clusters are never PENDING: their children are.
 * Spec     backup-job.md
 */
import { byteAt, floatAt, intAt } from '../kernel/columns';
import { MINUTE, SECOND } from '../kernel/instant';
import { BACKUP_JOB, PENDING, RUNNING } from './event-codes';
import { logJob } from './job-record';
import { BACKUP, tellJob } from './jobs';
import type { Ledger } from './ledger';

/** Less than what any job takes. */
export const PENDING_MS = 15 * SECOND;
const ABORTING_MS = MINUTE;

export class JobStages {
  private readonly kind: number;

  constructor(
    private readonly ledger: Ledger,
    abort: (number: number) => void,
  ) {
    this.kind = ledger.turn('stage of a job is over', (subject) => {
      if (subject < 0) {
        this.moveBytes(~subject);
      } else {
        abort(subject);
      }
    });
  }

  /** A job begins: it is PENDING, then RUNNING. With nobody listening there is nothing to do in between. */
  begin(row: number, reason: number): void {
    const { ledger } = this;
    logJob(ledger, BACKUP_JOB, row, RUNNING, reason);
    if (ledger.observers.listening) {
      tellJob(ledger, row, PENDING, reason);
      ledger.agenda.push(ledger.now + PENDING_MS, this.kind, ~ledger.jobs.numberOf(row));
    }
  }

  /** A job is ABORTING, and ABORTED when that is over. */
  abortLater(number: number): void {
    this.ledger.agenda.push(this.ledger.now + ABORTING_MS, this.kind, number);
  }

  private moveBytes(number: number): void {
    const { ledger } = this;
    const row = ledger.jobs.rowOf(number);
    // One that was stopped has told of it.
    if (ledger.jobs.isOnRecord(number) && byteAt(ledger.jobs.states, row) === RUNNING) {
      tellJob(ledger, row, RUNNING, byteAt(ledger.jobs.reasons, row));
    }
  }
}

/** The state in which AWS Backup shows a job. */
export function shownState(ledger: Ledger, row: number): number {
  const { jobs, resources, origins } = ledger;
  const state = byteAt(jobs.states, row);
  const fresh =
    state === RUNNING && byteAt(jobs.kinds, row) === BACKUP && ledger.now < floatAt(jobs.startedAts, row) + PENDING_MS;
  if (!fresh) {
    return state;
  }
  const isParent =
    resources.find(intAt(jobs.resources, row)).composite &&
    origins.find(intAt(jobs.origins, row)).given.within === undefined;
  return isParent ? RUNNING : PENDING;
}
