/**
 * Backup jobs, from the run of a rule or the call that makes one to the recovery point.
 *
 * Owns     nothing: moves the columns of the ledger. The decisions are in backup-job.ts, continuous.ts, lifecycle.ts.
 * Units    `…At` are Instants; sizes are bytes.
 * Source   B3.4, B4, B5.3, B7.6.
 * Spec     backup-job.md, plans.md
 */
import { byteAt, floatAt, intAt } from '../kernel/columns';
import { NEVER } from '../kernel/instant';
import { completeByOf, refusalOf, startByOf, step } from './backup-job';
import { decisionOf } from './backup-decision';
import { BackupGates, type Taker } from './backup-gates';
import type { BucketQuota } from './bucket-quota';
import { CompositeBackups } from './composite-backups';
import { CONTENT_NOT_CAPTURED } from './content-reasons';
import { isContinuous } from './continuous';
import type { ContinuousRuns } from './continuous-runs';
import type { CopyRuns } from './copy-runs';
import { ABORTED, ABORTING, BACKUP_JOB, COMPLETED, CREATED, EXPIRED, FAILED, RUNNING } from './event-codes';
import { backupAccess, backupKeys } from './job-access';
import { holdBack, meetFault, strikeAtStart } from './job-faults';
import { BACKUP, tellJob } from './jobs';
import { recordJob } from './job-record';
import { JobStages } from './job-stages';
import { JOB_ENDS, JOB_TRIES_AGAIN, Ledger } from './ledger';
import { coldAtOf, deleteAtOf } from './lifecycle';
import type { Origin } from './origins';
import { makePoint } from './point-making';
import type { Resource } from './protected-resources';
import { NO_VAULT } from './rule-targets';
import { FAILED_BY_FAULT, HANGS_BY_FAULT, HELD_TOO_LONG, isInjected } from './injected-reasons';
import {
  BUCKETS_FULL,
  BUCKET_WITHOUT_VERSIONS,
  COMPLETION_WINDOW_CLOSED,
  CONTINUOUS_REFRESHED,
  NO_REASON,
  RAN_AFTER_WAIT,
  RAN_ON_TIME,
  RAN_WITHIN_WINDOW,
  SNAPSHOT_BY_RULE,
  START_WINDOW_CLOSED,
  STARTS_LATER,
  statusMessage,
  STOPPED_BY_USER,
  UPDATING_TOO_LONG,
  VAULT_MISSING,
  WAITS_FOR_BACKUPS,
  WAITS_FOR_RESOURCE,
  WAITS_FOR_UPDATE,
} from './reasons';
import { CONTINUOUS } from './recovery-points';
import { changedBytes, durationMs } from './snapshot';
import type { Vault } from './vaults';
import { VSS_FAILED } from './vss-reasons';

/** Bytes of all that a job backs up, and of what of it moves. */
interface Sizes {
  readonly size: number;
  readonly moved: number;
}

export class BackupRuns {
  /** Limits that backups share with restores. */
  readonly gates = new BackupGates();
  /** What looks into points once their backups are complete. */
  readonly inspections: { follow(point: number, origin: Origin): void }[] = [];
  private readonly stages: JobStages;
  private readonly composites: CompositeBackups;

  constructor(
    private readonly ledger: Ledger,
    private readonly copies: CopyRuns,
    private readonly continuous: ContinuousRuns,
    private readonly buckets: BucketQuota,
  ) {
    this.composites = new CompositeBackups(ledger, this, copies);
    this.stages = new JobStages(ledger, (number) => {
      this.abort(number);
    });
  }

  /**
   * Makes a backup job now; answers its number. `series` is -1 where the vault does not exist.
   *
   * @param delay how long it is before it starts, in milliseconds
   */
  begin(resource: Resource, series: number, origin: Origin, delay = 0): number {
    const { ledger } = this;
    const number = ledger.jobs.add(BACKUP, resource.number, series, origin.number, ledger.now);
    if (delay === 0) {
      this.takeUp(number, resource, origin, RAN_ON_TIME);
      return number;
    }
    const row = ledger.jobs.rowOf(number);
    if (ledger.observers.listening) {
      tellJob(ledger, row, CREATED, NO_REASON);
    }
    ledger.jobs.reasons[row] = STARTS_LATER;
    this.record(row, CREATED, STARTS_LATER);
    ledger.jitter?.put(number, ledger.now + delay);
    return number;
  }

  /** The instant within its start window has come at which a job starts, unless it was stopped. */
  startLate(number: number): void {
    const { jobs, origins, resources } = this.ledger;
    const row = jobs.rowOf(number);
    if (jobs.numberOf(row) === number && byteAt(jobs.states, row) === CREATED) {
      const origin = origins.find(intAt(jobs.origins, row));
      this.takeUp(number, resources.find(intAt(jobs.resources, row)), origin, RAN_WITHIN_WINDOW);
    }
  }

  /** @param reason why it starts, if it does: on time, within its window, or after it waited */
  private takeUp(number: number, resource: Resource, origin: Origin, reason: number): void {
    const { ledger } = this;
    const { jobs } = ledger;
    const row = jobs.rowOf(number);
    const series = intAt(jobs.series, row);
    const vault = series === NO_VAULT ? undefined : ledger.vaultOf(series);
    const met = ledger.faults.active === 0 ? undefined : meetFault(ledger, row);
    const refusal = met?.reason ?? this.refusalNow(vault, resource, origin);
    if (ledger.observers.listening && reason === RAN_ON_TIME) {
      tellJob(ledger, row, CREATED, NO_REASON);
    }
    const again = reason === RAN_AFTER_WAIT;
    if (met?.waits === true) {
      holdBack(ledger, row, refusal);
      if (!again) {
        this.record(row, CREATED, refusal);
      }
    } else if (refusal !== NO_REASON) {
      this.close(row, FAILED, refusal);
      if (refusal === BUCKET_WITHOUT_VERSIONS) {
        this.continuous.interrupt(resource, refusal);
      }
    } else if (this.hasToWait(number, resource, origin)) {
      if (!again) {
        ledger.agenda.push(startByOf(floatAt(jobs.createdAts, row), origin), JOB_TRIES_AGAIN, number);
      }
    } else {
      this.start(number, resource, origin, reason);
    }
  }

  /** The state of a resource is another: jobs that were queued for it look again, each at its next turn. */
  requeue(resource: Resource): void {
    const { ledger } = this;
    const { jobs } = ledger;
    if (resource.queues || resource.queued.size === 0) {
      return;
    }
    for (const number of resource.queued) {
      resource.waiting.add(floatAt(jobs.createdAts, jobs.rowOf(number)), number);
    }
    resource.queued.clear();
    ledger.wake(resource);
  }

  /** Whether a job finds its resource, or the place that it needs, taken; then it waits. */
  private hasToWait(number: number, resource: Resource, origin: Origin): boolean {
    const { jobs } = this.ledger;
    const row = jobs.rowOf(number);
    const busy = resource.busy && origin.given.within !== resource;
    if (!busy && !resource.queues && this.gates.enter(number, resource)) {
      return false;
    }
    const reason = resource.queues ? WAITS_FOR_UPDATE : busy ? WAITS_FOR_RESOURCE : WAITS_FOR_BACKUPS;
    jobs.reasons[row] = reason;
    this.record(row, CREATED, reason);
    if (resource.queues) {
      resource.queued.add(number);
    } else if (busy) {
      resource.waiting.add(floatAt(jobs.createdAts, row), number);
    }
    return true;
  }

  /** A job that ran is over: those that waited for its place look, but for those that were stopped or expired. */
  makeWay(over: Taker): void {
    const { jobs } = this.ledger;
    const gate = this.gates.leave(over);
    for (let next = gate?.take(); next !== undefined; next = gate?.take()) {
      if (jobs.isOnRecord(next) && byteAt(jobs.states, jobs.rowOf(next)) === CREATED) {
        this.retry(next);
      }
    }
  }

  /** A job that waited finds its resource free, or its start window over. */
  retry(number: number): void {
    const { ledger } = this;
    const { jobs } = ledger;
    const row = jobs.rowOf(number);
    const origin = ledger.origins.find(intAt(jobs.origins, row));
    const resource = ledger.resources.find(intAt(jobs.resources, row));
    if (ledger.now >= startByOf(floatAt(jobs.createdAts, row), origin)) {
      step(byteAt(jobs.states, row), 'start-window-closed');
      const held = isInjected(byteAt(jobs.reasons, row)) ? HELD_TOO_LONG : START_WINDOW_CLOSED;
      this.close(row, EXPIRED, resource.queued.delete(number) ? UPDATING_TOO_LONG : held);
      return;
    }
    this.takeUp(number, resource, origin, RAN_AFTER_WAIT);
  }

  /** The job's end has come: it is complete, or its completion window has closed. */
  end(row: number): void {
    const { ledger } = this;
    const { jobs } = ledger;
    const origin = ledger.origins.find(intAt(jobs.origins, row));
    const resource = ledger.resources.find(intAt(jobs.resources, row));
    const series = intAt(jobs.series, row);
    const vault = ledger.vaultOf(series);
    resource.busy = false;
    const foreseen = byteAt(jobs.reasons, row);
    if (foreseen === COMPLETION_WINDOW_CLOSED || foreseen === HANGS_BY_FAULT) {
      this.close(row, EXPIRED, foreseen);
      return;
    }
    const failed = foreseen === FAILED_BY_FAULT ? FAILED_BY_FAULT : backupKeys(ledger, vault, resource);
    const refusal = vault.deleted ? VAULT_MISSING : resource.gone ? resource.blocked : failed;
    if (refusal !== NO_REASON) {
      this.close(row, FAILED, refusal);
      return;
    }
    const decision = decisionOf(this.continuous, resource, series, vault, origin);
    if (decision === CONTINUOUS_REFRESHED) {
      this.continuous.refresh(row, resource, origin);
    } else {
      makePoint(ledger, this.continuous, row, resource, vault, origin, decision);
    }
    // Source B4.1/9: a job that completed with issues has a message.
    const issue =
      decision === SNAPSHOT_BY_RULE || statusMessage(decision) === '' ? byteAt(jobs.reasons, row) : decision;
    const shadowless = origin.windowsVss && resource.vssIssue !== NO_REASON;
    jobs.setState(row, step(byteAt(jobs.states, row), 'finish'), shadowless ? resource.vssIssue : issue);
    this.record(row, COMPLETED, decision, isContinuous(decision) ? CONTINUOUS : 0);
    if (origin.inspected) {
      for (const inspection of this.inspections) {
        inspection.follow(intAt(jobs.points, row), origin);
      }
    }
    if (origin.given.within === undefined) {
      this.copies.follow(row, resource, origin);
    } else {
      this.composites.childOver(row, origin.given.within);
    }
  }

  /** StopBackupJob: a job that waits or runs makes no point any more. */
  stop(row: number, number: number): void {
    const { ledger } = this;
    const { jobs } = ledger;
    const resource = ledger.resources.find(intAt(jobs.resources, row));
    resource.waiting.remove(floatAt(jobs.createdAts, row), number);
    resource.queued.delete(number);
    const waits = byteAt(jobs.states, row) === CREATED;
    jobs.setState(row, step(byteAt(jobs.states, row), 'stop'), STOPPED_BY_USER);
    this.record(row, ABORTING, STOPPED_BY_USER);
    this.stages.abortLater(number);
    // Assumed: what is stopped with a stack are its members, those that can be. One that waits has none: they are of another job.
    const within = ledger.origins.find(intAt(jobs.origins, row)).given.within;
    const isParent = !waits && within === undefined && resource.composite;
    for (const child of isParent ? this.composites.forget(resource) : []) {
      const childRow = jobs.rowOf(child);
      const { service } = ledger.resources.find(intAt(jobs.resources, childRow));
      if (service.stopBackupJobSupported && !jobs.isOver(childRow) && byteAt(jobs.states, childRow) !== ABORTING) {
        this.stop(childRow, child);
      }
    }
  }

  private abort(number: number): void {
    const { ledger } = this;
    const { jobs } = ledger;
    const row = jobs.rowOf(number);
    step(byteAt(jobs.states, row), 'abort');
    const resource = ledger.resources.find(intAt(jobs.resources, row));
    if (floatAt(jobs.startedAts, row) !== NEVER) {
      resource.busy = false;
    }
    this.close(row, ABORTED, STOPPED_BY_USER);
    this.makeWay(number);
    ledger.wake(resource);
  }

  /** What is against a job at this instant. */
  private refusalNow(vault: Vault | undefined, resource: Resource, origin: Origin): number {
    const { ledger } = this;
    const refusal = refusalOf(vault, origin.terms.deleteAfterDays, resource, origin, ledger.now);
    if (refusal !== NO_REASON || vault === undefined) {
      return refusal;
    }
    return this.buckets.takes(resource) ? backupAccess(ledger, vault, resource, origin) : BUCKETS_FULL;
  }

  private start(number: number, resource: Resource, origin: Origin, reason: number): void {
    const { ledger } = this;
    if (resource.composite && origin.given.within === undefined) {
      this.composites.start(number, resource, origin, reason);
      return;
    }
    const series = intAt(ledger.jobs.series, ledger.jobs.rowOf(number));
    const since = ledger.chains.baseOf(resource, series, false);
    const size = resource.sizeBytes;
    const moved = since < 0 ? size : changedBytes(size, resource.dailyChangePercent, since, ledger.now);
    const { content } = ledger;
    if (content?.holds(resource) === true) {
      const said = content.measures(resource) ? undefined : { size, moved };
      this.capture(number, resource, origin, said ?? since >= 0, reason);
      return;
    }
    this.run(number, resource, origin, { size, moved }, reason);
  }

  /** What the resource holds is captured; `said` are the sizes that somebody said, else whether it builds on a backup. */
  private capture(number: number, resource: Resource, origin: Origin, said: Sizes | boolean, reason: number): void {
    const { ledger } = this;
    const { jobs, content } = ledger;
    resource.busy = true;
    content?.capture(number, resource, ledger.vaultOf(intAt(jobs.series, jobs.rowOf(number))), (captured) => {
      if (captured === undefined) {
        resource.busy = false;
        this.close(jobs.rowOf(number), FAILED, CONTENT_NOT_CAPTURED);
        this.makeWay(number);
        ledger.wake(resource);
        return;
      }
      const sizes = typeof said === 'object' ? said : content.sizesOf(resource, captured, said);
      // Source B4.6/1: a regular backup is made, and the job says so.
      this.run(number, resource, origin, sizes, captured.shadowless === true ? VSS_FAILED : reason);
    });
  }

  private run(number: number, resource: Resource, origin: Origin, { size, moved }: Sizes, reason: number): void {
    const { ledger } = this;
    const { jobs, now } = ledger;
    const row = jobs.rowOf(number);
    const completeBy = completeByOf(floatAt(jobs.createdAts, row), origin, resource);
    const endAt = now + durationMs(moved);
    jobs.sizes[row] = size;
    jobs.moved[row] = moved;
    jobs.startedAts[row] = now;
    jobs.pointCreatedAts[row] = now;
    jobs.deleteAts[row] = deleteAtOf(now, origin.terms);
    jobs.coldAts[row] = coldAtOf(now, origin.terms, resource.coldSupport);
    jobs.endAts[row] = Math.min(endAt, Math.max(completeBy, now));
    jobs.setState(row, RUNNING, endAt > completeBy ? COMPLETION_WINDOW_CLOSED : reason);
    resource.busy = true;
    this.stages.begin(row, reason);
    if (ledger.faults.active !== 0) {
      strikeAtStart(ledger, row);
    }
    if (floatAt(jobs.endAts, row) !== NEVER) {
      ledger.agenda.push(floatAt(jobs.endAts, row), JOB_ENDS, number);
    }
  }

  /** A job is over without a point. */
  close(row: number, state: number, reason: number): void {
    const { jobs, now, origins } = this.ledger;
    jobs.setState(row, state, reason);
    jobs.endAts[row] = now;
    this.ledger.content?.drop(jobs.numberOf(row));
    this.record(row, state, reason);
    this.ledger.permissions.explainJob(row);
    this.ledger.outcomes.note(this.ledger, row);
    const { within } = origins.find(intAt(jobs.origins, row)).given;
    if (within !== undefined) {
      this.composites.childOver(row, within);
    }
  }

  /** Logs and tells of a job's state. */
  record(row: number, state: number, reason: number, flags = 0): void {
    recordJob(this.ledger, BACKUP_JOB, row, state, reason, flags);
  }
}
