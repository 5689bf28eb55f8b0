import { IValueProbe } from '../../finding';
import { BackupRule } from '../../rule';
import { Schedule } from '../../schedule';
import { days } from '../reading';
import { retentionOf } from '../retention';

export const HOUR_MS = 60 * 60 * 1000;
/** A year and a bit, of which each schedule that recurs shows its longest gap. Assumed: the years are alike. */
const FROM_MS = Date.UTC(2027, 0, 1);
const TO_MS = FROM_MS + 400 * 24 * HOUR_MS;

/** Gaps that were found before, by expression and zone: a year of runs is not worth walking twice. */
const GAPS = new Map<string, number>();

/** Whether the longest time between two runs is within the period; daylight saving may add an hour (Assumed). */
export function runsWithin(rule: BackupRule, withinMs: number | undefined, probe: IValueProbe): boolean | undefined {
  const { scheduleExpression: expression, scheduleExpressionTimezone: zone } = rule;
  if (withinMs === undefined || !probe.known(expression) || !probe.known(zone)) {
    return undefined;
  }
  return Schedule.ofRule(rule).isEvaluable() ? longestGapMs(rule) <= withinMs + HOUR_MS : undefined;
}

/** A rule in words, as a finding or a verdict names it. */
export function describedRule(rule: BackupRule, probe: IValueProbe): string {
  const gap = Schedule.ofRule(rule).isEvaluable() ? longestGapMs(rule) : Infinity;
  const every = gap === Infinity ? 'does not recur' : `runs every ${Math.round(gap / HOUR_MS)} hours`;
  const kept = retentionOf(rule.lifecycle, probe) ?? Infinity;
  return `${rule.ruleName} that ${every} and keeps ${kept === Infinity ? 'for ever' : days(kept)}`;
}

function longestGapMs(rule: BackupRule): number {
  const key = JSON.stringify([rule.scheduleExpression, rule.scheduleExpressionTimezone]);
  let longest = GAPS.get(key);
  if (longest === undefined) {
    const runs = Schedule.ofRule(rule).between(FROM_MS, TO_MS);
    const gaps = runs.slice(1).map((run, index) => run - (runs[index] as number));
    longest = gaps.length === 0 ? Infinity : gaps.reduce((a, b) => Math.max(a, b));
    GAPS.set(key, longest);
  }
  return longest;
}
