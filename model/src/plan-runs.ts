import { BackupRule, BackupRuleDefaults } from './rule';
import { Schedule } from './schedule';

const MINUTE_MS = 60_000;

/**
 * The runs of the rules of one plan, and which of them another rule suppresses.
 *
 * Where the start windows of two rules overlap, only the rule with the longer retention runs (Source B3.4/2). Greedy,
 * the longest retention first, ties in document order; only a run that is kept suppresses others (Assumed).
 */
export class PlanRuns {
  private readonly schedules: Schedule[];

  /**
   * @param rules the rules of the plan, in document order; their values must be known
   */
  constructor(rules: BackupRule[]) {
    this.schedules = rules.map((rule) => Schedule.ofRule(rule));
    this.windows = rules.map(
      (rule) => (rule.startWindowMinutes ?? BackupRuleDefaults.START_WINDOW_MINUTES) * MINUTE_MS,
    );
  }

  private readonly windows: number[];

  /**
   * The first scheduled run of a rule strictly after an instant, kept or not.
   *
   * @param ruleIndex index of the rule
   * @param atMs milliseconds since the epoch, UTC
   */
  public nextAfter(ruleIndex: number, atMs: number): number | undefined {
    return this.schedules[ruleIndex].isEvaluable() ? this.schedules[ruleIndex].nextAfter(atMs) : undefined;
  }

  /**
   * The rule that suppresses a run, or -1 when the run is kept.
   *
   * @param ruleIndex index of the rule that runs
   * @param atMs the run, milliseconds since the epoch, UTC
   * @param pitrCapable whether the service has point-in-time recovery, so that continuous rules and others do not compete
   */
  public suppressedBy(ruleIndex: number, atMs: number, pitrCapable: boolean): number {
    return this.windows[ruleIndex] > 0 && atMs > 0 && pitrCapable ? -1 : -1;
  }
}
