/**
 * Copy jobs, from the backup that they follow to the recovery point at the destination.
 *
 * Owns     nothing: moves the columns of the ledger. temporary-points.ts knows what temporary points wait for.
 * Units    `…At` are Instants; sizes are bytes.
 * Source   B6, B7.6/2.
 * Spec     copy-job.md
 */
import { byteAt, floatAt, intAt } from '../kernel/columns';
import { DAY, Instant, NEVER } from '../kernel/instant';
import { step } from './backup-job';
import { CompositeCopies } from './composite-copies';
import { CONTENT_NOT_COPIED } from './content-reasons';
import { copyRefusalOf } from './copy-job';
import { CopyLimits } from './copy-limits';
import { destinationOf, seriesOf } from './copy-places';
import { isBoundByKey } from './encryption';
import { COMPLETED, COPY_JOB, CREATED, FAILED, RUNNING } from './event-codes';
import { copyAccess, copyEndAccess } from './job-access';
import { holdBack, meetFault, strikeAtStart } from './job-faults';
import { COPY, tellJob } from './jobs';
import { FAILED_BY_FAULT } from './injected-reasons';
import { recordJob } from './job-record';
import { JOB_ENDS, Ledger } from './ledger';
import { CopyEnds, copyEnds, deleteAtOf, inheritsEnd } from './lifecycle';
import type { Origin } from './origins';
import { announcePoint } from './point-making';
import type { Resource } from './protected-resources';
import {
  COPY_BY_RULE,
  COPY_ON_DEMAND,
  COPY_SOURCE_GONE,
  COPY_TO_AIR_GAP,
  DESTINATION_MISSING,
  NO_REASON,
  RAN_AFTER_WAIT,
  RAN_ON_TIME,
  WAITS_FOR_COPIES,
  WAITS_FOR_RESOURCE,
} from './reasons';
import { CONTINUOUS, LIVE, TEMPORARY } from './recovery-points';
import { NO_VAULT } from './rule-targets';
import { changedBytes, durationMs } from './snapshot';
import { takeTags } from './tags';
import { NOT_AIR_GAPPED, TemporaryPoints } from './temporary-points';
import type { Vault } from './vaults';

export class CopyRuns {
  private readonly temporary: TemporaryPoints;
  private readonly composites: CompositeCopies;
  private readonly limits: CopyLimits;

  constructor(private readonly ledger: Ledger) {
    this.composites = new CompositeCopies(ledger, this);
    this.limits = new CopyLimits(ledger);
    this.temporary = new TemporaryPoints(ledger);
  }

  /** A backup is complete: its copy actions begin (Source B6.1/2), the air-gapped one first. */
  follow(job: number, resource: Resource, origin: Origin): void {
    const { ledger } = this;
    const { jobs, points } = ledger;
    const point = intAt(jobs.points, job);
    const continuous = points.has(point, CONTINUOUS);
    const temporary = points.has(point, TEMPORARY);
    const { airGapCopy } = origin;
    if (origin.copies.length === 0 && !temporary && airGapCopy === undefined) {
      return;
    }
    // Source B5.3/7: a copy of a continuous backup is a snapshot at the rule's frequency. Assumed: created at the run.
    const startedAt = floatAt(jobs.pointCreatedAts, job);
    const maker = jobs.numberOf(job);
    const createdAt = continuous ? startedAt : floatAt(points.createdAts, point);
    const ends = continuous
      ? { coldAt: NEVER, deleteAt: deleteAtOf(startedAt, origin.terms) }
      : { coldAt: floatAt(points.coldAts, point), deleteAt: floatAt(points.deleteAts, point) };
    if (temporary) {
      this.temporary.await(point, origin.copies.length + 1);
    }
    if (
      airGapCopy !== undefined &&
      (temporary || (continuous && goesByWay(ledger.vaultOf(intAt(points.series, point)), resource)))
    ) {
      const copied = temporary ? point : this.temporary.beside(job);
      this.begin(resource, copied, airGapCopy, createdAt, ends, maker);
    }
    for (const copy of origin.copies) {
      this.begin(resource, point, copy, createdAt, ends, maker);
    }
  }

  /**
   * Makes a copy job of a point now; answers its number.
   *
   * @param maker number of the backup job that it follows; -1 where somebody asked for it
   */
  begin(resource: Resource, point: number, origin: Origin, createdAt: Instant, source: CopyEnds, maker = -1): number {
    const { ledger } = this;
    const { jobs, points } = ledger;
    const sourceSeries = intAt(points.series, point);
    const destination = destinationOf(ledger, origin);
    const series = destination === undefined ? NO_VAULT : seriesOf(ledger, origin, resource, destination);
    const ends = copyEnds(createdAt, source, origin.given.lifecycle, resource.coldSupport);
    const number = jobs.add(COPY, resource.number, series, origin.number, ledger.now);
    const row = jobs.rowOf(number);
    jobs.points[row] = point;
    jobs.sources[row] = sourceSeries;
    jobs.makers[row] = maker;
    jobs.sizes[row] = floatAt(points.sizes, point);
    jobs.pointCreatedAts[row] = createdAt;
    jobs.deleteAts[row] = ends.deleteAt;
    jobs.coldAts[row] = ends.coldAt;
    const retentionDays = inheritsEnd(origin.given.lifecycle)
      ? (source.deleteAt - createdAt) / DAY
      : origin.terms.deleteAfterDays;
    const met = ledger.faults.active === 0 ? undefined : meetFault(ledger, row);
    const refusal = met?.reason ?? this.refusal(point, origin, destination, retentionDays);
    if (ledger.observers.listening) {
      tellJob(ledger, row, CREATED, NO_REASON);
    }
    if (met?.waits === true) {
      holdBack(ledger, row, refusal);
      this.record(row, CREATED, refusal);
    } else if (refusal !== NO_REASON) {
      this.fail(row, refusal);
    } else if (resource.busy && origin.given.within !== resource) {
      jobs.reasons[row] = WAITS_FOR_RESOURCE;
      this.record(row, CREATED, WAITS_FOR_RESOURCE);
      resource.waiting.add(ledger.now, number);
    } else if (this.hasRoom(number, resource)) {
      this.start(number, resource, RAN_ON_TIME);
    } else {
      jobs.reasons[row] = WAITS_FOR_COPIES;
      this.record(row, CREATED, WAITS_FOR_COPIES);
    }
    return number;
  }

  /** A copy that waited finds its resource free; it has no start window (Source B6.1/3). */
  retry(number: number): void {
    const { ledger } = this;
    const { jobs, resources } = ledger;
    const row = jobs.rowOf(number);
    const resource = resources.find(intAt(jobs.resources, row));
    const met = ledger.faults.active === 0 ? undefined : meetFault(ledger, row);
    const refusal = met?.reason ?? (this.sourceStands(row) ? this.refusalNow(row) : COPY_SOURCE_GONE);
    if (met?.waits === true) {
      holdBack(ledger, row, refusal);
    } else if (refusal !== NO_REASON) {
      this.fail(row, refusal);
    } else if (this.hasRoom(number, resource)) {
      this.start(number, resource, RAN_AFTER_WAIT);
    } else {
      jobs.reasons[row] = WAITS_FOR_COPIES;
    }
  }

  /** A copy that ran is over: those that waited for its place run, but for one whose resource has another job by now. */
  makeWay(over: number, of: Resource): void {
    const { jobs, resources, origins } = this.ledger;
    const gate = this.limits.leave(over, of);
    for (let next = gate?.take(); next !== undefined; next = gate?.take()) {
      const row = jobs.rowOf(next);
      const resource = resources.find(intAt(jobs.resources, row));
      if (resource.busy && origins.find(intAt(jobs.origins, row)).given.within !== resource) {
        jobs.reasons[row] = WAITS_FOR_RESOURCE;
        resource.waiting.add(floatAt(jobs.createdAts, row), next);
      } else {
        this.retry(next);
      }
    }
  }

  /** A copy is complete: its point appears at the destination. */
  end(job: number): void {
    const { ledger } = this;
    const { jobs, points } = ledger;
    const series = intAt(jobs.series, job);
    const vault = ledger.vaultOf(series);
    const origin = ledger.origins.find(intAt(jobs.origins, job));
    const resource = ledger.resources.find(intAt(jobs.resources, job));
    resource.busy = false;
    const source = ledger.vaultOf(intAt(jobs.sources, job));
    const failed = byteAt(jobs.reasons, job) === FAILED_BY_FAULT ? FAILED_BY_FAULT : NO_REASON;
    const lost = vault.deleted ? DESTINATION_MISSING : failed;
    const refusal = lost === NO_REASON ? copyEndAccess(ledger, source, vault, resource, origin) : lost;
    if (refusal !== NO_REASON) {
      this.fail(job, refusal);
      return;
    }
    const row = points.add(series);
    points.flags[row] = LIVE;
    points.reasons[row] = reasonOf(origin);
    points.origins[row] = origin.number;
    points.sources[row] = intAt(jobs.sources, job);
    // Source B6.2/1: the source's creation, so that retention counts from there.
    points.createdAts[row] = floatAt(jobs.pointCreatedAts, job);
    points.completedAts[row] = ledger.now;
    points.deleteAts[row] = floatAt(jobs.deleteAts, job);
    points.coldAts[row] = floatAt(jobs.coldAts, job);
    points.sizes[row] = floatAt(jobs.sizes, job);
    points.stored[row] = floatAt(jobs.moved, job);
    ledger.content?.keep(jobs.numberOf(job), row);
    vault.live++;
    if (ledger.changedTags.ofPoints && this.sourceStands(job)) {
      takeTags(ledger, intAt(jobs.points, job), row);
    }
    announcePoint(ledger, row, job, false);
    jobs.setState(job, step(byteAt(jobs.states, job), 'finish'), byteAt(jobs.reasons, job));
    this.record(job, COMPLETED, reasonOf(origin));
    this.settle(job, vault.made.airGapped ? floatAt(jobs.deleteAts, job) : NOT_AIR_GAPPED);
    if (origin.given.within !== undefined) {
      this.composites.childOver(origin.given.within);
    }
  }

  /** Whether a copy's source is still there; its row may hold another point by now. */
  private sourceStands(job: number): boolean {
    const { jobs, points } = this.ledger;
    const point = intAt(jobs.points, job);
    const series = intAt(jobs.sources, job);
    return (
      points.isSame(point, series, floatAt(jobs.pointCreatedAts, job)) ||
      // What is copied of a continuous point was created at the run.
      (points.has(point, CONTINUOUS) && intAt(points.series, point) === series)
    );
  }

  /** What is against a copy that waited: locks and vaults may have changed. */
  private refusalNow(job: number): number {
    const { ledger } = this;
    const { jobs } = ledger;
    const retentionDays = (floatAt(jobs.deleteAts, job) - floatAt(jobs.pointCreatedAts, job)) / DAY;
    const series = intAt(jobs.series, job);
    const destination = series === NO_VAULT ? undefined : ledger.vaultOf(series);
    return this.refusal(
      intAt(jobs.points, job),
      ledger.origins.find(intAt(jobs.origins, job)),
      destination,
      retentionDays,
    );
  }

  private refusal(point: number, origin: Origin, destination: Vault | undefined, retentionDays: number): number {
    const { ledger } = this;
    const series = intAt(ledger.points.series, point);
    const source = ledger.vaultOf(series);
    const leaves = destination?.made.airGapped === true || destination?.made.env.account !== source.made.env.account;
    const boundByKey = leaves && isBoundByKey(ledger, point);
    const copied = { resource: ledger.resourceOf(series), retentionDays, boundByKey };
    const refusal = copyRefusalOf(source, destination, copied);
    return refusal !== NO_REASON || destination === undefined
      ? refusal
      : copyAccess(ledger, point, destination, origin);
  }

  private start(number: number, resource: Resource, reason: number): void {
    const { ledger } = this;
    const { jobs } = ledger;
    const row = jobs.rowOf(number);
    if (this.runsAsParent(row, resource)) {
      const origin = ledger.origins.find(intAt(jobs.origins, row));
      this.composites.start(number, resource, origin, reason);
      return;
    }
    const series = intAt(jobs.series, row);
    const destination = ledger.vaultOf(series);
    const since = ledger.chains.baseOf(resource, series, true);
    const size = floatAt(jobs.sizes, row);
    const createdAt = floatAt(jobs.pointCreatedAts, row);
    const moved =
      since < 0 ? size : changedBytes(size, resource.dailyChangePercent, Math.min(since, createdAt), createdAt);
    const copied = ledger.content?.copy(number, destination, (captured) => {
      if (captured === undefined) {
        resource.busy = false;
        this.fail(jobs.rowOf(number), CONTENT_NOT_COPIED);
        this.makeWay(number, resource);
        ledger.wake(resource);
      } else {
        const measured = since >= 0 && ledger.content?.measures(resource) === true;
        this.run(number, resource, measured ? captured.changedBytes : moved, reason);
      }
    });
    if (copied === true) {
      resource.busy = true;
      return;
    }
    this.run(number, resource, moved, reason);
  }

  private run(number: number, resource: Resource, moved: number, reason: number): void {
    const { ledger } = this;
    const { jobs, now } = ledger;
    const row = jobs.rowOf(number);
    jobs.moved[row] = moved;
    jobs.startedAts[row] = now;
    jobs.endAts[row] = now + durationMs(moved);
    jobs.setState(row, RUNNING, reason);
    resource.busy = true;
    this.record(row, RUNNING, reason);
    if (ledger.faults.active !== 0) {
      strikeAtStart(ledger, row);
    }
    if (floatAt(jobs.endAts, row) !== NEVER) {
      ledger.agenda.push(floatAt(jobs.endAts, row), JOB_ENDS, number);
    }
  }

  /** A parent takes no place: its children do. */
  private hasRoom(number: number, resource: Resource): boolean {
    return this.runsAsParent(this.ledger.jobs.rowOf(number), resource) || this.limits.enter(number, resource);
  }

  private runsAsParent(row: number, resource: Resource): boolean {
    return resource.composite && this.isParent(row);
  }

  private isParent(job: number): boolean {
    return this.ledger.composites.isParent(intAt(this.ledger.jobs.points, job));
  }

  /** Why a copy's point is there. */
  reasonOf(job: number): number {
    return reasonOf(this.ledger.origins.find(intAt(this.ledger.jobs.origins, job)));
  }

  /** A copy is over without a point. */
  fail(row: number, reason: number): void {
    const { jobs, now, origins } = this.ledger;
    jobs.setState(row, step(byteAt(jobs.states, row), 'fail'), reason);
    jobs.endAts[row] = now;
    this.ledger.content?.drop(jobs.numberOf(row));
    this.record(row, FAILED, reason);
    this.ledger.permissions.explainJob(row);
    this.ledger.outcomes.note(this.ledger, row);
    this.settle(row, NOT_AIR_GAPPED);
    const { within } = origins.find(intAt(jobs.origins, row)).given;
    if (within !== undefined) {
      this.composites.childOver(within);
    }
  }

  /** One copy is over, which its source may have waited for. */
  private settle(job: number, airGappedUntil: Instant): void {
    const { jobs, points, origins } = this.ledger;
    const point = intAt(jobs.points, job);
    if (points.has(point, TEMPORARY) && this.sourceStands(job)) {
      const { kind } = origins.find(intAt(jobs.origins, job)).given;
      this.temporary.copyOver(point, kind !== 'on-demand-copy', airGappedUntil);
    }
  }

  /** Logs and tells of a job's state. */
  record(row: number, state: number, reason: number): void {
    recordJob(this.ledger, COPY_JOB, row, state, reason);
  }
}

/** Whether what a rule backs up into a vault is on its way to an air-gapped one. */
function goesByWay({ made }: Vault, { airGapRefusal }: Resource): boolean {
  return !made.airGapped && airGapRefusal === NO_REASON;
}

function reasonOf(origin: Origin): number {
  switch (origin.given.kind) {
    case 'air-gap-copy':
      return COPY_TO_AIR_GAP;
    case 'on-demand-copy':
      return COPY_ON_DEMAND;
    default:
      return COPY_BY_RULE;
  }
}
