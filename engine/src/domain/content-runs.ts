/**
 * Bytes of resources that hold some: which capture belongs to which job and point, and what is asked of host.
 *
 * Owns     what each point with content holds, and what was restored until it arrives.
 * Units    `…At` are Instants; sizes are bytes.
 * Source   B2.4/1 (options), B4.4 (what a backup builds on), B5.3 (continuous), B7.1/1 (which key encrypts what).
 * Spec     ../host/content/content.md
 */
import { floatAt, intAt } from '../kernel/columns';
import { DAY, Instant } from '../kernel/instant';
import type { CapturedBlocks, ContentHost, ContentOrder, Destination, Indexed, Ready, Stored } from './content-orders';
import { ContentQueue } from './content-queue';
import type { Captured, Held, Options, Revision, Seen } from './content-held';
import { newestIn, optionsOf, restorableDays, restoredFrom, scopeOf } from './content-scope';
import type { PointItem } from './point-items';
import type { Key } from './keys';
import type { Ledger } from './ledger';
import { LentCapture } from './lent-capture';
import type { Resource } from './protected-resources';
import { CONTINUOUS } from './recovery-points';
import type { RestoreJob } from './restore-runs';
import { arnOfPoint, jobId } from './show';
import { GIB } from './snapshot';
import type { Vault } from './vaults';

export class ContentRuns {
  private readonly queue: ContentQueue;
  private readonly ofJob = new Map<number, Held>();
  /** Revisions of each point that has content, oldest first; one, unless it is continuous. */
  private readonly ofPoint = new Map<number, Revision[]>();
  private readonly ofRestore = new Map<number, Held>();
  /** What was made ready, by number of the job that restores it. */
  private readonly ready = new Map<number, Ready>();
  /** What revisions of continuous points added since their last run, by row. */
  private readonly added = new Map<number, number>();
  /** Sizes in GiB that captures gave to resources, by number. */
  private readonly measured = new Map<number, number>();
  /** Rows of continuous points of which a revision is asked for and not made. */
  private readonly revising = new Set<number>();
  private released: string[] = [];

  constructor(
    private readonly ledger: Ledger,
    private readonly host: ContentHost,
  ) {
    this.queue = new ContentQueue(ledger);
  }

  /** Whether bytes are to move, or do, before the clock does. */
  get isBusy(): boolean {
    return this.queue.isBusy;
  }

  /** A call waits for what was asked before it, and for what it asks for; undefined where there is nothing. */
  settled(): Promise<void> | undefined {
    return this.isBusy || this.host.moving ? this.host.carryOut() : undefined;
  }

  holds(resource: Resource): boolean {
    return this.host.holds(resource);
  }

  /** Takes the next order, as the one before is over; when there is none, the clock may move again. */
  next(): ContentOrder | undefined {
    return this.queue.next();
  }

  /** Lets the domain go on with what came of an order, as of the instant at which the clock stands. */
  settle(goOn: () => void): void {
    const { ledger } = this;
    ledger.settle();
    const before = ledger.running;
    ledger.running = true;
    goOn();
    ledger.running = before;
  }

  /** Ids of captures that nothing needs any more since this was asked last. */
  takeReleased(): string[] {
    const released = this.released;
    this.released = [];
    return released;
  }

  /**
   * Whether what a resource holds says how large it is. Where somebody said a size, jobs go by that: what is there stands
   * for more.
   */
  measures(resource: Resource): boolean {
    const { sizeGiB } = resource.declaration;
    return sizeGiB === undefined || this.measured.get(resource.number) === sizeGiB || this.host.measures(resource);
  }

  /** A resource is as large as what was captured of it; what a job moves is all of it, unless it builds on another. */
  sizesOf(resource: Resource, captured: Captured, builds: boolean): { readonly size: number; readonly moved: number } {
    const { sizeBytes: size, changedBytes } = captured;
    this.measured.set(resource.number, size / GIB);
    resource.describe({ ...resource.declaration, sizeGiB: size / GIB }, resource.service.id);
    return { size, moved: builds ? this.addedSinceRun(resource.continuousPoint) + changedBytes : size };
  }

  /** A backup job starts: captures what its resource holds at this instant. */
  capture(number: number, resource: Resource, vault: Vault, then: (captured: Captured | undefined) => void): void {
    const { ledger } = this;
    const ofVault = resource.managed || vault.made.airGapped;
    const row = ledger.jobs.rowOf(number);
    const options = this.optionsOf(row, resource);
    const to = {
      scope: scopeOf(
        ledger,
        ofVault ? vault.made.encryptionKeyArn : resource.declaration.encryptedWith,
        resource,
        vault,
      ),
      label: jobId(ledger, row),
    };
    this.queue.push({
      kind: 'capture',
      resource,
      options,
      to: this.builtOn(to, resource),
      settle: (stored) => then(this.keepFor(number, stored, { scope: to.scope, options })),
    });
  }

  /** A copy job starts. Answers false when its source has no content. */
  copy(number: number, destination: Vault, then: (captured: Captured | undefined) => void): boolean {
    const { ledger } = this;
    const { jobs } = ledger;
    const row = jobs.rowOf(number);
    const source = this.revisionAt(intAt(jobs.points, row), floatAt(jobs.pointCreatedAts, row));
    if (source === undefined) {
      return false;
    }
    const resource = ledger.resources.find(intAt(jobs.resources, row));
    const scope = scopeOf(ledger, destination.made.encryptionKeyArn, resource, destination);
    source.uses++;
    this.queue.push({
      kind: 'copy',
      resource,
      from: source.stored.id,
      to: this.builtOn({ scope, label: jobId(ledger, row) }, resource),
      settle: (stored) => {
        this.release(source);
        then(this.keepFor(number, stored, { scope, options: source.options }));
      },
    });
    return true;
  }

  /** A job came to nothing. */
  drop(number: number): void {
    const held = this.ofJob.get(number);
    if (held !== undefined) {
      this.ofJob.delete(number);
      this.release(held);
    }
  }

  /** A job is complete: what it captured is what its point holds, from an instant on where the point is continuous. */
  keep(number: number, row: number): void {
    const held = this.ofJob.get(number);
    if (held === undefined) {
      return;
    }
    this.ofJob.delete(number);
    const { jobs, points } = this.ledger;
    const from = floatAt(jobs.pointCreatedAts, jobs.rowOf(number));
    if (points.has(row, CONTINUOUS)) {
      this.revised(row, { from, held });
      this.added.delete(row);
    } else {
      this.forget(row);
      this.ofPoint.set(row, [{ from, held }]);
    }
  }

  /** A snapshot holds what the newest revision of a continuous point does. */
  share(from: number, to: number): void {
    for (const newest of this.ofPoint.get(from)?.slice(-1) ?? []) {
      newest.held.uses++;
      this.ofPoint.set(to, [newest]);
    }
  }

  /** What revisions of a continuous point added since its last run. */
  addedSinceRun(row: number): number {
    return row < 0 ? 0 : (this.added.get(row) ?? 0);
  }

  /** A point is deleted. */
  forget(row: number): void {
    if (this.ofPoint.size === 0) {
      return;
    }
    for (const { held } of this.ofPoint.get(row) ?? []) {
      this.release(held);
    }
    this.ofPoint.delete(row);
    this.added.delete(row);
  }

  /** ARNs of the points that need one of these captures, in ascending order; of a continuous one, for some second of it. */
  pointsWith(ids: ReadonlySet<string>): string[] {
    const harmed = [...this.ofPoint].filter(([, revisions]) => revisions.some(({ held }) => ids.has(held.stored.id)));
    return harmed.map(([row]) => arnOfPoint(this.ledger, row)).sort();
  }

  /** Resources of which every change is recorded, as a continuous point stands. */
  recorded(): Resource[] {
    const { points } = this.ledger;
    return [...this.ofPoint.keys()]
      .filter((row) => points.has(row, CONTINUOUS))
      .map((row) => this.ledger.resourceOf(intAt(points.series, row)))
      .filter((resource) => resource.continuousPoint >= 0 && this.ofPoint.has(resource.continuousPoint))
      .filter((resource) => this.holds(resource));
  }

  /** What a resource holds has changed at this instant, and its continuous point is to have it. */
  revise(resource: Resource): void {
    const { ledger } = this;
    const row = resource.continuousPoint;
    const last = this.ofPoint.get(row)?.at(-1)?.held;
    if (last === undefined || this.revising.has(row)) {
      return;
    }
    this.revising.add(row);
    const from = ledger.now;
    const { scope, stored, options } = last;
    this.queue.push({
      kind: 'capture',
      resource,
      options,
      revises: true,
      to: { scope, base: stored.id, label: `revision ${resource.arn} ${from} ${stored.id}` },
      settle: (made) => {
        this.revising.delete(row);
        const held = made && { stored: made, scope, options, uses: 1 };
        if (held !== undefined && resource.continuousPoint === row) {
          this.added.set(row, this.addedSinceRun(row) + held.stored.changedBytes);
          this.revised(row, { from, held });
        } else if (held !== undefined) {
          // The point went meanwhile: nobody needs it.
          this.release(held);
        }
      },
    });
  }

  /** A point is indexed. Answers false when it has no content; `then` is told nothing where its files cannot be read. */
  index(row: number, then: (indexed: Indexed | undefined) => void): boolean {
    return this.lookInto(row, (seen: Seen<Indexed>) => ({ kind: 'index', ...seen }), then);
  }

  /** What a point holds is listed. Answers false when nothing is known of it. */
  list(row: number, then: (items: readonly PointItem[] | undefined) => void): boolean {
    return this.lookInto(row, (seen: Seen<readonly PointItem[]>) => ({ kind: 'list', ...seen }), then);
  }

  /** What a point holds, if that is a disk. */
  async blocks(row: number): Promise<CapturedBlocks | undefined> {
    const held = this.revisionAt(row, this.ledger.now);
    return held && this.host.blocks(held.stored.id);
  }

  /** What a point holds, for somebody who outlives the point; undefined where it has no content. Nobody holds it yet. */
  lend(row: number): LentCapture | undefined {
    const held = this.revisionAt(row, this.ledger.now);
    return held && new LentCapture(this.host, held, () => this.release(held));
  }

  /** A restore begins: what it restores stays until it is over. */
  begin(job: RestoreJob): void {
    const held = this.revisionAt(job.request.row, restoredFrom(this.ledger, job));
    if (held !== undefined) {
      held.uses++;
      this.ofRestore.set(job.number, held);
    }
  }

  /** What a job restores is made ready. Answers false when there is nothing to do. */
  restore(job: RestoreJob, then: (ready: boolean) => void): boolean {
    const held = this.ofRestore.get(job.number);
    if (held === undefined) {
      return false;
    }
    this.ofRestore.delete(job.number);
    this.queue.push({
      kind: 'restore',
      from: held.stored.id,
      job,
      settle: (ready) => {
        this.release(held);
        const made = ready !== undefined;
        if (made) {
          this.ready.set(job.number, ready);
        }
        then(made);
      },
    });
    return true;
  }

  /** What was restored is there: it holds what was made ready. */
  arrive(job: RestoreJob, resource: Resource): void {
    const ready = this.ready.get(job.number);
    this.ready.delete(job.number);
    ready?.arrive(resource);
  }

  /** A restore came to nothing. */
  abandon(job: RestoreJob): void {
    const held = this.ofRestore.get(job.number);
    if (held !== undefined) {
      this.ofRestore.delete(job.number);
      this.release(held);
    }
    this.ready.get(job.number)?.leave();
    this.ready.delete(job.number);
  }

  gone(resource: Resource): void {
    this.host.gone(resource);
  }

  /** Replicas have the material of their primary, which goes with the primary alone. */
  destroyKey(key: Key): void {
    if (key.made.primary === undefined && this.queue.everUsed(key.arn)) {
      this.host.destroyKey(key.arn);
    }
  }

  /** What a point has stays while it is read. Answers false when it has none. */
  private lookInto<T>(
    row: number,
    orderOf: (seen: Seen<T>) => ContentOrder,
    then: (found: T | undefined) => void,
  ): boolean {
    const held = this.revisionAt(row, this.ledger.now);
    if (held === undefined) {
      return false;
    }
    held.uses++;
    const settle = (found: T | undefined) => {
      this.release(held);
      then(found);
    };
    const resource = this.ledger.resourceOf(intAt(this.ledger.points.series, row));
    this.queue.push(orderOf({ resource, from: held.stored.id, settle }));
    return true;
  }

  private keepFor(
    number: number,
    stored: Stored | undefined,
    made: Pick<Held, 'scope' | 'options'>,
  ): Captured | undefined {
    if (stored !== undefined) {
      this.ofJob.set(number, { ...made, stored, uses: 1 });
    }
    return stored;
  }

  /** A revision is added; one of the same instant gives way, and so does what no restore can reach any more. */
  private revised(row: number, revision: Revision): void {
    const revisions = this.ofPoint.get(row) ?? [];
    const reach = this.ledger.now - restorableDays(this.ledger, row) * DAY;
    const kept = revisions.filter(({ from }, index) => {
      const next = revisions[index + 1]?.from ?? revision.from;
      return from < revision.from && next > reach;
    });
    for (const { held } of revisions.filter((one) => !kept.includes(one))) {
      this.release(held);
    }
    this.ofPoint.set(row, [...kept, revision]);
  }

  private revisionAt(row: number, instant: Instant): Held | undefined {
    const revisions = this.ofPoint.get(row) ?? [];
    return (revisions.filter(({ from }) => from <= instant).at(-1) ?? revisions[0])?.held;
  }

  private optionsOf(row: number, resource: Resource): Options {
    return optionsOf(this.ledger, row, resource, this.ofPoint.get(resource.continuousPoint)?.at(-1)?.held.options);
  }

  private builtOn(to: Omit<Destination, 'base'>, resource: Resource): Destination {
    const { points } = this.ledger;
    const rows = resource.series.flatMap((number) => points.rowsOf(number));
    const last = rows.flatMap((row) => this.ofPoint.get(row)?.at(-1) ?? []);
    return { ...to, base: newestIn(to.scope, last)?.held.stored.id };
  }

  private release(held: Held): void {
    held.uses--;
    if (held.uses === 0) {
      this.released.push(held.stored.id);
    }
  }
}
