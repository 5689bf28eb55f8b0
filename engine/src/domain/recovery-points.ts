/**
 * Recovery points, in columns.
 *
 * Owns     one row for each live point, a list of free rows, and the chains of the series.
 * Units    `…At` are Instants, NEVER where there is none; sizes are bytes. A row is used again after its point is gone.
 * Source   B1.3 RecoveryPoint, B5.
 * Spec     recovery-points.md
 */
import { byteAt, floatAt, grownFloat64, grownInt32, grownUint8, intAt } from '../kernel/columns';
import type { Instant } from '../kernel/instant';
import type { Series } from './series';

export const LIVE = 1;
export const COLD = 2;
export const CONTINUOUS = 4;
/** Deleted once its copy in a logically air-gapped vault is complete (Source B7.6/2). */
export const TEMPORARY = 8;
/** A continuous point whose data stream was interrupted (Source B5.1). */
export const STOPPED = 16;
/** An active legal hold keeps it (Source B5.4/4). */
export const HELD = 32;
/** Its time was over, or somebody deleted it, and AWS Backup was not allowed to (Source B5.1/1). */
export const EXPIRED_POINT = 64;
/** Parent or child of a composite point (Source B4.5/1); composites.ts knows which. */
export const COMPOSITE = 128;

const FIRST_CAPACITY = 1024;

export class RecoveryPoints {
  createdAts: Float64Array = new Float64Array(FIRST_CAPACITY);
  completedAts: Float64Array = new Float64Array(FIRST_CAPACITY);
  deleteAts: Float64Array = new Float64Array(FIRST_CAPACITY);
  coldAts: Float64Array = new Float64Array(FIRST_CAPACITY);
  sizes: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** What the point adds to the storage of its vault. */
  stored: Float64Array = new Float64Array(FIRST_CAPACITY);
  series: Int32Array = new Int32Array(FIRST_CAPACITY);
  origins: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Series of the point that this one is a copy of; -1 for a backup. */
  sources: Int32Array = new Int32Array(FIRST_CAPACITY);
  flags: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  reasons: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  /** When the run was that renewed a continuous point last, by row. */
  private readonly renewedAts = new Map<number, Instant>();
  live = 0;
  created = 0;
  deleted = 0;
  private nexts: Int32Array = new Int32Array(FIRST_CAPACITY);
  private previous: Int32Array = new Int32Array(FIRST_CAPACITY);
  private used = 0;
  private free = -1;

  constructor(private readonly chains: Series) {}

  /** A row for a new point at the end of its series; the caller fills the columns. */
  add(series: number): number {
    let row = this.free;
    if (row >= 0) {
      this.free = intAt(this.nexts, row);
    } else {
      row = this.used++;
      if (row === this.series.length) {
        this.grow(row * 2);
      }
    }
    const { chains, nexts, previous } = this;
    const tail = intAt(chains.tails, series);
    this.series[row] = series;
    nexts[row] = -1;
    previous[row] = tail;
    if (tail >= 0) {
      nexts[tail] = row;
    } else {
      chains.heads[series] = row;
    }
    chains.tails[series] = row;
    chains.lives[series] = intAt(chains.lives, series) + 1;
    this.live++;
    this.created++;
    return row;
  }

  /** Takes a point out of its series and frees its row. */
  remove(row: number): void {
    const { chains, nexts, previous } = this;
    const series = intAt(this.series, row);
    const next = intAt(nexts, row);
    const before = intAt(previous, row);
    if (before >= 0) {
      nexts[before] = next;
    } else {
      chains.heads[series] = next;
    }
    if (next >= 0) {
      previous[next] = before;
    } else {
      chains.tails[series] = before;
    }
    chains.lives[series] = intAt(chains.lives, series) - 1;
    if (this.has(row, CONTINUOUS)) {
      this.renewedAts.delete(row);
    }
    this.flags[row] = 0;
    nexts[row] = this.free;
    this.free = row;
    this.live--;
    this.deleted++;
  }

  /** For look-ahead.ts: reads where the points beside one are. */
  beside(row: number): number {
    return intAt(this.nexts, row) + intAt(this.previous, row);
  }

  /** The same of what `remove` will write there. */
  around(row: number): number {
    const [next, before] = [intAt(this.nexts, row), intAt(this.previous, row)];
    return (next < 0 ? 0 : intAt(this.previous, next)) + (before < 0 ? 0 : intAt(this.nexts, before));
  }

  /** How many rows there are, free ones included. */
  get rowCount(): number {
    return this.used;
  }

  has(row: number, flag: number): boolean {
    return (byteAt(this.flags, row) & flag) !== 0;
  }

  /** As of when a point holds its data: when it was created, or when a run last renewed it. */
  asOf(row: number): Instant {
    const createdAt = floatAt(this.createdAts, row);
    return this.has(row, CONTINUOUS) ? (this.renewedAts.get(row) ?? createdAt) : createdAt;
  }

  /** A run renews a continuous point. */
  renew(row: number, now: Instant): void {
    this.renewedAts.set(row, now);
  }

  /** Whether the row still holds the point that was created then. */
  isSame(row: number, series: number, createdAt: Instant): boolean {
    return this.has(row, LIVE) && intAt(this.series, row) === series && floatAt(this.createdAts, row) === createdAt;
  }

  /** Rows of a series, oldest first. */
  rowsOf(series: number): number[] {
    const rows: number[] = [];
    for (let row = intAt(this.chains.heads, series); row >= 0; row = intAt(this.nexts, row)) {
      rows.push(row);
    }
    return rows;
  }

  private grow(capacity: number): void {
    this.createdAts = grownFloat64(this.createdAts, capacity);
    this.completedAts = grownFloat64(this.completedAts, capacity);
    this.deleteAts = grownFloat64(this.deleteAts, capacity);
    this.coldAts = grownFloat64(this.coldAts, capacity);
    this.sizes = grownFloat64(this.sizes, capacity);
    this.stored = grownFloat64(this.stored, capacity);
    this.series = grownInt32(this.series, capacity);
    this.origins = grownInt32(this.origins, capacity);
    this.sources = grownInt32(this.sources, capacity);
    this.nexts = grownInt32(this.nexts, capacity);
    this.previous = grownInt32(this.previous, capacity);
    this.flags = grownUint8(this.flags, capacity);
    this.reasons = grownUint8(this.reasons, capacity);
  }
}
