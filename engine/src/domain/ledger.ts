/**
 * The tables of a World, and the few moves that several nouns share.
 *
 * Owns     names, agenda, event log, and the columns of every noun.
 * Units    `now` is an Instant.
 * Source   design.md section 3.
 */
import type { Lifecycle } from '@holdfast/model';
import { Agenda } from '../kernel/agenda';
import { byteAt, floatAt, intAt, wordAt } from '../kernel/columns';
import { EventLog } from '../kernel/event-log';
import { Instant, NEVER } from '../kernel/instant';
import { Names } from '../kernel/names';
import { finish, mix, mixInstant, seeded } from '../kernel/prng';
import { Chains } from './chains';
import { Change, Observers } from './changes';
import { POINT_DELETED, POINT_PARTIAL } from './event-codes';
import { Composites, type PointFamily } from './composites';
import type { ContentRuns } from './content-runs';
import { Decisions } from './decisions';
import { Faults } from './faults';
import { JobOutcomes } from './job-outcomes';
import { Jobs } from './jobs';
import { Keys } from './keys';
import { deletionAt } from './lifecycle';
import type { Meter } from './meter';
import { NewestFirst } from './newest-first';
import { Organizations } from './organization';
import { Origins } from './origins';
import { Particulars } from './particulars';
import { Plans } from './plans';
import { PolicyShelf } from './policy/in-force';
import { DISASSOCIATED, LAST_MEMBER_GONE, MEMBER_GONE, NO_REASON } from './reasons';
import { Resource, Resources } from './protected-resources';
import { COLD, COMPOSITE, CONTINUOUS, HELD, RecoveryPoints } from './recovery-points';
import { RegionSettingsStore } from './region-settings';
import { RolePermissions } from './role-permissions';
import { Roles } from './roles';
import { Series } from './series';
import type { StartJitter } from './start-jitter';
import { ChangedTags } from './tags';
import { Vault, Vaults } from './vaults';

/** Kinds of entries of the agenda. At one instant, a lower kind comes first; nouns with a `turn` come in between. */
export const JOB_ENDS = 0;
export const POINT_MOVES_TO_COLD = 1;
export const POINT_IS_DELETED = 2;
export const JOB_TRIES_AGAIN = 3;
const FIRST_TURN = 4;
export const RULE_IS_DUE = 31;

const LABELS = ['job ends', 'point moves to cold storage', 'point is deleted', 'job tries again'];

export interface LedgerOptions {
  readonly start: Instant;
  readonly seed: number;
  readonly keepEvents: number;
  readonly stepLimit: number;
}

interface Declared {
  readonly code: number;
  readonly subject: string;
  readonly place: number;
  readonly what: string;
  readonly amount: number;
  readonly until: Instant;
}

export class Ledger {
  now: Instant;
  readonly seed: number;
  readonly names = new Names();
  readonly agenda: Agenda;
  readonly log: EventLog;
  readonly vaults = new Vaults(this.names);
  readonly resources = new Resources(this.names);
  /** What services keep of resources beside what backups see of them. */
  readonly particulars = new Particulars();
  readonly settings = new RegionSettingsStore();
  readonly plans = new Plans();
  readonly keys = new Keys();
  readonly roles = new Roles();
  readonly organizations = new Organizations();
  readonly shelf = new PolicyShelf(this);
  /** What the roles of jobs may do. */
  readonly permissions = new RolePermissions(this);
  /** What policies decided lately. */
  readonly decisions = new Decisions();
  readonly origins = new Origins(this.names);
  /** Tags that were changed after what has them was made. */
  readonly changedTags = new ChangedTags();
  /** Lifecycles of points that were updated, by ARN. */
  readonly changedLifecycles = new Map<string, Lifecycle>();
  readonly series: Series;
  readonly points: RecoveryPoints;
  readonly chains = new Chains(this);
  readonly newestFirst: NewestFirst;
  readonly faults: Faults;
  readonly jobs = new Jobs();
  /** Why jobs have not completed. */
  readonly outcomes = new JobOutcomes();
  readonly composites = new Composites();
  /** Who wants to hear of changes; nobody unless something was declared that does. */
  readonly observers = new Observers();
  /** Raised by whatever may change which resources a plan selects, or which vaults its rules find. */
  rosterVersion = 0;
  /** Raised by whatever may change what policies say; answers that were kept are asked for again. */
  policyVersion = 0;
  /** Makes jobs of rules start within their window rather than at its beginning. */
  jitter: StartJitter | undefined;
  /** What is used that AWS asks money for; undefined where nobody wants to know. */
  meter: Meter | undefined;
  /** What resources hold, and points of it; undefined where none holds anything. */
  content: ContentRuns | undefined;
  /** Whether the clock is being moved; else a caller changes something. */
  running = false;
  /** Whether the clock stops for host, which has a function to run. */
  waitsForFunctions = false;
  /** Whether the clock stops for host, which has services to call for tasks of state machines. */
  waitsForTasks = false;
  /** Whether the clock stops for a stack that goes on. */
  waitsForStacks = false;
  /** Whether the clock stops for host, which has restores to validate. */
  waitsForValidation = false;
  /** Whether the clock stops for host, which has bytes to move. */
  waitsForContent = false;
  /**
   * Whether what AWS makes and deletes in the background is there, or gone, with the answer. Clients of a served World
   * wait by the wall's clock, which does not move this one.
   */
  settlesAtOnce = false;
  private declared: Declared[] = [];
  private readonly labels = [...LABELS];
  private readonly turns: ((subject: number) => void)[] = [];

  constructor(options: LedgerOptions) {
    this.now = options.start;
    this.seed = options.seed;
    this.labels[RULE_IS_DUE] = 'rule is due';
    this.agenda = new Agenda({ labels: this.labels, stepLimit: options.stepLimit });
    this.log = new EventLog(this.names, options.keepEvents);
    this.series = new Series(this.names, seeded(options.seed));
    this.points = new RecoveryPoints(this.series);
    this.newestFirst = new NewestFirst(this.series, this.points);
    this.faults = new Faults(this.names, options.seed);
  }

  /**
   * Gives a noun a kind of entry of its own: `agenda.push(at, kind, subject)` has `happen(subject)` called at `at`.
   * Nouns ask for theirs when the World is made, in a fixed order, as the kind decides who comes first at one instant.
   */
  turn(label: string, happen: (subject: number) => void): number {
    const kind = FIRST_TURN + this.turns.push(happen) - 1;
    if (kind >= RULE_IS_DUE) {
      throw new Error(`no kind is left for entries '${label}'`);
    }
    this.labels[kind] = label;
    return kind;
  }

  /** An entry of a noun has come up. */
  takeTurn(kind: number, subject: number): void {
    const happen = this.turns[kind - FIRST_TURN];
    if (happen === undefined) {
      throw new Error(`no kind ${kind} of entry`);
    }
    happen(subject);
  }

  /**
   * Logs a change of what stands, by a caller. Changes of one instant enter the log in canonical order once the clock
   * moves, so that the digest does not tell in which order they were made.
   */
  declare(code: number, subject: string, place: number, what: string, amount: number, until: Instant): void {
    this.policyVersion++;
    this.declared.push({ code, subject, place, what, amount, until });
  }

  /** Logs what happens while the clock moves; what somebody brings about in between is declared. */
  note(
    code: number,
    subject: string,
    place: number,
    what: string,
    reason = NO_REASON,
    amount = 0,
    until: Instant = NEVER,
  ): void {
    if (this.running) {
      const { names, now } = this;
      this.log.append(now, code, 0, reason, names.intern(subject), place, names.intern(what), amount, until);
    } else {
      this.declare(code, subject, place, what, amount, until);
    }
  }

  /** Lets those who listen hear of a change; changes.ts says what there is to tell. */
  tell(change: Change): void {
    this.observers.tell(change);
  }

  /** Lets changes pass that the log is not to know. */
  quietly(change: () => void): void {
    const before = [...this.declared];
    change();
    this.declared = before;
  }

  /** Whether the clock stands still until host has done something. */
  get paused(): boolean {
    const { waitsForFunctions, waitsForTasks, waitsForContent, waitsForValidation, waitsForStacks } = this;
    return waitsForFunctions || waitsForTasks || waitsForContent || waitsForValidation || waitsForStacks;
  }

  /** How many changes of this instant are not in the log yet. */
  get unsettled(): number {
    return this.declared.length;
  }

  /** Brings the changes of this instant into the log. */
  settle(): void {
    const key = (d: Declared) => [d.code, d.subject, this.names.text(d.place), d.what, d.amount].join('\u0000');
    for (const [, d] of this.declared.map((d) => [key(d), d] as const).sort(([a], [b]) => (a < b ? -1 : 1))) {
      const subject = this.names.intern(d.subject);
      this.log.append(this.now, d.code, 0, NO_REASON, subject, d.place, this.names.intern(d.what), d.amount, d.until);
    }
    this.declared = [];
  }

  vaultOf(series: number): Vault {
    return this.vaults.find(intAt(this.series.vaults, series));
  }

  resourceOf(series: number): Resource {
    return this.resources.find(intAt(this.series.resources, series));
  }

  /** When a point whose DeleteAt is `deleteAt` really goes (Source B5.2/2), drawn from what the point is called. */
  deletionAtOf(row: number): Instant {
    const { points } = this;
    const draw = this.drawOf(intAt(points.series, row), intAt(points.origins, row), points.createdAts, row);
    return deletionAt(floatAt(points.deleteAts, row), draw);
  }

  /** @param createdAts where the creation of the point stands, and in which row */
  private drawOf(series: number, origin: number, createdAts: Float64Array, row: number): number {
    const keyed = mix(intAt(this.series.draws, series), wordAt(this.names.low, this.origins.find(origin).name));
    return finish(mixInstant(keyed, floatAt(createdAts, row)));
  }

  /** Puts what the lifecycle of a point will do on the agenda; entries for older ends find nothing to do. */
  scheduleEnds(row: number): void {
    const { points, agenda, now } = this;
    const coldAt = floatAt(points.coldAts, row);
    if (coldAt !== NEVER && !points.has(row, COLD)) {
      agenda.push(Math.max(coldAt, now), POINT_MOVES_TO_COLD, row);
    }
    if (floatAt(points.deleteAts, row) !== NEVER) {
      agenda.push(Math.max(this.deletionAtOf(row), now), POINT_IS_DELETED, row);
    }
  }

  /** The same for the new point of a job, by what the job has in its columns. */
  scheduleEndsOf(row: number, job: number, staysWarm: boolean): void {
    const { jobs, agenda, now } = this;
    const coldAt = staysWarm ? NEVER : floatAt(jobs.coldAts, job);
    if (coldAt !== NEVER) {
      agenda.push(Math.max(coldAt, now), POINT_MOVES_TO_COLD, row);
    }
    const deleteAt = floatAt(jobs.deleteAts, job);
    if (deleteAt !== NEVER) {
      const deletion = deletionAt(
        deleteAt,
        this.drawOf(intAt(jobs.series, job), intAt(jobs.origins, job), jobs.pointCreatedAts, job),
      );
      agenda.push(Math.max(deletion, now), POINT_IS_DELETED, row);
    }
  }

  /** Of the jobs that wait for a free resource, the first to look will find it so. */
  wake(resource: Resource): void {
    if (resource.busy || !resource.isAwaited) {
      return;
    }
    const look = resource.waiting.nextLook(this.now);
    if (look !== undefined) {
      this.agenda.push(look.at, JOB_TRIES_AGAIN, look.number);
    }
  }

  /** Deletes a point, whoever asked for it. */
  removePoint(row: number, reason: number): void {
    const { points, now } = this;
    const series = intAt(points.series, row);
    const vault = this.vaultOf(series);
    const flags = byteAt(points.flags, row);
    vault.live--;
    if ((flags & COLD) !== 0) {
      vault.cold--;
    }
    if ((flags & CONTINUOUS) !== 0) {
      this.endContinuous(row, reason);
    }
    const origin = this.origins.find(intAt(points.origins, row));
    const createdAt = floatAt(points.createdAts, row);
    const size = floatAt(points.sizes, row);
    if (this.observers.listening) {
      this.tell({ kind: 'recovery-point', row, status: 'DELETED', reason });
    }
    this.chains.leave(row);
    this.meter?.removed(row);
    this.content?.forget(row);
    const family = (flags & COMPOSITE) === 0 ? undefined : this.composites.leave(row);
    points.remove(row);
    const subject = intAt(this.series.subjects, series);
    this.log.stage(now, size, createdAt);
    this.log.appendStaged(POINT_DELETED, flags, reason, subject, vault.arnName, origin.name);
    if (family !== undefined) {
      this.afterMember(family);
    }
  }

  /** A continuous point goes: its resource has none any more, if it was the one that runs refresh. */
  private endContinuous(row: number, reason: number): void {
    const resource = this.resourceOf(intAt(this.points.series, row));
    if (resource.continuousPoint === row) {
      resource.endContinuous(this.now);
      if (reason !== DISASSOCIATED) {
        resource.automatedBackups.turnOff(resource.declaration, this.now);
      }
    }
  }

  /** Source B4.5/4: a parent lives as long as the child that lives longest. */
  longestOf({ children }: PointFamily): Instant {
    return [...children.keys()].reduce((latest, child) => Math.max(latest, floatAt(this.points.deleteAts, child)), 0);
  }

  /** A member is deleted or taken out: its parent is PARTIAL, or goes with the last (Source B4.5/2, B4.5/4). */
  afterMember(family: PointFamily): void {
    const { points, now } = this;
    const row = family.parent;
    // Source B5.4/4: a parent that a hold keeps stays without members, and goes once it is released.
    if (family.children.size === 0 && !points.has(row, HELD)) {
      this.removePoint(row, LAST_MEMBER_GONE);
      return;
    }
    points.deleteAts[row] = family.children.size === 0 ? now : this.longestOf(family);
    if (family.partial) {
      return;
    }
    family.partial = true;
    const series = intAt(points.series, row);
    const [vault, resource] = [this.vaultOf(series), this.resourceOf(series)];
    const origin = this.origins.find(intAt(points.origins, row));
    const [size, createdAt] = [floatAt(points.sizes, row), floatAt(points.createdAts, row)];
    if (this.observers.listening) {
      this.tell({ kind: 'recovery-point', row, status: 'PARTIAL', reason: MEMBER_GONE });
    }
    this.log.append(now, POINT_PARTIAL, 0, MEMBER_GONE, resource.arnName, vault.arnName, origin.name, size, createdAt);
  }
}
