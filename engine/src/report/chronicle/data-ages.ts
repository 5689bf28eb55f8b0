/**
 * How old the newest restorable data of each resource got at worst, period by period: the RPO that was met.
 *
 * Owns     for each resource by its number, the newest data that a point holds, and the worst age of each period.
 * Units    `…At` are Instants, ages milliseconds. Before the first point the data counts as fresh when the resource came.
 * Source   B5.3/1: how old continuous backups are; B13: what is under a key that cannot be used cannot be restored.
 *          The matcher `toMeetRpo` measures the same (recovery-objective.ts).
 */
import { latestRestorableOf } from '../../domain/continuous';
import { keyOfPoint } from '../../domain/encryption';
import type { Ledger } from '../../domain/ledger';
import type { Resource } from '../../domain/protected-resources';
import { NO_REASON } from '../../domain/reasons';
import { STOPPED } from '../../domain/recovery-points';
import { byteAt, floatAt, grownFloat64, grownUint8, intAt } from '../../kernel/columns';
import { Instant, NEVER } from '../../kernel/instant';

/** Rows at first; most Worlds of a server are small. */
const FIRST = 64;

export class DataAges {
  /** Worst ages of the periods that are over, by resource; a resource that came later is not in earlier ones. */
  private closed: Float64Array[] = [];
  private worst = new Float64Array(FIRST);
  private newestAts = new Float64Array(FIRST);
  /** CreationDate of the continuous point; NEVER where there is none. */
  private continuousAts = new Float64Array(FIRST).fill(NEVER);
  /** Newest data of continuous points that stopped, by resource and CreationDate. */
  private readonly stops = new Map<number, Map<Instant, Instant>>();
  private pointed = new Uint8Array(FIRST);
  /** How many resources ever had a point. */
  pointedCount = 0;
  private known = 0;

  constructor(
    private readonly ledger: Ledger,
    private readonly from: Instant,
  ) {}

  /** Whether a resource ever had a point. */
  hadPoint(resource: number): boolean {
    return this.pointed[resource] === 1;
  }

  /** A point holds the data of `dataAt` from `now` on. */
  completed(resource: Resource, dataAt: Instant, now: Instant): void {
    this.learn();
    const { number } = resource;
    this.pointedCount += 1 - byteAt(this.pointed, number);
    this.pointed[number] = 1;
    if (dataAt > floatAt(this.newestAts, number)) {
      this.credit(resource, now);
      this.newestAts[number] = this.ledger.keys.unusable === 0 ? dataAt : this.newestLeft(resource);
    }
  }

  /** A point follows the data of a resource from `now` on. */
  continuous(resource: Resource, createdAt: Instant, now: Instant): void {
    this.completed(resource, createdAt, now);
    this.continuousAts[resource.number] = this.followedOf(resource);
  }

  /** The point that followed the data does so no longer, and keeps what it has. */
  stopped(resource: Resource, createdAt: Instant, now: Instant): void {
    this.learn();
    const { number, service } = resource;
    this.credit(resource, now);
    const dataAt = latestRestorableOf(service.resourceType, createdAt, now);
    this.stops.set(number, new Map(this.stops.get(number)).set(createdAt, dataAt));
    this.continuousAts[number] = NEVER;
    this.newestAts[number] =
      this.ledger.keys.unusable === 0 ? Math.max(floatAt(this.newestAts, number), dataAt) : this.newestLeft(resource);
  }

  /** A point went. */
  ended(resource: Resource, createdAt: Instant, now: Instant): void {
    this.learn();
    const { number } = resource;
    const follows = floatAt(this.continuousAts, number) === createdAt && resource.continuousPoint < 0;
    const stopped = this.stops.get(number)?.delete(createdAt) === true;
    if (createdAt !== floatAt(this.newestAts, number) && !follows && !stopped) {
      return;
    }
    this.credit(resource, now);
    if (follows) {
      this.continuousAts[number] = NEVER;
    }
    this.newestAts[number] = this.newestLeft(resource);
  }

  /** Keys can be used that could not, or the other way round. */
  keysTurned(now: Instant): void {
    this.learn();
    for (const resource of this.ledger.resources.list()) {
      this.credit(resource, now);
      this.newestAts[resource.number] = this.newestLeft(resource);
      this.continuousAts[resource.number] = this.followedOf(resource);
    }
  }

  /** A period is over. */
  close(now: Instant): void {
    this.closed.push(this.worstAt(now));
    this.worst.fill(0);
  }

  /** Worst ages of the period that is under way, by number of the resource. */
  worstAt(now: Instant): Float64Array {
    this.learn();
    for (const resource of this.ledger.resources.list()) {
      this.credit(resource, now);
    }
    return this.worst.slice(0, this.known);
  }

  /** Worst ages of the periods that are over. */
  get periods(): readonly Float64Array[] {
    return this.closed;
  }

  /** Each two periods become one. */
  merge(): void {
    this.closed = this.closed.flatMap((first, period) => {
      const second = this.closed[period + 1];
      return period % 2 === 1 || second === undefined ? [] : [second.map((age, row) => Math.max(age, first[row] ?? 0))];
    });
  }

  private credit(resource: Resource, now: Instant): void {
    const { number } = resource;
    const newest = floatAt(this.newestAts, number);
    const followed = floatAt(this.continuousAts, number);
    const { resourceType } = resource.service;
    const dataAt = followed === NEVER ? newest : Math.max(newest, latestRestorableOf(resourceType, followed, now));
    this.worst[number] = Math.max(floatAt(this.worst, number), now - dataAt);
  }

  /** The newest data that a point still holds which can be restored. */
  private newestLeft(resource: Resource): Instant {
    const { series, points, keys } = this.ledger;
    const stops = this.stops.get(resource.number);
    let newest = Math.max(this.from, resource.madeAt);
    if (keys.unusable > 0) {
      for (const row of resource.series.flatMap((one) => points.rowsOf(one)).filter((one) => this.isRestorable(one))) {
        const createdAt = floatAt(points.createdAts, row);
        newest = Math.max(newest, (points.has(row, STOPPED) ? stops?.get(createdAt) : undefined) ?? createdAt);
      }
      return newest;
    }
    // Within a vault, points complete in the order of their creation.
    for (const one of resource.series) {
      const row = intAt(series.tails, one);
      newest = row < 0 ? newest : Math.max(newest, floatAt(points.createdAts, row));
    }
    return Math.max(newest, ...(stops?.values() ?? []));
  }

  /** CreationDate of the point that follows the data, NEVER where there is none that can be restored. */
  private followedOf({ continuousPoint }: Resource): Instant {
    const restorable = continuousPoint >= 0 && this.isRestorable(continuousPoint);
    return restorable ? floatAt(this.ledger.points.createdAts, continuousPoint) : NEVER;
  }

  /** Whether the key that a point is under can be used (Source B13). */
  private isRestorable(row: number): boolean {
    const { ledger } = this;
    return ledger.keys.unusable === 0 || ledger.keys.refusalOf(keyOfPoint(ledger, row)) === NO_REASON;
  }

  /** Takes in resources that came since. */
  private learn(): void {
    const { count } = this.ledger.resources;
    if (count > this.worst.length) {
      const capacity = Math.max(count, this.worst.length * 2);
      this.worst = grownFloat64(this.worst, capacity);
      this.newestAts = grownFloat64(this.newestAts, capacity);
      this.continuousAts = grownFloat64(this.continuousAts, capacity).fill(NEVER, this.known);
      this.pointed = grownUint8(this.pointed, capacity);
    }
    for (; this.known < count; this.known++) {
      const { madeAt } = this.ledger.resources.find(this.known);
      this.newestAts[this.known] = Math.max(this.from, madeAt);
    }
  }
}
