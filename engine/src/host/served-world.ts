/**
 * One World of a server: AWS on one side, control on the other.
 *
 * Owns     the World, and the order of requests: one is over before the next begins, so that a clock that moves is seen
 *          before or after, never in between. What changes the World is kept before it is answered.
 * Units    a speed is seconds of the World to one of real time.
 * Source   design.md section 2, Endpoint; decision 0031.
 */
import { randomUUID } from 'node:crypto';
import type { WorldState } from '../domain/world-state';
import type { Instant } from '../kernel/instant';
import type { Called } from '../operations/call';
import type { Chronicle } from '../report/chronicle/chronicle';
import type { ContentDamage, ContentFault } from '../report/content-damage';
import type { PageAssets } from '../report/pages/html';
import { CONTROL, control, Controlled } from '../wire/control';
import { ControlFault, jsonAnswer } from '../wire/control-body';
import { RESPONSES } from '../wire/custom-resources';
import type { WireAnswer, WireRequest } from '../wire/message';
import { DEFAULT_WORLD } from '../wire/world-path';
import { withBodies } from './bodies/in-snapshots';
import { idsOf, whileOffered } from './bodies/offered';
import { Changes } from './changes';
import { Command, CommandJson, readCommand } from './command';
import { ContentTape } from './content/content-tape';
import type { DatabasePorts, PortRange } from './content/database-ports';
import type { LeftOver } from './content/world-captures';
import { FunctionTape } from './function-tape';
import type { Answering } from './http-front';
import { Keeper, MemoryKeeper } from './keeper';
import { Live, liveOf } from './live-world';
import { keptOf, marksOf, mayChange, refuseOther, told } from './marks';
import { FIRST_STORE } from './own-names';
import { pageAssets } from './page-assets';
import { RunningClock } from './running-clock';
import { readSnapshot, refuseDatabases, Snapshot, snapshotOf, withoutLoading } from './snapshot';
import { StoreFault } from './store-fault';
import { beginOf, WorldBegin } from './world-begin';

export interface ServedProps extends WorldBegin {
  readonly version: string;
  /** How fast clocks run by themselves; 0 unless given: they stand until they are moved. */
  readonly speed?: number;
  /** The clock by which signatures grow old; that of this machine unless given. */
  readonly clockSkew?: ClockSkew;
  /** Whether functions of Lambda run, code of callers as a process of this machine; so it is unless given. */
  readonly runFunctions?: boolean;
  /** Ports for databases that clients reach; none unless given: then instances and clusters of RDS are but described. */
  readonly databases?: PortRange;
}

/** Clients sign with the clock of their machine, while that of the World stands where it was moved to. */
export type ClockSkew = 'world' | 'wall' | 'off';
export const CLOCK_SKEWS: readonly ClockSkew[] = ['world', 'wall', 'off'];

const CHANGES = `${CONTROL}changes`;
const CHANGES_HEADER = 'holdfast-changes';

/** What stands for the status of a request at which the engine failed. */
const FAILED = 0;

/** How long a request waits for the World to change; browsers and proxies let it. */
const MOST_WAIT_MS = 20_000;

interface Performed {
  readonly answer: WireAnswer;
  /** Comes when nothing of what the answer tells can be lost. */
  readonly kept: Promise<void>;
}

/** What nothing needs any more once a command is durable. */
interface LeftOverOf extends LeftOver {
  readonly live: Live;
  readonly bodies: readonly string[];
}

export class ServedWorld implements Answering, Controlled {
  private live: Live;
  /** What the store of the next beginning is called. */
  private nextStore = FIRST_STORE;
  private started: WorldBegin;
  private clock: RunningClock;
  private called: Called | undefined;
  /** What time it is for the signature of the request under way; undefined where any age will do. */
  private judgedAt: Instant | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private readonly changes = new Changes();

  constructor(
    private readonly props: ServedProps,
    readonly name: string = DEFAULT_WORLD,
    private readonly keeper: Keeper = new MemoryKeeper(),
    /** The real time, in milliseconds. */
    private readonly wall: () => number = Date.now,
    private readonly ports?: DatabasePorts,
  ) {
    this.started = beginOf(props);
    this.live = this.begin();
    this.clock = new RunningClock(props.speed ?? 0, wall);
  }

  get state(): WorldState {
    return this.live.state;
  }

  get chronicle(): Chronicle {
    return this.live.chronicle;
  }

  get version(): string {
    return this.props.version;
  }

  /** What it has begun with last is told apart by this. */
  get store(): string {
    return this.live.store;
  }

  get env(): WorldBegin['env'] {
    return this.started.env;
  }

  get speed(): number {
    return this.clock.speed;
  }

  set speed(speed: number) {
    this.clock = new RunningClock(speed, this.wall);
  }

  /** Whether nothing is under way or waits. */
  get idle(): boolean {
    return this.waiting === 0;
  }

  async answer(request: WireRequest): Promise<WireAnswer> {
    if (request.method === 'GET' && request.path === CHANGES) {
      // Not in turn: it waits for what others do.
      const version = await this.changes.after(Number(request.query['since'] ?? -1), MOST_WAIT_MS);
      return jsonAnswer(200, { schema: 'holdfast.changes/1', version });
    }
    const { answer, kept } = await this.inTurn(() => this.perform(request));
    await kept;
    return answer;
  }

  /** Does again what was kept. @throws StoreFault when something else comes of it */
  again(command: CommandJson): Promise<void> {
    return this.inTurn(() => this.repeat(readCommand(command, this.keeper.bodies)));
  }

  contentFaults(): readonly ContentFault[] {
    return this.live.contents.faults;
  }

  verifyContent(): Promise<readonly ContentDamage[]> {
    return this.live.contents.verify();
  }

  pageAssets(): PageAssets {
    return pageAssets();
  }

  /** From now on real time counts. */
  async resume(): Promise<void> {
    await this.live.contents.resume();
    await this.live.databases?.resume();
    this.speed = this.clock.speed;
  }

  runUntil(until: Instant): Promise<void> {
    return this.live.clock.runUntil(until);
  }

  reset(): void {
    this.started = beginOf(this.props);
    this.live = this.begin();
    this.speed = this.props.speed ?? 0;
  }

  async snapshot(): Promise<Snapshot> {
    refuseDatabases(this.live.contents.capturedDatabases);
    const commands = withBodies(withoutLoading(await this.keeper.commandsOf(this.name)), this.keeper.bodies);
    return snapshotOf(this.version, this.started, commands, this.state.digest());
  }

  /** The World becomes that of a snapshot; one that is refused leaves it as it was. */
  async load(given: unknown): Promise<void> {
    const { started, live, clock } = this;
    try {
      const snapshot = readSnapshot(given, this.version, this.props.enforceIam === true);
      this.started = beginOf(snapshot.begin);
      this.live = this.begin();
      await this.repeatAll(snapshot.commands, 'the snapshot');
      refuseOther(snapshot.digest, this.state.digest(), 'the snapshot');
    } catch (fault) {
      const failed = this.live;
      [this.started, this.live, this.clock] = [started, live, clock];
      if (failed !== live) {
        await this.end(failed);
      }
      throw fault instanceof StoreFault ? new ControlFault(fault.message) : fault;
    }
  }

  /** Empties the World when what was asked before is answered. */
  empty(): Promise<void> {
    return this.inTurn(async () => {
      const before = this.live;
      await this.end(before);
      this.nextStore = FIRST_STORE;
      this.reset();
      this.changes.note();
      await this.keeper.forget(this.name);
    });
  }

  /** Ends what runs beside the World when what was asked before is answered. */
  close(): Promise<void> {
    return this.inTurn(() => this.live.contents.close());
  }

  private async perform(request: WireRequest): Promise<Performed> {
    const tape = FunctionTape.record();
    const before = this.live;
    const { bodies } = before.state.buckets;
    [bodies.known, bodies.found] = [[], []];
    before.runner.tape = tape;
    const { faults: notDone } = (before.contents.tape = ContentTape.record());
    this.nextStore = randomUUID();
    const passed = this.clock.passed();
    const at = passed > 0 ? this.state.now + passed : undefined;
    let marks: string | undefined;
    try {
      if (at !== undefined) {
        await this.runUntil(at);
      }
      marks = marksOf(this.state);
      this.judgedAt = this.judgingClock();
      const { judgedAt } = this;
      const answer = await whileOffered(bodies, request, () => this.ask(request));
      const changed = this.changed(request, answer.status, marks);
      const asked = changed ? { request: keptOf(request), status: answer.status } : {};
      const command = {
        ...(at !== undefined && { at }),
        ...(judgedAt !== undefined && { judgedAt }),
        ...asked,
        runs: tape.runs,
        digests: bodies.found,
        notDone,
        ...(this.live !== before && { store: this.live.store }),
      };
      const { live } = this;
      const ended = live === before ? undefined : before;
      const worth = changed || at !== undefined || tape.runs.length > 0;
      if (worth) {
        this.changes.note();
      }
      const kept = worth ? this.keeper.keep(this.name, command) : this.keeper.settled();
      const left = { live, ...live.contents.takeLeftOver(), bodies: bodies.takeFreed() };
      return { answer: this.dated(request, answer), kept: kept.then(() => this.sweep(ended, left)) };
    } catch (fault) {
      await this.keepFailed({ ...(at !== undefined && { at }), runs: tape.runs, notDone }, marks, request);
      throw fault;
    }
  }

  /**
   * What a request did before the engine failed at it is done. One that did nothing is not kept: who does all again need
   * not fail at it, as the next version may not.
   *
   * @param marks of the World before it was asked; undefined where the clock failed on its way there
   */
  private async keepFailed(command: Command, marks: string | undefined, request: WireRequest): Promise<void> {
    const judged = this.judgedAt === undefined ? {} : { judgedAt: this.judgedAt };
    const didNothing = marks === marksOf(this.state) && command.runs?.length === 0;
    if (!didNothing) {
      const asked = marks === undefined ? {} : { request };
      await this.keeper.keep(this.name, { ...command, ...judged, ...asked, status: FAILED });
    } else if (command.at !== undefined) {
      await this.keeper.keep(this.name, command);
    }
  }

  /** Control says at how many changes it read: who asks for the next one misses none. */
  private dated({ path }: WireRequest, answer: WireAnswer): WireAnswer {
    return path.startsWith(CONTROL)
      ? { ...answer, headers: { ...answer.headers, [CHANGES_HEADER]: String(this.changes.soFar) } }
      : answer;
  }

  /** What points that were deleted held goes once that is durable, and so does all of a World that began anew. */
  private async sweep(ended: Live | undefined, left: LeftOverOf): Promise<void> {
    await this.keeper.bodies.remove(left.bodies);
    // Of one that has begun anew meanwhile all goes; the next one may have captures and keys of these names.
    if (left.live === this.live) {
      await left.live.contents.drop(left);
      await left.live.contents.closeGone();
      await left.live.databases?.sweep();
    }
    if (ended !== undefined) {
      await this.end(ended);
    }
  }

  private async end({ state, contents, databases, store }: Live): Promise<void> {
    await this.keeper.bodies.remove(idsOf(state.buckets.bodies));
    databases?.close();
    await contents.close();
    await this.keeper.dropStore(this.name, store);
  }

  private async repeatAll(commands: readonly CommandJson[], whose: string): Promise<void> {
    for (const [index, command] of commands.entries()) {
      await this.repeat(readCommand(command), `command ${index} of ${whose}: `);
    }
  }

  private async ask(request: WireRequest): Promise<WireAnswer> {
    this.called = undefined;
    return request.path.startsWith(CONTROL) ? control(this, request) : this.live.answerer.answer(request);
  }

  /** Whether a request may have changed the World, which had these marks before it. */
  private changed({ method, path }: WireRequest, status: number, before: string): boolean {
    if (path.startsWith(CONTROL)) {
      return (method !== 'GET' && status === 200) || before !== marksOf(this.state);
    }
    if (path.startsWith(RESPONSES)) {
      // A signal for a stack: it is told of nowhere else.
      return status === 200;
    }
    return this.called === undefined ? before !== marksOf(this.state) : mayChange(this.state, this.called, before);
  }

  private async repeat(
    { at, judgedAt, request, status, runs = [], store, digests = [], notDone = [] }: Command,
    where = '',
  ): Promise<void> {
    this.nextStore = store ?? this.nextStore;
    this.repeating(true);
    this.live.runner.tape = FunctionTape.play(runs);
    this.live.contents.tape = ContentTape.play(notDone);
    this.judgedAt = judgedAt;
    this.state.buckets.bodies.known = [...digests];
    let came = status;
    try {
      if (at !== undefined) {
        await this.runUntil(at);
      }
      came = request === undefined ? status : (await this.ask(request)).status;
    } catch (fault) {
      if (status !== FAILED) {
        throw new StoreFault(`${where}${told(request, at)} fails: ${(fault as Error).message}`);
      }
    }
    this.repeating(false);
    // Nothing was acknowledged of what failed: whether it goes well now is nobody's loss.
    if (status !== FAILED && came !== status) {
      throw new StoreFault(`${where}${told(request, at)} was answered ${status} then, and ${came} now`);
    }
  }

  private repeating(repeating: boolean): void {
    if (this.live.databases !== undefined) {
      this.live.databases.repeating = repeating;
    }
  }

  /** Undefined where signatures are not verified, or any age of one will do. */
  private judgingClock(): Instant | undefined {
    if (this.started.enforceIam !== true || this.props.clockSkew === 'off') {
      return undefined;
    }
    return this.props.clockSkew === 'world' ? this.state.now : this.wall();
  }

  private begin(): Live {
    const { name, keeper, nextStore: store, ports } = this;
    return liveOf(this.started, {
      runFunctions: this.props.runFunctions !== false,
      onCall: (called) => {
        this.called = called;
      },
      judgedAt: () => this.judgedAt,
      store,
      place: keeper.storeOf(name, store),
      bodies: keeper.bodies,
      databases: ports && { ports, folder: keeper.databasesOf(name, store) },
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.waiting++;
    const done = this.last.then(work).finally(() => this.waiting--);
    this.last = done.catch(() => undefined);
    return done;
  }
}
