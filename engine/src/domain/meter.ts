/**
 * What a World uses that AWS asks money for, counted while it happens.
 *
 * Owns     what each point holds on its own, which points of a chain (chains.ts) follow each other, and the sums of every line.
 * Units    bytes; `…At` are Instants.
 * Source   B4.4, B5.2/4, B16.2. That changes never rewrite the same bytes twice is Assumed (snapshot.md).
 * Spec     meter.md
 */
import { BackupLimits, type Environment } from '@holdfast/model';
import { floatAt, grownFloat64, grownInt32, intAt } from '../kernel/columns';
import { DAY, type Instant, SECOND } from '../kernel/instant';
import type { Buckets } from './buckets';
import type { Framework } from './frameworks';
import type { Ledger } from './ledger';
import { COLD_TIER, CONTINUOUS_TIER, LOW_COST, MeterLines, type UsageKind, WARM } from './meter-lines';
import { ObjectMeter } from './object-meter';
import type { Resource } from './protected-resources';
import { COLD, LIVE } from './recovery-points';
import type { RestoreJob } from './restore-runs';
import { changedBytes } from './snapshot';
import { Usage } from './usage';

/** Source B16.2/2: these are counted by the day, a day that has begun as a whole one; all others by the hour. */
export const BY_THE_DAY: ReadonlySet<string> = new Set(['efs', 's3', 'virtual-machine', 'sap-hana', 'timestream']);
const COLD_MINIMUM = BackupLimits.COLD_DAYS * DAY;
/** Databases whose automated backups are free up to what they are provisioned with (Source B16.2/9). */
const WITH_ALLOWANCE: ReadonlySet<string> = new Set(['rds', 'aurora']);

const NONE = -1;
const FIRST_CAPACITY = 1024;

export class Meter {
  readonly usage: Usage;
  readonly lines: MeterLines;
  readonly objects: ObjectMeter;
  /** Bytes that go when the point goes: what no newer point of its chain shares. The newest has all that it shows. */
  private held: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** Line of storage of a point; NONE where it is not counted. */
  private lineOf: Int32Array = new Int32Array(FIRST_CAPACITY).fill(NONE);
  private olders: Int32Array = new Int32Array(FIRST_CAPACITY);
  private newers: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Chain of a point; NONE where it stands alone. */
  private chainOf: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Since when a point is cold, or is counted; below 0 while it is free, until when. */
  private sinces: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** Newest point of each chain. */
  private readonly newest: number[] = [];
  /** Warm fulls that were made beside a cold chain: once they are cold, too, they share with the point before them. */
  private readonly anew = new Set<number>();
  private readonly provided = new Map<number, { readonly line: number; readonly bytes: number }>();
  private readonly kind: number;

  constructor(
    private readonly ledger: Ledger,
    buckets: Buckets,
  ) {
    this.usage = new Usage(ledger.now);
    this.lines = new MeterLines(ledger, this.usage);
    this.objects = new ObjectMeter(ledger, buckets, this.lines, this.usage);
    this.kind = ledger.turn('snapshot is no longer free', (row) => {
      this.leaveFree(row);
    });
  }

  /** Bytes that a point holds now, for itself and for those before it in its chain; 0 where it is not counted. */
  heldOf(row: number): number {
    return row >= this.lineOf.length || intAt(this.lineOf, row) === NONE ? 0 : floatAt(this.held, row);
  }

  /** A backup or a copy made a point. */
  made(row: number): void {
    const { ledger, lines } = this;
    const { points } = ledger;
    this.reserve(row);
    const series = intAt(points.series, row);
    const resource = ledger.resourceOf(series);
    const tier = lines.tierOf(row);
    const line = lines.ofPoint(row, tier);
    this.objects.made(row);
    const size = this.objects.sizeOf(row);
    this.lineOf[row] = line;
    this.chainOf[row] = NONE;
    this.olders[row] = NONE;
    this.newers[row] = NONE;
    this.held[row] = size;
    this.sinces[row] = ledger.now;
    if (intAt(points.sources, row) >= 0) {
      this.transfer(row);
    }
    const free = resource.service.id === 'aurora' && tier === WARM ? this.freeUntil(row, resource) : ledger.now;
    if (free > ledger.now) {
      this.sinces[row] = -free;
      ledger.agenda.push(free, this.kind, row);
    } else if (resource.incremental && tier !== CONTINUOUS_TIER) {
      this.join(row, ledger.chains.of(series, intAt(points.sources, row) >= 0), line, size);
    } else {
      this.begin(line, size);
    }
  }

  /** A point is about to be taken out of its series. */
  removed(row: number): void {
    const line = row < this.lineOf.length ? intAt(this.lineOf, row) : NONE;
    if (line === NONE) {
      return;
    }
    const { ledger } = this;
    const cold = ledger.points.has(row, COLD);
    if (floatAt(this.sinces, row) >= 0) {
      const freed = this.leaveChain(row, line);
      this.end(line, freed);
      const missing = cold ? floatAt(this.sinces, row) + COLD_MINIMUM - ledger.now : 0;
      if (missing > 0) {
        const early = lines(this, line, 'early-deletion');
        this.usage.once(early, freed, Math.ceil(missing / SECOND), ledger.now);
      }
    }
    this.lineOf[row] = NONE;
    this.objects.removed(row);
  }

  /** A point moves to cold storage. Source B16.2/4: incremental there for services that are, but for EBS. */
  cooled(row: number): void {
    const from = row < this.lineOf.length ? intAt(this.lineOf, row) : NONE;
    if (from === NONE) {
      return;
    }
    const { points } = this.ledger;
    const resource = this.ledger.resourceOf(intAt(points.series, row));
    const line = this.lines.ofPoint(row, COLD_TIER);
    this.sinces[row] = this.ledger.now;
    this.lineOf[row] = line;
    if (resource.service.id === 'ebs') {
      this.end(from, this.leaveChain(row, from));
      this.held[row] = floatAt(points.sizes, row);
      this.startAtEndOfDay(line, floatAt(this.held, row));
      return;
    }
    if (this.anew.delete(row)) {
      const older = intAt(this.olders, row);
      const [since, until] = [floatAt(points.createdAts, older), floatAt(points.createdAts, row)];
      const changed = changedBytes(this.objects.sizeOf(row), resource.dailyChangePercent, since, until);
      this.shrink(older, Math.min(floatAt(this.held, older), changed));
    }
    this.end(from, floatAt(this.held, row));
    this.startAtEndOfDay(line, floatAt(this.held, row));
  }

  /** A run renewed a continuous point: it holds the data, and what changed in its retention (Assumed). */
  renewed(row: number): void {
    const { points } = this.ledger;
    const line = intAt(this.lineOf, row);
    const resource = this.ledger.resourceOf(intAt(points.series, row));
    const days = resource.continuousKeeper?.terms.deleteAfterDays ?? 0;
    const size = this.objects.sizeOf(row);
    const most = Math.round(size * (resource.dailyChangePercent / 100) * days);
    const held = size + Math.max(0, Math.min(this.objects.storedOf(row) - size, most));
    this.usage.change(line, held - floatAt(this.held, row), this.ledger.now);
    this.held[row] = held;
    this.objects.renewed(row);
  }

  /** A point moves to the low-cost warm tier with what it holds on its own. */
  tiered(row: number): void {
    const from = intAt(this.lineOf, row);
    const line = this.lines.ofPoint(row, LOW_COST);
    this.end(from, floatAt(this.held, row));
    this.lineOf[row] = line;
    this.startAtEndOfDay(line, floatAt(this.held, row));
    this.objects.moved(row, floatAt(this.held, row));
  }

  /** A restore is complete. Parents of composite restores move nothing themselves. */
  restored(job: RestoreJob): void {
    const { vault, resource, request } = job;
    const { env } = vault.made;
    const tier = job.cold ? 'cold' : 'warm';
    const about = { service: resource.service.id, env, payer: request.env.account, vault };
    if (!job.isParent) {
      this.count(this.lines.of({ ...about, kind: 'restore', tier }), job.sizeBytes);
    }
    if (request.test !== undefined && request.nestedIn === undefined) {
      this.count(this.lines.of({ ...about, kind: 'restore-test' }), 1);
    }
  }

  /** A control was evaluated for so many resources. */
  evaluated({ made: { env } }: Framework, evaluations: number): void {
    this.count(this.lines.of({ kind: 'audit', service: '', env, payer: env.account }), evaluations);
  }

  /** A point was indexed: its items count, where it is known how many it has (Source B16.2/13). */
  indexed(row: number, items = this.objects.countOf(row)): void {
    this.inspected(items === undefined ? 'index-unsized' : 'index', row, items ?? 1);
  }

  /** A point was scanned for malware. */
  scanned(row: number, bytes: number): void {
    this.inspected('scan', row, bytes);
  }

  /** A search was made (Source B16.2/13). */
  searched(env: Environment): void {
    this.count(this.lines.of({ kind: 'search', service: '', env, payer: env.account }), 1);
  }

  private inspected(kind: UsageKind, row: number, amount: number): void {
    const vault = this.ledger.vaultOf(intAt(this.ledger.points.series, row));
    const { env } = vault.made;
    const { id: service } = this.ledger.resourceOf(intAt(this.ledger.points.series, row)).service;
    this.count(this.lines.of({ kind, service, env, payer: env.account, vault }), amount);
  }

  /** A resource came, went, or is of another size. */
  provisioned(resource: Resource): void {
    const { id: service } = resource.service;
    const { env } = resource.declaration;
    const before = this.provided.get(resource.number);
    if (before === undefined && !WITH_ALLOWANCE.has(service)) {
      return;
    }
    const line = before?.line ?? this.lines.of({ kind: 'provisioned', service, env, payer: env.account });
    const bytes = resource.gone ? 0 : resource.sizeBytes;
    this.usage.change(line, bytes - (before?.bytes ?? 0), this.ledger.now);
    this.provided.set(resource.number, { line, bytes });
  }

  private count(line: number, amount: number): void {
    this.usage.once(line, amount, 1, this.ledger.now);
  }

  /** Source B16.2/7: what leaves an account or a Region. */
  private transfer(row: number): void {
    const { ledger } = this;
    const { points } = ledger;
    if (ledger.vaultOf(intAt(points.sources, row)).place !== ledger.vaultOf(intAt(points.series, row)).place) {
      this.count(this.lines.ofTransfer(row), floatAt(points.stored, row));
    }
  }

  /** Source B16.2/10: snapshots of Aurora are free as long as its automated backups reach back to them. */
  private freeUntil(row: number, { continuousKeeper, continuousPoint, declaration }: Resource): Instant {
    const { points } = this.ledger;
    if (intAt(points.sources, row) >= 0) {
      return 0;
    }
    const kept = continuousPoint < 0 ? undefined : continuousKeeper?.terms.deleteAfterDays;
    return floatAt(points.createdAts, row) + (kept ?? declaration.automatedBackupDays ?? 1) * DAY;
  }

  private leaveFree(row: number): void {
    const { points, now } = this.ledger;
    if (points.has(row, LIVE) && intAt(this.lineOf, row) !== NONE && floatAt(this.sinces, row) === -now) {
      this.sinces[row] = now;
      this.begin(intAt(this.lineOf, row), floatAt(this.held, row));
    }
  }

  /** A new point shares with the one before it all that did not change. */
  private join(row: number, chain: number, line: number, size: number): void {
    const { points, now } = this.ledger;
    const older = this.newest[chain] ?? NONE;
    this.chainOf[row] = chain;
    this.newest[chain] = row;
    this.olders[row] = older;
    // Source B5.2/4: where the only full is cold, the next backup is a warm full.
    if (older < 0) {
      this.begin(line, size);
      return;
    }
    this.newers[older] = row;
    if (points.has(older, COLD)) {
      this.anew.add(row);
      this.begin(line, size);
      return;
    }
    const kept = Math.min(this.objects.sizeOf(older), this.objects.storedOf(row));
    const shared = floatAt(this.held, older) - kept;
    this.held[older] = kept;
    this.move(intAt(this.lineOf, older), line, shared, now);
    this.begin(line, size - shared);
  }

  /**
   * Takes a point out of its chain; answers the bytes that nobody else needs.
   *
   * Source B4.4/2: what older points need of it stays.
   */
  private leaveChain(row: number, line: number): number {
    const held = floatAt(this.held, row);
    const chain = intAt(this.chainOf, row);
    if (chain === NONE) {
      return held;
    }
    const [older, newer] = [intAt(this.olders, row), intAt(this.newers, row)];
    this.chainOf[row] = NONE;
    this.anew.delete(row);
    if (newer >= 0) {
      this.olders[newer] = older;
      this.anew.delete(newer);
    } else {
      this.newest[chain] = older;
    }
    if (older < 0) {
      return held;
    }
    this.newers[older] = newer;
    const passed = Math.max(0, Math.min(held, this.objects.sizeOf(older) - floatAt(this.held, older)));
    this.held[older] = floatAt(this.held, older) + passed;
    this.move(line, intAt(this.lineOf, older), passed, this.ledger.now);
    return held - passed;
  }

  private shrink(row: number, held: number): void {
    this.end(intAt(this.lineOf, row), floatAt(this.held, row) - held);
    this.held[row] = held;
  }

  private move(from: number, to: number, bytes: number, when: Instant): void {
    if (from !== to) {
      this.usage.change(from, -bytes, when);
      this.usage.change(to, bytes, when);
    }
  }

  private begin(line: number, bytes: number): void {
    const { now } = this.ledger;
    this.usage.change(line, bytes, this.isByTheDay(line) ? now - (now % DAY) : now);
  }

  private end(line: number, bytes: number): void {
    this.usage.change(line, -bytes, this.endOfDay(line));
  }

  /** Assumed: the day of a move counts in the tier that a point leaves. */
  private startAtEndOfDay(line: number, bytes: number): void {
    this.usage.change(line, bytes, this.endOfDay(line));
  }

  private endOfDay(line: number): Instant {
    const { now } = this.ledger;
    return this.isByTheDay(line) ? Math.ceil(now / DAY) * DAY : now;
  }

  private isByTheDay(line: number): boolean {
    return BY_THE_DAY.has(this.lines.find(line).service);
  }

  private reserve(row: number): void {
    if (row < this.held.length) {
      return;
    }
    const capacity = Math.max(row + 1, this.held.length * 2);
    const before = this.lineOf.length;
    this.held = grownFloat64(this.held, capacity);
    this.sinces = grownFloat64(this.sinces, capacity);
    this.olders = grownInt32(this.olders, capacity);
    this.newers = grownInt32(this.newers, capacity);
    this.chainOf = grownInt32(this.chainOf, capacity);
    this.lineOf = grownInt32(this.lineOf, capacity).fill(NONE, before);
  }
}

/** The line beside that of a point, of another kind. */
function lines(meter: Meter, line: number, kind: 'early-deletion'): number {
  const { number: _number, ...about } = meter.lines.find(line);
  return meter.lines.of({ ...about, kind });
}
