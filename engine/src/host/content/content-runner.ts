/**
 * Moves the bytes of resources that hold some, when the domain asks for it.
 *
 * Owns     what each resource holds, and the store of what was captured.
 * Spec     content.md
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type {
  CaptureOrder,
  ContentHost,
  ContentOrder,
  Indexed,
  IndexOrder,
  Ready,
  Stored,
} from '../../domain/content-orders';
import type { WireRequest } from '../../wire/message';
import { BodyStore } from '../bodies/body-store';
import { whileOffered } from '../bodies/offered';
import { ContentRuns } from '../../domain/content-runs';
import { restoresFiles } from '../../domain/file-restores';
import type { Resource } from '../../domain/protected-resources';
import type { RestoreJob } from '../../domain/restore-runs';
import type { WorldState } from '../../domain/world-state';
import { type Instant, shortInstant } from '../../kernel/instant';
import type { ContentDamage, ContentFault } from '../../report/content-damage';
import { listFiles } from './block-files';
import { BlockImage } from './block-image';
import type { Content, RestoreOrder } from './content';
import type { ContentStore } from './content-store';
import { ContentTape } from './content-tape';
import type { CapturedDisk } from './disk/captured-disk';
import { restoredFiles } from './restored-files';
import { itemsOf } from './point-items';
import { ServedDatabase } from './served-database';
import { holdsInRoom, measuredByRoom, isRoomContent, roomContent, roomDriver } from './room-contents';
import { LeftOver, WorldCaptures } from './world-captures';
import type { StorePlace } from './world-store';

/** Bytes that a World moves, as those see it whom that calls. */
interface Move {
  readonly of: ContentRunner;
  /** What a driver leaves running is not called by it any more. */
  over: boolean;
}

const nothing = () => undefined;
const MOVES = new AsyncLocalStorage<Move>();

export class ContentRunner implements ContentHost {
  readonly faults: ContentFault[] = [];
  /** ARNs of databases of which anything was captured: no command has their bytes. */
  readonly capturedDatabases = new Set<string>();
  private readonly runs: ContentRuns;
  /** What resources hold, by ARN. */
  private readonly held = new Map<string, Content>();
  /** What restores resources that are gone: the content that they had. */
  private readonly past = new Map<string, Content>();
  private readonly closing: Content[] = [];
  private readonly destroyed: string[] = [];
  private readonly captures: WorldCaptures;
  /** What could not be done while the command under way ran. */
  tape = ContentTape.record();
  /** The version that was captured last, by ARN of the resource. */
  private readonly versions = new Map<string, string>();
  /** Over when no bytes move any more, nor the clock; calls wait for it. */
  private turn: Promise<void> | undefined;
  /** Where bodies of objects are that are too large for memory. */
  readonly bodies: BodyStore;

  constructor(
    private readonly state: WorldState,
    place: StorePlace,
    /** Where other Worlds have theirs, too; one of its own unless given. */
    private readonly shared?: BodyStore,
  ) {
    this.captures = new WorldCaptures(place);
    this.bodies = shared ?? new BodyStore();
    state.buckets.bodies.keeper = this.bodies;
    this.runs = new ContentRuns(state.ledger, this);
    state.ledger.content = this.runs;
  }

  /** A resource holds this from now on. */
  give(resourceArn: string, content: Content): void {
    const before = this.held.get(resourceArn);
    if (before !== undefined && before !== content) {
      this.closing.push(before);
    }
    this.held.set(resourceArn, content);
    this.past.delete(resourceArn);
  }

  /** @throws RangeError when the resource holds nothing */
  find(resource: Resource): Content {
    const content = this.contentOf(resource);
    if (content === undefined) {
      throw new RangeError(`resource must be one that holds something, got '${resource.arn}'`);
    }
    return content;
  }

  contentOf(resource: Resource): Content | undefined {
    return this.held.get(resource.arn) ?? roomContent(this.state, resource);
  }

  /** What was given to a resource, or restored into it. */
  heldBy(resourceArn: string): Content | undefined {
    return this.held.get(resourceArn);
  }

  holds(resource: Resource): boolean {
    return (this.held.size > 0 && this.held.has(resource.arn)) || holdsInRoom(this.state, resource);
  }

  measures(resource: Resource): boolean {
    return !this.held.has(resource.arn) && measuredByRoom(this.state, resource);
  }

  gone({ arn }: Resource): void {
    const content = this.held.get(arn);
    if (content !== undefined) {
      this.held.delete(arn);
      this.past.set(arn, content);
      this.closing.push(content);
      this.versions.delete(arn);
    }
  }

  destroyKey(key: string): void {
    this.destroyed.push(key);
  }

  get moving(): boolean {
    return this.turn !== undefined;
  }

  /** Does what is asked, if anything is; the clock may move again then. Where it is being done, it is waited for. */
  carryOut(): Promise<void> | undefined {
    return this.calls ? undefined : (this.turn ?? this.inTurn(() => this.carryOutDue()));
  }

  /**
   * Moves the clock when nothing is to be done before; at once where nothing is.
   *
   * @param move what moves it, and answers whether it is where it is to be
   * @throws RangeError when a driver asks that captures or restores
   */
  moveClock(move: () => boolean): boolean | Promise<boolean> {
    if (this.calls) {
      throw new RangeError(
        'the clock must not be moved by a driver that captures or restores: bytes move while it stands still',
      );
    }
    const gone = this.closing.length > 0 || (this.destroyed.length > 0 && !this.captures.repeated);
    const due = this.moving || this.runs.isBusy || gone;
    return due || this.runs.recorded().length > 0 ? this.recordAndMove(move) : move();
  }

  private async recordAndMove(move: () => boolean): Promise<boolean> {
    while (this.turn !== undefined) {
      await this.turn;
    }
    // No call passes between what is recorded of this instant and the next.
    return this.inTurn(async () => {
      await this.carryOutDue();
      await this.record();
      return move();
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine: Move = { of: this, over: false };
    const done = MOVES.run(mine, work).finally(() => {
      mine.over = true;
      this.turn = undefined;
    });
    this.turn = done.then(nothing, nothing);
    return done;
  }

  private async carryOutDue(): Promise<void> {
    for (let order = this.runs.next(); order !== undefined; order = this.runs.next()) {
      const goOn = await this.done(order);
      this.runs.settle(goOn);
    }
    await this.closeGone();
    if (!this.captures.repeated) {
      await this.captures.destroyKeys(this.destroyed.splice(0));
    }
  }

  /** Captures what changed of resources whose continuous backups record. */
  private async record(): Promise<void> {
    for (const resource of this.runs.recorded()) {
      const version = await this.contentOf(resource)?.version();
      if (version !== undefined && version !== this.versions.get(resource.arn)) {
        this.runs.revise(resource);
      }
    }
    await this.carryOutDue();
  }

  /** What a request brought stands until it is answered. */
  whileOffered<T>(request: Pick<WireRequest, 'held'>, work: () => Promise<T>): Promise<T> {
    return whileOffered(this.state.buckets.bodies, request, work);
  }

  /** Bodies that nobody needs any more go; where they outlive the process, that has to be durable. */
  async sweepBodies(ids: readonly string[] = this.state.buckets.bodies.takeFreed()): Promise<void> {
    await this.bodies.remove(ids);
  }

  /** What belonged to resources that are gone gives back what it took of the machine. */
  async closeGone(): Promise<void> {
    await closeAll(this.closing.splice(0));
  }

  /** What no point needs any more, and keys that are gone; both leave the store once that is durable. */
  takeLeftOver(): LeftOver {
    return { captures: this.runs.takeReleased(), keys: this.destroyed.splice(0) };
  }

  resume(): Promise<void> {
    return this.captures.resume(() => this.takeLeftOver());
  }

  /** It goes from the store. */
  drop(left: LeftOver): Promise<void> {
    return this.captures.drop(left);
  }

  /** Reads everything that was captured, and tells what is not what it was, with the points that it harms. */
  async verify(): Promise<ContentDamage[]> {
    const found = await (await this.store()).verify();
    return found.map(({ where, reason, harmed }) => {
      return { where, reason, recoveryPointArns: this.runs.pointsWith(new Set(harmed)) };
    });
  }

  blocks(capture: string): Promise<CapturedDisk | undefined> {
    return this.captures.blocks(capture);
  }

  store(): Promise<ContentStore> {
    return this.captures.store();
  }

  async close(): Promise<void> {
    await this.turn;
    try {
      await closeAll([...this.held.values(), ...this.closing]);
    } finally {
      await this.captures.close();
      if (this.shared === undefined) {
        this.bodies.leave();
      }
    }
  }

  /** Whether this World is asked by a driver that it has called. */
  private get calls(): boolean {
    const move = MOVES.getStore();
    return move?.of === this && !move.over;
  }

  private async done(order: ContentOrder): Promise<() => void> {
    switch (order.kind) {
      case 'capture': {
        const stored = await this.tried(order, order.resource.arn, () => this.capture(order));
        return () => order.settle(stored);
      }
      case 'copy': {
        const stored = await this.tried(order, order.resource.arn, async () =>
          (await this.store()).copy(order.from, order.to),
        );
        return () => order.settle(stored);
      }
      case 'list': {
        const items = await this.tried(order, order.resource.arn, async () =>
          itemsOf(order.resource, await this.captures.read(order.from)),
        );
        return () => order.settle(items);
      }
      case 'restore': {
        const ready = await this.tried(order, order.job.resource.arn, () => this.restore(order.from, order.job));
        return () => order.settle(ready);
      }
      case 'index': {
        const indexed = await this.tried(order, order.resource.arn, () => this.index(order));
        return () => order.settle(indexed);
      }
    }
  }

  private async capture({ resource, options, to, revises }: CaptureOrder): Promise<Stored | undefined> {
    const content = this.contentOf(resource);
    if (content instanceof ServedDatabase) {
      this.capturedDatabases.add(resource.arn);
    }
    if (revises === true && content instanceof ServedDatabase && content.isRepeated) {
      // Where nothing is of that label, it had not changed then.
      return (await this.store()).tryFind(to.label);
    }
    if (content === undefined) {
      throw new Error(`${resource.arn} holds nothing any more`);
    }
    const version = await content.version();
    const stored = await (await this.store()).write(content.capture(options), to);
    this.versions.set(resource.arn, version);
    return content.shadowless === true ? { ...stored, shadowless: true } : stored;
  }

  /** Only of disks is known how their files are listed. */
  private async index({ resource, from }: IndexOrder): Promise<Indexed> {
    const driver = this.contentOf(resource) ?? this.past.get(resource.arn);
    if (!(driver instanceof BlockImage)) {
      return { items: undefined };
    }
    const files = listFiles((await this.store()).read(from))[Symbol.asyncIterator]();
    let items = 0;
    while ((await files.next()).done !== true) {
      items++;
    }
    return { items };
  }

  private async restore(from: string, job: RestoreJob): Promise<Ready> {
    const { request, resource, target } = job;
    if (restoresFiles(job.resourceType, request.metadata)) {
      const into = { buckets: this.state.buckets, partition: request.env.partition };
      return restoredFiles(await this.captures.read(from), request.metadata, into);
    }
    const driver = this.contentOf(resource) ?? this.past.get(resource.arn) ?? roomDriver(this.state, resource);
    if (driver === undefined) {
      throw new Error(`nothing is known any more that restores what ${resource.arn} held`);
    }
    const order: RestoreOrder = { metadata: request.metadata, restoreJobId: job.id, at: this.state.now };
    // A database that was restored is in files of its own.
    const entries = driver instanceof ServedDatabase ? (await this.store()).read(from) : await this.captures.read(from);
    const restored = await driver.restore(entries, order);
    const there = this.state.ledger.resources.tryFind(target.arn);
    // An empty bucket holds nothing, and is set up as somebody wants it.
    const held = there?.gone === false ? (this.contentOf(there) ?? roomDriver(this.state, there)) : undefined;
    if (held?.merge !== undefined && target.inPlace) {
      try {
        await held.merge(restored, order);
      } finally {
        await restored.close?.();
      }
      return { arrive: () => undefined, leave: () => undefined };
    }
    return {
      arrive: (made) => {
        if (isRoomContent(restored)) {
          restored.attach(made, order);
        } else {
          this.give(made.arn, restored);
          if (restored instanceof ServedDatabase) {
            restored.arrive(made.arn);
          }
        }
      },
      leave: () => void this.closing.push(restored),
    };
  }

  /** What cannot be done with bytes is a fault of theirs; the job fails, the World goes on. */
  private async tried<T>(order: ContentOrder, resourceArn: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      const before = this.tape.before(order);
      if (before !== undefined) {
        throw new Error(before);
      }
      return await work();
    } catch (error) {
      const at: Instant = this.state.now;
      const message = error instanceof Error ? error.message : String(error);
      this.tape.note(order, message);
      this.faults.push({ at: shortInstant(at), what: order.kind, resourceArn, message });
      return undefined;
    }
  }
}

/** Each is closed, whatever another says. @throws what the first said that could not be closed */
async function closeAll(contents: readonly Content[]): Promise<void> {
  const faults: unknown[] = [];
  for (const content of contents) {
    try {
      await content.close?.();
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (faults.length > 0) {
    throw faults[0];
  }
}
