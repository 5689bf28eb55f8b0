/**
 * What backups of buckets cost by the object: requests, events, moves to the low-cost tier, small objects billed as larger ones.
 *
 * Owns     how many bytes are billed for each byte of a point, and what of continuous points was read.
 * Units    bytes.
 * Source   B16.2/6, B16.2/15.
 * Spec     meter.md
 */
import { floatAt, intAt } from '../kernel/columns';
import type { Buckets } from './buckets';
import type { Ledger } from './ledger';
import type { MeterLines, UsageKind } from './meter-lines';
import { objectCountOf, objectsIn } from './object-counts';
import type { Usage } from './usage';

/** As ListObjectsV2 answers them. */
const LISTED_AT_ONCE = 1000;

export class ObjectMeter {
  /** Numbers of the buckets that were backed up and of which nobody knows how many objects they have. */
  readonly unsized = new Set<number>();
  /** Of points whose objects are small; 1 for all others. */
  private readonly ratios = new Map<number, number>();
  /** Bytes of a continuous point when its last run was over. */
  private readonly lastRead = new Map<number, number>();

  constructor(
    private readonly ledger: Ledger,
    private readonly buckets: Buckets,
    private readonly lines: MeterLines,
    private readonly usage: Usage,
  ) {}

  /**
   * A point is there: what its backup asked of the bucket counts.
   *
   * Assumed: each object that changed is read once and tells one event, and the first run of a continuous backup and all
   * others list every object, 1,000 to a request.
   */
  made(row: number): void {
    const { points } = this.ledger;
    const resource = this.ledger.resourceOf(intAt(points.series, row));
    if (resource.service.id !== 's3') {
      return;
    }
    const objects = objectCountOf(resource, this.buckets);
    if (objects === undefined) {
      this.unsized.add(resource.number);
      return;
    }
    if (objects.ratio > 1) {
      this.ratios.set(row, objects.ratio);
    }
    if (intAt(points.sources, row) < 0) {
      const [size, stored] = [floatAt(points.sizes, row), floatAt(points.stored, row)];
      const changed = objectsIn(stored, size, objects.count);
      this.lastRead.set(row, stored);
      this.count('object-list', row, Math.ceil(objects.count / LISTED_AT_ONCE));
      this.count('object-get', row, changed);
      this.count('object-event', row, stored < size ? changed : 0);
    }
  }

  /** A run renewed a continuous point. */
  renewed(row: number): void {
    const { points } = this.ledger;
    const count = this.countOf(row);
    if (count !== undefined) {
      const stored = floatAt(points.stored, row);
      const changed = objectsIn(stored - (this.lastRead.get(row) ?? 0), floatAt(points.sizes, row), count);
      this.lastRead.set(row, stored);
      this.count('object-get', row, changed);
      this.count('object-event', row, changed);
    }
  }

  /** Some of what a point holds moves to the low-cost warm tier. */
  moved(row: number, bytes: number): void {
    const count = this.countOf(row);
    if (count !== undefined) {
      this.count('object-move', row, objectsIn(bytes, this.sizeOf(row), count));
    }
  }

  removed(row: number): void {
    this.ratios.delete(row);
    this.lastRead.delete(row);
  }

  /** How many objects a point has; undefined where nobody knows. */
  countOf(row: number): number | undefined {
    return objectCountOf(this.ledger.resourceOf(intAt(this.ledger.points.series, row)), this.buckets)?.count;
  }

  /** All that a point shows, as it is billed. */
  sizeOf(row: number): number {
    return this.billed(row, floatAt(this.ledger.points.sizes, row));
  }

  /** What a point adds to the one before it, as it is billed. */
  storedOf(row: number): number {
    return this.billed(row, floatAt(this.ledger.points.stored, row));
  }

  private billed(row: number, bytes: number): number {
    const ratio = this.ratios.size === 0 ? 1 : (this.ratios.get(row) ?? 1);
    return ratio === 1 ? bytes : Math.round(bytes * ratio);
  }

  /** It stands under the rule that asked for it. */
  private count(kind: UsageKind, row: number, pieces: number): void {
    if (pieces > 0) {
      const { points, origins, now } = this.ledger;
      const { service, declaration } = this.ledger.resourceOf(intAt(points.series, row));
      const vault = this.ledger.vaultOf(intAt(points.series, row));
      const env = kind === 'object-move' ? vault.made.env : declaration.env;
      const origin = origins.find(intAt(points.origins, row));
      const line = this.lines.of({ kind, service: service.id, env, payer: env.account, vault, origin });
      this.usage.once(line, pieces, 1, now);
    }
  }
}
