import { Finding, IValueProbe, RuleDescription } from '../finding';
import { BackupRuleDefaults } from '../rule-defaults';
import { CronFields, CronProblem, isProblems, parseCron } from './cron-fields';
import { CronRuns, Shift } from './cron-runs';
import { Zone } from './cron-zone';
import { at, found } from './found';
import { SCHEDULE } from './tables/schedule';

/** Assumed: rules know no clock, so daylight saving is looked up in these years. */
const SPAN_FROM = Date.UTC(2026, 0, 1);
const SPAN_TO = Date.UTC(2036, 0, 1);
/** How many local dates a message names. */
const NAMED_DATES = 3;
const HOURLY_MINUTES = 60;

const BY_PROBLEM: Readonly<Record<CronProblem['kind'], RuleDescription>> = {
  form: SCHEDULE.cronForm,
  fields: SCHEDULE.fields,
  'day-fields': SCHEDULE.dayFields,
};

/** All findings of `ScheduleRules`. */
export function checkSchedule(
  expression: string | undefined,
  timeZone: string | undefined,
  path: string,
  probe: IValueProbe,
): Finding[] {
  const findings: Finding[] = [];
  const zone = zoneOf(timeZone, at(path, 'scheduleExpressionTimezone'), probe, findings);
  const text = expression ?? BackupRuleDefaults.SCHEDULE_EXPRESSION;
  if (!probe.known(text)) {
    return findings;
  }
  const member = at(path, 'scheduleExpression');
  const fields = parseCron(text);
  if (isProblems(fields)) {
    findings.push(...fields.map((wrong) => found(BY_PROBLEM[wrong.kind], member, wrong.given, wrong.allowed)));
    return findings;
  }
  findings.push(...checkFields(fields, text, member));
  if (zone !== undefined && !zone.isUtc) {
    findings.push(...checkDaylightSaving(fields, zone, timeZone ?? '', member));
  }
  return findings;
}

function zoneOf(timeZone: string | undefined, path: string, probe: IValueProbe, findings: Finding[]): Zone | undefined {
  if (timeZone === undefined || !probe.known(timeZone)) {
    return undefined;
  }
  const zone = Zone.tryFind(timeZone);
  if (zone === undefined) {
    findings.push(found(SCHEDULE.timeZone, path, timeZone));
  }
  return zone;
}

function checkFields(fields: CronFields, text: string, path: string): Finding[] {
  const findings: Finding[] = [];
  // The local calendar is the same in every zone.
  const runs = new CronRuns(fields, Zone.UTC);
  if (!runs.fires()) {
    findings.push(found(SCHEDULE.neverFires, path, text));
  } else if (runs.nextAfter(SPAN_FROM - 1) === undefined) {
    findings.push(found(SCHEDULE.over, path, text));
  }
  const gap = runs.gapBelow(HOURLY_MINUTES);
  if (gap !== undefined) {
    findings.push(found(SCHEDULE.hourlyFinest, path, `${text}: two runs ${gap} minutes apart`));
  }
  const step = fields.hourStep;
  if (step !== undefined && step.step > 1 && (24 % step.step !== 0 || step.first >= step.step)) {
    findings.push(found(SCHEDULE.stopsAtMidnight, path, `${step.text}: runs at ${timesText(fields.times)} each day`));
  }
  for (const form of fields.unconfirmed) {
    findings.push(found(SCHEDULE.unconfirmedForm, path, form));
  }
  return findings;
}

function checkDaylightSaving(fields: CronFields, zone: Zone, zoneName: string, path: string): Finding[] {
  const shifts = new CronRuns(fields, zone).shifts(SPAN_FROM, SPAN_TO);
  // Who runs in every hour has the next run an hour later anyway.
  const everyHour = new Set(fields.times.map((time) => Math.floor(time / HOURLY_MINUTES))).size === 24;
  const skipped = everyHour ? [] : shifts.filter((shift) => shift.skipped);
  const repeated = everyHour ? [] : shifts.filter((shift) => !shift.skipped);
  const findings: Finding[] = [];
  if (skipped.length > 0) {
    const given = `${timeOf(skipped[0])}, which ${zoneName} skips on ${datesText(skipped)}`;
    findings.push(found(SCHEDULE.daylightSaving, path, given));
  }
  if (repeated.length > 0) {
    const given = `${timeOf(repeated[0])}, which ${zoneName} has twice on ${datesText(repeated)}`;
    findings.push(found(SCHEDULE.daylightSavingRepeat, path, given));
  }
  return findings;
}

function timeOf(shift: Shift): string {
  return shift.localTime.slice(11);
}

function datesText(shifts: readonly Shift[]): string {
  const dates = [...new Set(shifts.map((shift) => shift.localTime.slice(0, 10)))];
  const more = dates.length > NAMED_DATES ? ` and ${dates.length - NAMED_DATES} more until 2035` : '';
  return dates.slice(0, NAMED_DATES).join(', ') + more;
}

function timesText(times: readonly number[]): string {
  const text = times.map((time) => {
    const hour = Math.floor(time / HOURLY_MINUTES);
    return `${String(hour).padStart(2, '0')}:${String(time % HOURLY_MINUTES).padStart(2, '0')}`;
  });
  return text.length > 6 ? `${text.slice(0, 6).join(', ')}, …` : text.join(', ');
}
