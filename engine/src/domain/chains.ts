/**
 * Which recovery points build on each other, and on which of them the next one builds.
 *
 * Owns     the chain that new points of a series join, backups and copies apart, and of each chain the instant as of which its
 *          newest point holds its data: the next point moves what changed since.
 * Units    `…At` are Instants; NONE where the next point of a chain is a full one.
 * Source   B4.4/1, B4.4/2, B4.4/5, B5.2/4; Amazon RDS and EBS user guides, "Incremental snapshot copying"; FSx user guides,
 *          "Full and incremental copies".
 * Spec     snapshot.md
 */
import { byteAt, floatAt, grownInt32, intAt } from '../kernel/columns';
import type { Instant } from '../kernel/instant';
import { COPY } from './jobs';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';
import { COLD } from './recovery-points';
import type { Vault } from './vaults';

const NONE = -1;

export class Chains {
  private readonly byKey = new Map<string, number>();
  /** As of when the newest point of each chain holds its data, of those that a new one can build on. */
  private readonly newestAts: Instant[] = [];
  /** Chain of each series: of backups at even places, of copies at odd ones; one more than its number. */
  private ofSeries = new Int32Array(2048);

  constructor(private readonly ledger: Ledger) {}

  /** The chain that a point of a series joins. */
  of(series: number, copied: boolean): number {
    const cell = series * 2 + (copied ? 1 : 0);
    if (cell >= this.ofSeries.length) {
      this.ofSeries = grownInt32(this.ofSeries, Math.max(cell + 1, this.ofSeries.length * 2));
    }
    const known = intAt(this.ofSeries, cell);
    if (known > 0) {
      return known - 1;
    }
    const key = keyOf(series, copied, this.ledger.resourceOf(series), this.ledger.vaultOf(series));
    const chain = this.byKey.get(key) ?? this.newestAts.push(NONE) - 1;
    this.byKey.set(key, chain);
    this.ofSeries[cell] = chain + 1;
    return chain;
  }

  /** As of when the point holds its data that the next one of a series builds on; NONE when that is a full one. */
  baseOf(resource: Resource, series: number, copied: boolean): Instant {
    return resource.incremental ? (this.newestAts[this.of(series, copied)] ?? NONE) : NONE;
  }

  /** A point is there, or holds later data than before. */
  join(row: number): void {
    const { points } = this.ledger;
    this.put(intAt(points.series, row), this.chainOf(row), points.asOf(row));
  }

  /** The point that a job makes is there. */
  joinMade(job: number): void {
    const { jobs } = this.ledger;
    const series = intAt(jobs.series, job);
    this.put(series, this.of(series, byteAt(jobs.kinds, job) === COPY), floatAt(jobs.pointCreatedAts, job));
  }

  /**
   * A point is about to go, or to turn cold (B5.2/4): the next one builds on the newest that is left. Source: a copy of what
   * AWS Backup does not manage fully builds on the most recent copy or on none; that of a file system of FSx on any.
   */
  leave(row: number): void {
    const { newestAts, ledger } = this;
    const asOf = ledger.points.asOf(row);
    // Most that go are old: what they are a copy of need not be fetched from among millions of rows.
    if (!this.isNewest(intAt(ledger.points.series, row), asOf)) {
      return;
    }
    const chain = this.chainOf(row);
    if (asOf !== newestAts[chain]) {
      return;
    }
    const resource = ledger.resourceOf(intAt(ledger.points.series, row));
    const left = this.newestBeside(row, chain, resource);
    const onLatest =
      intAt(ledger.points.sources, row) >= 0 && !resource.managed && !resource.service.id.startsWith('fsx-');
    newestAts[chain] = onLatest && left < asOf ? NONE : left;
  }

  /** A resource of this ARN was made anew: its first backup is a full one. */
  startAnew(resource: Resource): void {
    for (const series of resource.series) {
      this.ofSeries.fill(0, series * 2, series * 2 + 2);
    }
  }

  /** What was made of an earlier resource of the same ARN is no base. */
  private put(series: number, chain: number, asOf: Instant): void {
    const resource = this.ledger.resourceOf(series);
    if (!resource.madeAgain || asOf >= resource.madeAt) {
      this.newestAts[chain] = Math.max(this.newestAts[chain] ?? NONE, asOf);
    }
  }

  /** For look-ahead.ts: reads what `leave` asks of a series. */
  nearby(series: number): number {
    const backups = intAt(this.ofSeries, series * 2);
    const copies = intAt(this.ofSeries, series * 2 + 1);
    const newest = backups > 0 ? (this.newestAts[backups - 1] as number) : 0;
    return newest + (copies > 0 ? (this.newestAts[copies - 1] as number) : 0);
  }

  /** Whether the newest point of either chain of a series holds its data as of then. */
  private isNewest(series: number, asOf: Instant): boolean {
    const { ofSeries, newestAts } = this;
    const cell = series * 2;
    const [ofBackups, ofCopies] = [ofSeries[cell] ?? 0, ofSeries[cell + 1] ?? 0];
    return (ofBackups > 0 && newestAts[ofBackups - 1] === asOf) || (ofCopies > 0 && newestAts[ofCopies - 1] === asOf);
  }

  private chainOf(row: number): number {
    const { points } = this.ledger;
    return this.of(intAt(points.series, row), intAt(points.sources, row) >= 0);
  }

  private newestBeside(row: number, chain: number, { series, madeAt }: Resource): Instant {
    const { points } = this.ledger;
    let newest = NONE;
    for (const number of series) {
      if (this.of(number, false) !== chain && this.of(number, true) !== chain) {
        continue;
      }
      for (const other of points.rowsOf(number)) {
        const asOf = points.asOf(other);
        const counts = other !== row && asOf > newest && asOf >= madeAt && !points.has(other, COLD);
        newest = counts && this.chainOf(other) === chain ? asOf : newest;
      }
    }
    return newest;
  }
}

/**
 * What AWS Backup manages fully builds on what is in its vault; else backups build on backups of the whole account and
 * Region, and copies on copies there under the same key, which is that of their vault.
 */
function keyOf(series: number, copied: boolean, { number, madeAt, managed }: Resource, { place, made }: Vault): string {
  if (managed) {
    return `${series} since ${madeAt}`;
  }
  const { airGapped, encryptionKeyArn = airGapped ? 'owned by AWS' : 'managed by AWS' } = made;
  return `${number} since ${madeAt} at ${place}${copied ? ` under ${encryptionKeyArn}` : ''}`;
}
