import { BackupRule, Estate } from '@holdfast/model';
import { checkEstate, plan, Row, rule, testRows, vaultArn } from './rows';

const EVERY_HOUR = 'cron(0 * ? * * *)';
const TWICE_A_DAY = 'cron(0 0/12 ? * * *)';
const DAILY = 'cron(0 5 ? * * *)';
const SUNDAYS = 'cron(0 5 ? * SUN *)';

function keeps(ruleName: string, scheduleExpression: string, deleteAfterDays?: number, over: Partial<BackupRule> = {}) {
  return rule({ ruleName, scheduleExpression, lifecycle: { deleteAfterDays }, ...over });
}
function copies(...names: string[]): Partial<BackupRule> {
  return { copyActions: names.map((name) => ({ destinationBackupVaultArn: vaultArn(name) })) };
}
const SUNDAYS_LOST =
  '57 of 400 runs, the first 2027-01-03T05:00Z, at which rule weekly runs instead of daily (keeps 90 days, this one keeps 35 days)';
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
  ['rule-suppressed-loss', 'fails',  of(keeps('hourly', EVERY_HOUR, 1), keeps('half', TWICE_A_DAY, 7, { startWindowMinutes: 480 })), FIRST,
    '6400 of 9600 runs, the first 2027-01-01T00:00Z, at which rule half runs instead of hourly (keeps 7 days, this one keeps 1 day): there are fewer backups'],
  // Windows of 60 minutes that touch do not overlap; one minute less apart, they do.
  ['rule-suppressed', 'passes', of(keeps('a', 'cron(0 5 ? * * *)', 7), keeps('b', 'cron(0 6 ? * * *)', 8))],
  ['rule-suppressed-loss', 'fails',  of(keeps('a', 'cron(1 5 ? * * *)', 7), keeps('b', 'cron(0 6 ? * * *)', 8)), FIRST,
    '400 of 400 runs, the first 2027-01-01T05:01Z, at which rule b runs instead of a (keeps 8 days, this one keeps 7 days): it never runs'],
  // A run that another one replaces in full is no loss; what that one does not do is.
  ['rule-suppressed-loss', 'passes', of(keeps('daily', DAILY, 35), keeps('weekly', SUNDAYS, 90))],
  ['rule-suppressed-loss', 'passes', of(keeps('daily', DAILY, 35, copies('a')), keeps('weekly', SUNDAYS, 90, copies('b', 'a')))],
  ['rule-suppressed-loss', 'fails',  of(keeps('daily', DAILY, 35, copies('a')), keeps('weekly', SUNDAYS, 90)), FIRST, `${SUNDAYS_LOST}: a copy is not made`],
  ['rule-suppressed-loss', 'fails',  of(keeps('daily', DAILY, 35, copies('a', 'b')), keeps('weekly', SUNDAYS, 90)), FIRST, `${SUNDAYS_LOST}: 2 copies are not made`],
  ['rule-suppressed-loss', 'fails',  of(keeps('daily', DAILY, 35), keeps('weekly', SUNDAYS, 90, { targetBackupVaultName: 'far' })), FIRST, `${SUNDAYS_LOST}: the backup goes to another vault`],
  ['rule-suppressed-loss', 'fails',  of(keeps('daily', DAILY, 35, { targetLogicallyAirGappedBackupVaultArn: vaultArn('gapped') }), keeps('weekly', SUNDAYS, 90)), FIRST, `${SUNDAYS_LOST}: the logically air-gapped vault gets no backup`],
  ['rule-suppressed-loss', 'fails',  of(keeps('daily', DAILY, 35, { indexActions: ['S3'] }), keeps('weekly', SUNDAYS, 90)), FIRST, `${SUNDAYS_LOST}: the backup is not indexed`],
  // The window of a run before the sample may reach into it.
  ['rule-suppressed-loss', 'passes', of(keeps('daily', DAILY, 35), keeps('last', 'cron(0 23 L * ? *)', 365, { startWindowMinutes: 480 }))],
  // Continuous and snapshot rules compete for services that make snapshots of both.
  ['rule-suppressed', 'fails',  of(keeps('pitr', DAILY, 35, { enableContinuousBackup: true }), keeps('weekly', SUNDAYS, 90)), FIRST,
    '57 of 400 runs of resources without point-in-time recovery, the first 2027-01-03T05:00Z, at which rule weekly runs instead of pitr (keeps 90 days, this one keeps 35 days)'],
  ['rule-suppressed', 'passes', of(keeps('daily', DAILY, 35))],
  ['rule-suppressed', 'passes', of(keeps('broken', 'rate(1 day)', 35), keeps('weekly', SUNDAYS, 90))],
];

testRows(checkEstate, ROWS);
