import { BackupRule, Estate, EstateRules } from '@holdfast/model';
import { plan, PLAIN, Row, rule, testRows } from './rows';

const EVERY_HOUR = 'cron(0 * ? * * *)';
const TWICE_A_DAY = 'cron(0 0/12 ? * * *)';
const DAILY = 'cron(0 5 ? * * *)';
const SUNDAYS = 'cron(0 5 ? * SUN *)';

function keeps(ruleName: string, scheduleExpression: string, deleteAfterDays?: number, over: Partial<BackupRule> = {}) {
  return rule({ ruleName, scheduleExpression, lifecycle: { deleteAfterDays }, ...over });
}
const of = (...rules: BackupRule[]): Estate => ({ plans: [plan({ rules })] });
const FIRST = 'plan.rules[0].scheduleExpression';

// prettier-ignore
const ROWS: Row<Estate>[] = [
  // Source B3.4/3: on Sundays only the weekly rule runs.
  ['rule-suppressed', 'fails',  of(keeps('daily', DAILY, 35), keeps('weekly', SUNDAYS, 90)), FIRST,
    '57 of 400 runs, the first 2027-01-03T05:00Z, at which rule weekly runs instead of daily (keeps 90 days, this one keeps 35 days)'],
  ['rule-suppressed', 'fails',  of(keeps('daily', DAILY, 35), keeps('weekly', SUNDAYS)), FIRST,
    '57 of 400 runs, the first 2027-01-03T05:00Z, at which rule weekly runs instead of daily (kept for ever, this one keeps 35 days)'],
  // Vector 5 of the reference, B3.4/2: 16 of 24 hourly runs a day are the other rule's.
  ['rule-suppressed', 'fails',  of(keeps('hourly', EVERY_HOUR, 1), keeps('half', TWICE_A_DAY, 7, { startWindowMinutes: 480 })), FIRST,
    '6400 of 9600 runs, the first 2027-01-01T00:00Z, at which rule half runs instead of hourly (keeps 7 days, this one keeps 1 day)'],
  // Windows of 60 minutes that touch do not overlap; one minute less apart, they do.
  ['rule-suppressed', 'passes', of(keeps('a', 'cron(0 5 ? * * *)', 7), keeps('b', 'cron(0 6 ? * * *)', 8))],
  ['rule-suppressed', 'fails',  of(keeps('a', 'cron(1 5 ? * * *)', 7), keeps('b', 'cron(0 6 ? * * *)', 8)), FIRST,
    '400 of 400 runs, the first 2027-01-01T05:01Z, at which rule b runs instead of a (keeps 8 days, this one keeps 7 days)'],
  // Continuous and snapshot rules compete for services that make snapshots of both.
  ['rule-suppressed', 'fails',  of(keeps('pitr', DAILY, 35, { enableContinuousBackup: true }), keeps('weekly', SUNDAYS, 90)), FIRST,
    '57 of 400 runs of resources without point-in-time recovery, the first 2027-01-03T05:00Z, at which rule weekly runs instead of pitr (keeps 90 days, this one keeps 35 days)'],
  ['rule-suppressed', 'passes', of(keeps('daily', DAILY, 35))],
  ['rule-suppressed', 'passes', of(keeps('broken', 'rate(1 day)', 35), keeps('weekly', SUNDAYS, 90))],
];

testRows((estate) => EstateRules.check(estate, PLAIN), ROWS);
