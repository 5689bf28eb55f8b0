// In which states of a resource its backups run, wait or fail.
import type { StatefulResource } from '@holdfast/model';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { ENV, plan, resource, ROLE, rule, story, table, until, vault, world } from '../scenarios/stage';

function begun(one: StatefulResource) {
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [one] });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: one.arn, IamRoleArn: ROLE });
  return state;
}

const UNAVAILABLE = 'Backup job failed because the resource is not in the available state.';
const OFFLINE = 'This operation is not valid for the specified hypervisor because it is not online';

// prettier-ignore
test.each([
  ['rds',               'available',  'RUNNING'],
  ['rds',               'Available',  'RUNNING'],
  ['rds',               'stopped',    UNAVAILABLE],
  ['aurora',            'available',  'RUNNING'],
  ['aurora',            'backing-up', UNAVAILABLE],
  ['documentdb',        'modifying',  UNAVAILABLE],
  ['efs',               'available',  'RUNNING'],
  ['efs',               'creating',   UNAVAILABLE],
  ['ec2',               'running',    'RUNNING'],
  ['ec2',               'stopped',    'RUNNING'],
  ['ec2',               'pending',    UNAVAILABLE],
  ['fsx-windows',       'available',  'RUNNING'],
  ['fsx-windows',       'updating',   'CREATED'],
  ['fsx-windows',       'failed',     UNAVAILABLE],
  ['fsx-lustre',        'misconfigured', UNAVAILABLE],
  ['virtual-machine',   'online',     'RUNNING'],
  ['virtual-machine',   'offline',    OFFLINE],
  ['dynamodb-advanced', 'whatever',   'RUNNING'],
])('%s in state %s: %s (B4.3/3, B4.6/7)', (service, state, expected) => {
  const one = resource(service, 'one', { state });
  const [job] = begun(one).jobsOf(one.arn);
  expect(job?.state === 'FAILED' ? job.statusMessage : job?.state).toBe(expected);
});

describe('a bucket', () => {
  const UNVERSIONED = 'Backup job failed. S3 Versioning must be enabled on the bucket.';

  // prettier-ignore
  test.each([
    ['of which nothing is known', {},                    'RUNNING'],
    ['that keeps versions',       { versioning: true },  'RUNNING'],
    ['that keeps none',           { versioning: false }, UNVERSIONED],
  ])('%s: %s (B4.3/3)', (_, more, expected) => {
    const one = resource('s3', 'one', more);
    const [job] = begun(one).jobsOf(one.arn);
    expect(job?.state === 'FAILED' ? job.statusMessage : job?.state).toBe(expected);
  });

  test('stops its continuous backup with the run that finds versions off, and has another when they are on again (B5.1/2)', () => {
    const one = resource('s3', 'one', { versioning: true });
    const daily = rule('daily', { lifecycle: { deleteAfterDays: 30 }, enableContinuousBackup: true });
    const state = world('2027-01-01', { vaults: [vault('main')], plans: [plan('p', [daily])], resources: [one] });
    until(state, '2027-01-03');
    state.addResource({ ...one, versioning: false });
    until(state, '2027-01-04');
    expect(state.pointsOf(one.arn).map(({ status, continuous }) => [status, continuous])).toEqual([['STOPPED', true]]);
    expect(state.jobsOf(one.arn).at(-1)).toMatchObject({ state: 'FAILED', statusMessage: UNVERSIONED });
    state.addResource(one);
    until(state, '2027-01-05');
    expect(state.pointsOf(one.arn).map(({ status }) => status)).toEqual(['STOPPED', 'COMPLETED']);
  });
});

// prettier-ignore
test.each([
  ['ebs',               'deleted',    'The specified volume was not found.'],
  ['dynamodb',          'deleted',    'Table not found.'],
  ['dynamodb-advanced', 'DELETED',    'Table not found.'],
  ['ec2',               'terminated', 'Could not find resource'],
  ['s3',                'deleted',    'Could not find resource'],
])('a backup of what is gone fails: %s %s (B4.6/7)', (service, state, expected) => {
  const one = resource(service, 'one', { state });
  expect(begun(one).jobsOf(one.arn)).toMatchObject([{ state: 'FAILED', statusMessage: expected }]);
});

describe('a file system that is being updated', () => {
  const updating = resource('fsx-windows', 'one', { state: 'UPDATING' });

  test('has its backups queued until it is available, when they look every 10 minutes (B4.3/3, B4.1/2)', () => {
    const state = begun(updating);
    until(state, '2027-01-01T02:03Z');
    expect(state.jobsOf(updating.arn)).toMatchObject([{ state: 'CREATED', statusMessage: '' }]);
    state.addResource({ ...updating, state: 'AVAILABLE' });
    until(state, '2027-01-02');
    expect(story(state)).toEqual(
      table(`
        2027-01-01T00:00Z    | backup-job CREATED   | fs-one | main | -
        2027-01-01T02:10Z    | backup-job RUNNING   | fs-one | main | -
        2027-01-01T02:12:06Z | backup-job COMPLETED | fs-one | main | -
      `),
    );
  });

  test('has them expire when their start window closes first (B4.3/3, B4.1/2)', () => {
    const state = begun(updating);
    until(state, '2027-01-02');
    expect(state.jobsOf(updating.arn)).toMatchObject([
      {
        state: 'EXPIRED',
        completedAt: Date.UTC(2027, 0, 1, 8),
        why: 'the start window closed while the file system was being updated',
      },
    ]);
    state.addResource({ ...updating, state: 'AVAILABLE' });
    until(state, '2027-01-03');
    expect(state.summary().backupJobs).toEqual({ EXPIRED: 1 });
  });

  test('queues the jobs that waited for another job, too (B4.3/1, B4.3/3)', () => {
    const one = resource('fsx-windows', 'one');
    const state = begun(one);
    const input = { BackupVaultName: 'main', ResourceArn: one.arn, IamRoleArn: ROLE };
    startBackupJob(state, ENV, { ...input, IdempotencyToken: 'second' });
    state.addResource({ ...one, state: 'UPDATING' });
    until(state, '2027-01-01T03:00Z');
    expect(state.summary().backupJobs).toEqual({ COMPLETED: 1, CREATED: 1 });
    state.addResource(one);
    until(state, '2027-01-01T04:00Z');
    expect(state.summary().backupJobs).toEqual({ COMPLETED: 2 });
  });
});

test('a job that waits looks again every 10 minutes from its creation, until its start window closes (B4.1/2, B4.1/3)', () => {
  // 580 GiB take 2 + 58 minutes.
  const one = resource('dynamodb-advanced', 'orders', { sizeGiB: 580 });
  const rules = [rule('r', { scheduleExpression: 'cron(4 0 ? * * *)', startWindowMinutes: 60 })];
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [one], plans: [plan('p', rules)] });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: one.arn, IamRoleArn: ROLE });
  until(state, '2027-01-01T12:00Z');
  const [, second] = state.jobsOf(one.arn);
  // The first ends at 01:00; the second was made at 00:04, looks at 01:04, and that is when its window closes.
  expect(second).toMatchObject({ state: 'EXPIRED', completedAt: Date.UTC(2027, 0, 1, 1, 4) });
});
