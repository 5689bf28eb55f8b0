// 2027-01-01 is a Friday.
import type { StatefulResource } from '@holdfast/model';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { ENV, plan, resource, ROLE, rule, until, vault, world } from '../scenarios/stage';

const WEEKLY = { preferredMaintenanceWindow: 'fri:05:00-fri:05:30' };
const DAILY = { preferredBackupWindow: '05:00-05:30' };

/** State of a job that is started at a time of 2027-01-01. */
function jobAt(time: string, service: string, more: Partial<StatefulResource>) {
  const one = resource(service, 'one', more);
  const state = world(`2027-01-01T${time}Z`, { vaults: [vault('main')], resources: [one] });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: one.arn, IamRoleArn: ROLE });
  const [job] = state.jobsOf(one.arn);
  return job?.state === 'FAILED' ? job.why : job?.state;
}

const MAINTAINED = 'the maintenance window of the resource is open, or too near';
const BACKED_UP = 'the window for automated backups of the resource is open, or too near';

describe('a database cannot be backed up within its windows, nor in the hour before (B4.3/2)', () => {
  // prettier-ignore
  test.each<[string, string, Partial<StatefulResource>, string]>([
    ['03:59', 'rds',                  WEEKLY, 'RUNNING'],
    ['04:00', 'rds',                  WEEKLY, MAINTAINED],
    ['05:29', 'rds',                  WEEKLY, MAINTAINED],
    ['05:30', 'rds',                  WEEKLY, 'RUNNING'],
    ['03:59', 'rds',                  DAILY,  'RUNNING'],
    ['04:00', 'rds',                  DAILY,  BACKED_UP],
    ['05:29', 'rds',                  DAILY,  BACKED_UP],
    ['05:30', 'rds',                  DAILY,  'RUNNING'],
    ['04:30', 'rds',                  { preferredMaintenanceWindow: 'thu:05:00-thu:05:30' }, 'RUNNING'],
    ['00:10', 'rds',                  { preferredMaintenanceWindow: 'thu:23:45-fri:00:15' }, MAINTAINED],
    ['00:15', 'rds',                  { preferredMaintenanceWindow: 'thu:23:45-fri:00:15' }, 'RUNNING'],
    ['00:10', 'rds',                  { preferredBackupWindow: '23:45-00:15' }, BACKED_UP],
    ['04:30', 'rds',                  { ...WEEKLY, ...DAILY },                  MAINTAINED],
    ['04:30', 'rds',                  { ...DAILY, automatedBackupDays: 0 },     'RUNNING'],
    ['04:30', 'rds',                  { ...WEEKLY, automatedBackupDays: 0 },    MAINTAINED],
    ['05:10', 'aurora',               { ...WEEKLY, ...DAILY },                  'RUNNING'],
    ['05:10', 'dynamodb-advanced',    { ...WEEKLY, ...DAILY },                  'RUNNING'],
  ])('at %s: %s %j: %s', (time, service, more, expected) => {
    expect(jobAt(time, service, more)).toBe(expected);
  });

  test.each(['rds-multi-az-cluster', 'documentdb', 'neptune'])('%s is one', (service) => {
    expect(jobAt('04:00', service, WEEKLY)).toMatch(/^the maintenance window/);
    expect(jobAt('03:59', service, WEEKLY)).toBe('RUNNING');
  });
});

test('a file system of FSx cannot be backed up in the 4 hours before its windows (B4.3/2)', () => {
  expect(jobAt('00:59', 'fsx-windows', WEEKLY)).toBe('RUNNING');
  expect(jobAt('01:00', 'fsx-windows', WEEKLY)).toMatch(/^the maintenance window/);
  expect(jobAt('01:00', 'fsx-openzfs', DAILY)).toMatch(/^the window for automated backups/);
});

test('the text names the window for automated backups (B4.3/2, B4.6/7)', () => {
  const one = resource('rds', 'one', DAILY);
  const state = world('2027-01-01T05:00Z', { vaults: [vault('main')], resources: [one] });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: one.arn, IamRoleArn: ROLE });
  expect(state.jobsOf(one.arn)[0]?.statusMessage).toBe(
    'Backup job could not start because it is either inside or too close to the automated backup window configured',
  );
});

test('windows are not in the way where AWS Backup makes both snapshots and continuous backups (B4.3/2)', () => {
  const one = resource('rds', 'one', DAILY);
  const snapshots = rule('snapshots', { scheduleExpression: 'cron(0 5 ? * * *)', startWindowMinutes: 60 });
  const continuous = rule('continuous', { scheduleExpression: 'cron(0 2 ? * * *)', enableContinuousBackup: true });
  const jobs = (rules: (typeof snapshots)[]) => {
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [one], plans: [plan('p', rules)] });
    return until(state, '2027-01-02').summary().backupJobs;
  };
  expect(jobs([snapshots])).toEqual({ FAILED: 1 });
  expect(jobs([snapshots, continuous])).toEqual({ COMPLETED: 2 });
});

test('a job that waited until a window was near fails (B4.3/2, B4.1/2)', () => {
  // 1000 GiB take 2 + 100 minutes.
  const one = resource('rds', 'one', { ...WEEKLY, sizeGiB: 1000 });
  const state = world('2027-01-01T03:00Z', { vaults: [vault('main')], resources: [one] });
  const input = { BackupVaultName: 'main', ResourceArn: one.arn, IamRoleArn: ROLE };
  startBackupJob(state, ENV, input);
  startBackupJob(state, ENV, { ...input, IdempotencyToken: 'second' });
  until(state, '2027-01-02');
  expect(state.jobsOf(one.arn).map((job) => job.state)).toEqual(['COMPLETED', 'FAILED']);
});
