import { BackupRule } from './rule';
import { BackupRuleDefaults } from './rule-defaults';
import { Schedule } from './schedule';

const MINUTE_MS = 60_000;
/** Decisions that are remembered for each rule; beyond it all are forgotten and made again. */
const MEMORY = 100_000;
const KEPT = -1;

/**
 * The runs of the rules of one plan, and which of them another rule suppresses.
 *
 * Where the start windows of two rules overlap, only the rule with the longer retention runs (Source B3.4/2). Greedy,
 * the longest retention first, ties in document order; only a run that is kept suppresses others (Assumed).
 */
export class PlanRuns {
  private readonly lanes: Lane[];
  private readonly together: Contest;
  private readonly apart: Contest;

  /**
   * @param rules the rules of the plan, in document order; their values must be known
   * @param sinceMs when the plan came to be, milliseconds since the epoch, UTC; what would have run before never ran,
   * so that it suppresses nothing; without it the plan has always been there
   */
  constructor(rules: BackupRule[], sinceMs?: number) {
    this.lanes = rules.map((rule, index) => new Lane(rule, index, sinceMs ?? -Infinity));
    // Stable, so that ties stay in document order.
    const ranked = [...this.lanes].sort((a, b) =>
      a.retentionDays === b.retentionDays ? 0 : b.retentionDays - a.retentionDays,
    );
    this.together = new Contest(ranked, () => true);
    this.apart = new Contest(ranked, (lane, other) => lane.continuous === other.continuous);
  }

  /**
   * The first scheduled run of a rule strictly after an instant, kept or not, none before the plan came to be. A
   * schedule that cannot be evaluated has none.
   *
   * @param ruleIndex index of the rule
   * @param atMs milliseconds since the epoch, UTC
   * @throws Error when there is no such rule
   */
  public nextAfter(ruleIndex: number, atMs: number): number | undefined {
    return this.laneOf(ruleIndex).nextAfter(atMs);
  }

  /**
   * Index of the rule that suppresses a run, or -1 when the run is kept.
   *
   * For a service that has point-in-time recovery, continuous rules do not compete with others (Source B3.4/5); for a
   * service without it a continuous rule makes snapshots, so that all rules compete (Assumed).
   *
   * @param ruleIndex index of the rule that runs
   * @param atMs the run, milliseconds since the epoch, UTC
   * @param pitrCapable whether the service has point-in-time recovery
   * @throws Error when there is no such rule
   */
  public suppressedBy(ruleIndex: number, atMs: number, pitrCapable: boolean): number {
    return (pitrCapable ? this.apart : this.together).suppressedBy(this.laneOf(ruleIndex), atMs);
  }

  private laneOf(ruleIndex: number): Lane {
    const lane = this.lanes[ruleIndex];
    if (lane === undefined) {
      throw new Error(`ruleIndex must be 0 to ${this.lanes.length - 1}, got ${ruleIndex}`);
    }
    return lane;
  }
}

/** One rule: when it runs, how long its start window is open, how long it keeps. */
class Lane {
  public readonly windowMs: number;
  public readonly retentionDays: number;
  public readonly continuous: boolean;
  private readonly schedule: Schedule | undefined;

  constructor(
    rule: BackupRule,
    public readonly index: number,
    private readonly sinceMs: number,
  ) {
    const minutes = rule.startWindowMinutes ?? BackupRuleDefaults.START_WINDOW_MINUTES;
    this.windowMs = (minutes > 0 ? minutes : BackupRuleDefaults.START_WINDOW_MINUTES) * MINUTE_MS;
    const days = rule.lifecycle?.deleteAfterDays ?? -1;
    this.retentionDays = days > 0 ? days : Infinity;
    this.continuous = rule.enableContinuousBackup === true;
    const schedule = Schedule.ofRule(rule);
    this.schedule = schedule.isEvaluable() ? schedule : undefined;
  }

  public nextAfter(atMs: number): number | undefined {
    // A run at `sinceMs` itself counts, and nextAfter is strict.
    return this.schedule?.nextAfter(Math.max(atMs, this.sinceMs - 1));
  }

  public previousBefore(atMs: number): number | undefined {
    const run = this.schedule?.previousBefore(atMs);
    return run === undefined || run < this.sinceMs ? undefined : run;
  }
}

/**
 * Decides among rules that compete.
 *
 * The windows of a run at t (length w) and of a run at s (length v) overlap when t - v < s < t + w. So a run is kept when
 * no rule of higher rank has a kept run in that open interval. An interval may span a century of hourly runs; it is
 * searched from one end, and a suppressed run is skipped together with all others that the same run suppresses. What ends
 * the search early is the order of ranks: where no higher rank has a kept run in the interval, only runs near its ends can
 * be suppressed.
 */
class Contest {
  private readonly decisions = new Map<Lane, Map<number, number>>();
  private readonly rivals = new Map<Lane, readonly Lane[]>();

  constructor(ranked: readonly Lane[], compete: (lane: Lane, other: Lane) => boolean) {
    ranked.forEach((lane, rank) => {
      this.decisions.set(lane, new Map());
      this.rivals.set(
        lane,
        ranked.slice(0, rank).filter((other) => compete(lane, other)),
      );
    });
  }

  /** Index of the suppressing rule, or KEPT. */
  public suppressedBy(lane: Lane, atMs: number): number {
    const known = this.decisions.get(lane)!;
    let decision = known.get(atMs);
    if (decision === undefined) {
      decision = this.rivals.get(lane)!.find((rival) => this.firstKept(rival, lane, atMs) !== undefined)?.index ?? KEPT;
      if (known.size >= MEMORY) {
        known.clear();
      }
      known.set(atMs, decision);
    }
    return decision;
  }

  /** The first kept run of a rival whose window overlaps that of the lane's run. */
  private firstKept(rival: Lane, lane: Lane, atMs: number): number | undefined {
    const end = atMs + lane.windowMs;
    let run = rival.nextAfter(atMs - rival.windowMs);
    while (run !== undefined && run < end) {
      const suppressor = this.suppressor(rival, run);
      if (suppressor === undefined) {
        return run;
      }
      // All runs until the suppressor's last such run closes its window are suppressed.
      const last = this.lastKept(suppressor, rival, run);
      run = rival.nextAfter(Math.max(run, (last ?? run) + suppressor.windowMs - 1));
    }
    return undefined;
  }

  /** The last kept run of a rival whose window overlaps that of the lane's run. */
  private lastKept(rival: Lane, lane: Lane, atMs: number): number | undefined {
    const start = atMs - rival.windowMs;
    let run = rival.previousBefore(atMs + lane.windowMs);
    while (run !== undefined && run > start) {
      const suppressor = this.suppressor(rival, run);
      if (suppressor === undefined) {
        return run;
      }
      // All runs whose windows reach into the suppressor's first such run are suppressed.
      const first = this.firstKept(suppressor, rival, run);
      run = rival.previousBefore(Math.min(run, (first ?? run) - rival.windowMs + 1));
    }
    return undefined;
  }

  private suppressor(lane: Lane, atMs: number): Lane | undefined {
    const index = this.suppressedBy(lane, atMs);
    return index === KEPT ? undefined : this.rivals.get(lane)!.find((rival) => rival.index === index);
  }
}
