import { IValueProbe } from '../finding';
import { BackupRule } from '../rule';
import { Schedule } from '../schedule';
import { absent } from './reading';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** A year and its following month from here stand for all of a schedule. A fixed day, as rules know no clock. */
export const SAMPLE_FROM_MS = Date.UTC(2027, 0, 1);
export const SAMPLE_TO_MS = SAMPLE_FROM_MS + 400 * DAY_MS;

/** The schedule of a rule, when it is known and can be evaluated. */
export function scheduleOf(rule: BackupRule, probe: IValueProbe): Schedule | undefined {
  const { scheduleExpression: expression, scheduleExpressionTimezone: zone } = rule;
  if ((!absent(expression) && !probe.known(expression)) || (!absent(zone) && !probe.known(zone))) {
    return undefined;
  }
  const schedule = Schedule.ofRule(rule);
  return schedule.isEvaluable() ? schedule : undefined;
}

/** The greatest distance of two runs within the sample, or of the first two when it holds fewer; undefined for one. */
export function longestGapMs(schedule: Schedule): number | undefined {
  let runs = schedule.between(SAMPLE_FROM_MS, SAMPLE_TO_MS);
  if (runs.length < 2) {
    const first = runs[0] ?? schedule.nextAfter(SAMPLE_FROM_MS);
    const second = first === undefined ? undefined : schedule.nextAfter(first);
    runs = first === undefined || second === undefined ? [] : [first, second];
  }
  let longest: number | undefined;
  for (let i = 1; i < runs.length; i++) {
    longest = Math.max(longest ?? 0, runs[i]! - runs[i - 1]!);
  }
  return longest;
}

/** A distance of two runs as a message shows it. */
export function duration(ms: number): string {
  const hours = Math.round(ms / HOUR_MS);
  if (ms < 2 * HOUR_MS) {
    return `${Math.round(ms / 60000)} minutes`;
  }
  return hours < 48 || hours % 24 > 1 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}
