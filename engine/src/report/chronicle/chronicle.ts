/**
 * What a report tells of a run beyond how it ended: the course of it, in as little as 10,000 resources over years allow.
 *
 * Owns     sums per period, ages of data, chains of points, mishaps. It listens to the event log, which simulate, explain
 *          and the matchers read as well, and looks at the points that live at the end of each period.
 * Units    `…At` are Instants. Periods are whole days, all of one length: two become one when there are too many.
 */
import {
  ABORTED,
  BACKUP_JOB,
  COMPLETED,
  COPY_JOB,
  EXPIRED,
  FAILED,
  FAULT_BEGAN,
  FAULT_ENDED,
  JOB_STATES,
  KEY_DELETED,
  KEY_STATE_CHANGED,
  PARTIAL,
  POINT_DELETED,
  POINT_STOPPED,
  RESTORE_JOB,
} from '../../domain/event-codes';
import type { Resource } from '../../domain/protected-resources';
import { CONTINUOUS_BY_RULE, CONTINUOUS_REFRESHED, TEMPORARY_FOR_AIR_GAP } from '../../domain/reasons';
import type { RestoreJob } from '../../domain/restore-runs';
import type { Watcher } from '../../domain/watcher';
import type { WorldState } from '../../domain/world-state';
import { floatAt, intAt, wordAt } from '../../kernel/columns';
import type { KeptEvent } from '../../kernel/event-log';
import { DAY, Instant } from '../../kernel/instant';
import { mix } from '../../kernel/prng';
import { Census, censusOf } from './census';
import { Chains, CONTINUOUS_CHAIN, TEMPORARY_CHAIN } from './chains';
import { DataAges } from './data-ages';
import { Endings } from './endings';
import { LatestEvents } from './latest-events';
import { Mishaps } from './mishaps';

/** As many as a chart shows, and few enough that 10,000 resources times these stay small. */
const MOST_PERIODS = 128;

const WENT_WRONG = new Set([
  ...[ABORTED, FAILED, EXPIRED, PARTIAL].map((state) => BACKUP_JOB + state),
  ...[FAILED, PARTIAL].map((state) => COPY_JOB + state),
  RESTORE_JOB + FAILED,
]);

/** What was counted at the end of a period. */
export interface PeriodEnd {
  readonly at: Instant;
  readonly census: Census;
  /** Jobs by state, since the World began. */
  readonly backups: Float64Array;
  readonly copies: Float64Array;
  readonly restores: Float64Array;
}

export class Chronicle implements Watcher {
  nextAt: Instant;
  readonly ages: DataAges;
  readonly chains = new Chains();
  readonly endings = new Endings();
  readonly mishaps: Mishaps;
  /** Events as they come, where somebody looks on. */
  readonly latest: LatestEvents | undefined;
  private ends: PeriodEnd[] = [];
  private readonly resources: (Resource | undefined)[] = [];

  /**
   * Begins to listen.
   *
   * @param periodMs whole days; a day unless the length of the run is known
   * @param watched whether the latest events are shown as they come
   */
  constructor(
    readonly state: WorldState,
    private periodMs: number = DAY,
    watched = false,
  ) {
    this.nextAt = state.now + periodMs;
    this.ages = new DataAges(state.ledger, state.now);
    this.mishaps = new Mishaps(state.ledger);
    this.latest = watched ? new LatestEvents(state.ledger) : undefined;
    state.watcher = this;
    state.ledger.log.listener = this.hear.bind(this);
  }

  /** The length of a period with which a run of so many days has not too many. */
  static periodOf(days: number): number {
    return Math.ceil(days / MOST_PERIODS) * DAY;
  }

  look(at: Instant): void {
    while (this.nextAt <= at) {
      this.ages.close(this.nextAt);
      this.ends.push(this.endAt(this.nextAt));
      this.nextAt += this.periodMs;
      if (this.ends.length > MOST_PERIODS && this.ends.length % 2 === 0) {
        this.merge();
      }
    }
  }

  /** The ends of all periods, the last of which ends now. */
  periodEnds(): PeriodEnd[] {
    return this.endsNow() ? this.ends : [...this.ends, this.endAt(this.state.now)];
  }

  /** Worst age of data by period and number of the resource. */
  worstAges(): readonly Float64Array[] {
    return this.endsNow() ? this.ages.periods : [...this.ages.periods, this.ages.worstAt(this.state.now)];
  }

  /** Whether a period has ended at this instant; of what comes next there is nothing to say yet. */
  private endsNow(): boolean {
    return this.ends.at(-1)?.at === this.state.now;
  }

  private endAt(at: Instant): PeriodEnd {
    const { ledger, restores } = this.state;
    const { backupStates, copyStates } = ledger.jobs;
    return {
      at,
      census: censusOf(ledger),
      backups: backupStates.slice(),
      copies: copyStates.slice(),
      restores: byState(restores.list()),
    };
  }

  private merge(): void {
    this.ends = this.ends.filter((_, period) => period % 2 === 1);
    this.ages.merge();
    this.periodMs *= 2;
    this.nextAt = (this.ends.at(-1)?.at ?? this.state.start) + this.periodMs;
  }

  private hear(
    at: Instant,
    code: number,
    reason: number,
    subject: number,
    place: number,
    cause: number,
    amount: number,
    until: Instant,
  ): void {
    this.latest?.add(at, code, reason, subject, place, cause, amount, until);
    switch (code) {
      case BACKUP_JOB + PARTIAL:
      case COPY_JOB + PARTIAL:
      case BACKUP_JOB + COMPLETED:
      case COPY_JOB + COMPLETED:
        if (reason !== CONTINUOUS_REFRESHED) {
          this.made(at, reason, subject, place, cause);
        }
        break;
      case POINT_DELETED:
        this.ended({ at, code, reason, subject, place, cause, amount, until });
        this.ages.ended(this.resourceOf(subject), until, at);
        break;
      case KEY_STATE_CHANGED:
      case KEY_DELETED:
      case FAULT_BEGAN:
      case FAULT_ENDED:
        this.ages.keysTurned(at);
        break;
      case POINT_STOPPED:
        this.ages.stopped(this.resourceOf(subject), until, at);
        break;
      default:
    }
    if (WENT_WRONG.has(code)) {
      // What a restore goes back to is its own id.
      this.mishaps.add(at, code, reason, subject, place, code >= RESTORE_JOB ? 0 : cause, amount);
    }
  }

  /** A job made a point, which is the last of its resource in that vault. */
  private made(at: Instant, reason: number, subject: number, place: number, cause: number): void {
    const { chains } = this;
    const { points, series } = this.state.ledger;
    const chain = this.chainOf(subject, place, cause);
    let point = intAt(series.tails, chains.seriesOf(chain));
    if (point < 0 || floatAt(points.completedAts, point) !== at) {
      // The vault was deleted, and another of its name has the points now.
      chains.move(chain, this.seriesOf(subject, place));
      point = intAt(series.tails, chains.seriesOf(chain));
    }
    const createdAt = floatAt(points.createdAts, point);
    chains.add(chain, createdAt, kindOfChain(reason));
    const resource = this.resourceOf(subject);
    if (reason === CONTINUOUS_BY_RULE) {
      this.ages.continuous(resource, createdAt, at);
    } else {
      this.ages.completed(resource, createdAt, at);
    }
  }

  /** A point went, whose creation the event has. */
  private ended(event: KeptEvent): void {
    const chain = this.chainOf(event.subject, event.place, event.cause);
    this.chains.end(chain, event.at - event.until);
    this.endings.add(chain, event.until, event);
  }

  private chainOf(subject: number, place: number, cause: number): number {
    const { count } = this.chains;
    const chain = this.chains.of(subject, place, cause, () => this.seriesOf(subject, place));
    if (chain === count) {
      const { series, names } = this.state.ledger;
      this.endings.begin(chain, mix(intAt(series.draws, this.chains.seriesOf(chain)), wordAt(names.low, cause)));
    }
    return chain;
  }

  private seriesOf(subject: number, place: number): number {
    const { ledger } = this.state;
    const found = this.resourceOf(subject).series.findLast((series) => ledger.vaultOf(series).arnName === place);
    if (found === undefined) {
      throw new Error(`no points of ${ledger.names.text(subject)} in ${ledger.names.text(place)}`);
    }
    return found;
  }

  private resourceOf(subject: number): Resource {
    const known = this.resources[subject];
    if (known !== undefined) {
      return known;
    }
    const { names, resources } = this.state.ledger;
    const found = resources.tryFind(names.text(subject));
    if (found === undefined) {
      throw new Error(`no resource ${names.text(subject)}`);
    }
    this.resources[subject] = found;
    return found;
  }
}

function kindOfChain(decision: number): number {
  return decision === CONTINUOUS_BY_RULE ? CONTINUOUS_CHAIN : decision === TEMPORARY_FOR_AIR_GAP ? TEMPORARY_CHAIN : 0;
}

function byState(jobs: readonly RestoreJob[]): Float64Array {
  const counts = new Float64Array(JOB_STATES.length);
  jobs.forEach(({ state }) => (counts[state] = floatAt(counts, state) + 1));
  return counts;
}
