import { Finding, IValueProbe } from '../finding';
import { BackupRule } from '../rule';
import { Schedule, ScheduleRules } from '../schedule';
import { PlainValues } from '../values';
import { at } from './found';
import { absent } from './reading';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** A year and its following month from here stand for all of a schedule. A fixed day, as rules know no clock. */
export const SAMPLE_FROM_MS = Date.UTC(2027, 0, 1);
export const SAMPLE_TO_MS = SAMPLE_FROM_MS + 400 * DAY_MS;

/** What the rules know of one schedule. Estates repeat a few schedules thousands of times. */
interface Known {
  readonly schedule: Schedule | undefined;
  /** Findings with paths from the rule on. */
  readonly findings: readonly Finding[];
  longestGapMs?: number | null;
}
const KNOWN = new Map<string, Known>();
const MOST_KNOWN = 1000;

/** The schedule of a rule, when it is known and can be evaluated. */
export function scheduleOf(rule: BackupRule, probe: IValueProbe): Schedule | undefined {
  return isReadable(rule, probe) ? knownOf(rule).schedule : undefined;
}

/** What the rules find in the schedule of a rule. */
export function checkSchedule(rule: BackupRule, path: string, probe: IValueProbe): Finding[] {
  const { scheduleExpression, scheduleExpressionTimezone } = rule;
  return isReadable(rule, probe)
    ? knownOf(rule).findings.map((finding) => ({ ...finding, path: at(path, finding.path) }))
    : ScheduleRules.check(path, probe, scheduleExpression, scheduleExpressionTimezone);
}

/** The greatest distance of two runs within the sample, or of the first two when it holds fewer; undefined for one. */
export function longestGapMs(rule: BackupRule, probe: IValueProbe): number | undefined {
  if (!isReadable(rule, probe)) {
    return undefined;
  }
  const known = knownOf(rule);
  if (known.longestGapMs === undefined) {
    known.longestGapMs = (known.schedule && findLongestGap(known.schedule)) ?? null;
  }
  return known.longestGapMs ?? undefined;
}

function isReadable({ scheduleExpression, scheduleExpressionTimezone }: BackupRule, probe: IValueProbe): boolean {
  return [scheduleExpression, scheduleExpressionTimezone].every((value) => absent(value) || probe.known(value));
}

function knownOf(rule: BackupRule): Known {
  const { scheduleExpression: expression, scheduleExpressionTimezone: zone } = rule;
  const key = JSON.stringify([expression, zone]);
  let known = KNOWN.get(key);
  if (known === undefined) {
    const schedule = Schedule.ofRule(rule);
    known = {
      schedule: schedule.isEvaluable() ? schedule : undefined,
      findings: ScheduleRules.check('', new PlainValues(), expression, zone),
    };
    if (KNOWN.size >= MOST_KNOWN) {
      KNOWN.clear();
    }
    KNOWN.set(key, known);
  }
  return known;
}

function findLongestGap(schedule: Schedule): number | undefined {
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
