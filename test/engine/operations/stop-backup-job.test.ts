// StopBackupJob and DescribeBackupJob: what becomes of a job that is stopped, and of those that wait behind it.
import { ServiceSupport } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { floatAt } from '../../../engine/src/kernel/columns';
import { describeBackupJob } from '../../../engine/src/operations/backup/describe-backup-job';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { stopBackupJob } from '../../../engine/src/operations/backup/stop-backup-job';
import { DAY, ENV, MINUTE, resource, ROLE, vault, world } from '../scenarios/stage';

const FS = resource('efs', 'fs-1', { sizeGiB: 600 });

function begun(one = FS): WorldState {
  return world('2027-01-01T00:00:00Z', { vaults: [vault('main')], resources: [one] });
}

function start(state: WorldState, { arn } = FS): string {
  return startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: arn, IamRoleArn: ROLE }).BackupJobId ?? '';
}

function passMinutes(state: WorldState, minutes: number): void {
  state.runUntil(state.now + minutes * MINUTE);
}

function stateOf(state: WorldState, id: string): string | undefined {
  return describeBackupJob(state, ENV, { BackupJobId: id }).State;
}

test('a running job is ABORTING, then ABORTED, and makes no point when its time comes (B4.6/8, B4.1/10)', () => {
  const state = begun();
  const id = start(state);
  passMinutes(state, 5);
  expect(stateOf(state, id)).toBe('RUNNING');
  stopBackupJob(state, ENV, { BackupJobId: id });
  expect(stateOf(state, id)).toBe('ABORTING');
  passMinutes(state, 2);
  expect(describeBackupJob(state, ENV, { BackupJobId: id })).toMatchObject({
    State: 'ABORTED',
    StatusMessage: 'Backup job was stopped by user.',
    CompletionDate: new Date('2027-01-01T00:06:00Z'),
    PercentDone: '9.7',
  });
  state.runUntil(state.now + 2 * DAY);
  expect(stateOf(state, id)).toBe('ABORTED');
  expect(state.summary().backupJobs).toEqual({ ABORTED: 1 });
  expect(state.summary().recoveryPoints.created).toBe(0);
});

test('a job that is stopped at the very instant of its end stays ABORTED', () => {
  const state = begun();
  const id = start(state);
  const { jobs } = state.ledger;
  state.runUntil(floatAt(jobs.endAts, jobs.rowOf(0)));
  expect(stateOf(state, id)).toBe('RUNNING');
  stopBackupJob(state, ENV, { BackupJobId: id });
  passMinutes(state, 2);
  expect(stateOf(state, id)).toBe('ABORTED');
  expect(state.summary().recoveryPoints.created).toBe(0);
});

test('a job that looks for its resource and finds it busy with a later one goes on waiting, and says so once', () => {
  const small = { ...FS, sizeGiB: 1 };
  const state = begun(small);
  start(state);
  passMinutes(state, 1);
  const waiting = start(state);
  passMinutes(state, 9);
  // A minute before the next look of the one that waits.
  start(state);
  passMinutes(state, 2);
  expect(stateOf(state, waiting)).toBe('CREATED');
  expect(state.events().filter(({ what }) => what === 'CREATED')).toHaveLength(1);
  passMinutes(state, 10);
  expect(stateOf(state, waiting)).toBe('RUNNING');
});

test('the job that waits behind it runs when it is aborted, and a job that waits can be stopped as well (B4.3/1)', () => {
  const state = begun();
  const first = start(state);
  passMinutes(state, 1);
  const waiting = start(state);
  passMinutes(state, 1);
  const third = start(state);
  expect([stateOf(state, first), stateOf(state, waiting), stateOf(state, third)]).toEqual([
    'RUNNING',
    'CREATED',
    'CREATED',
  ]);
  stopBackupJob(state, ENV, { BackupJobId: waiting });
  stopBackupJob(state, ENV, { BackupJobId: first });
  passMinutes(state, 2);
  expect([first, waiting].map((id) => stateOf(state, id))).toEqual(['ABORTED', 'ABORTED']);
  expect(stateOf(state, third)).toBe('CREATED');
  passMinutes(state, 10);
  expect(stateOf(state, third)).toBe('RUNNING');
  passMinutes(state, 120);
  expect(stateOf(state, third)).toBe('COMPLETED');
  expect(state.summary().backupJobs).toEqual({ ABORTED: 2, COMPLETED: 1 });
});

test('fails to stop what is over, and what is not there', () => {
  const state = begun();
  const id = start(state);
  passMinutes(state, 300);
  expect(stateOf(state, id)).toBe('COMPLETED');
  const before = state.digest();
  expect(() => stopBackupJob(state, ENV, { BackupJobId: id })).toThrow('is over and cannot be stopped');
  expect(() => stopBackupJob(state, ENV, { BackupJobId: 'none' })).toThrow('Backup job none does not exist');
  expect(() => describeBackupJob(state, { ...ENV, region: 'eu-west-1' }, { BackupJobId: id })).toThrow(
    'does not exist',
  );
  expect(state.digest()).toBe(before);
});

// prettier-ignore
test.each([
  ['aurora',      false],
  ['documentdb',  false],
  ['fsx-windows', false],
  ['fsx-lustre',  false],
  ['neptune',     false],
  ['rds',         false],
  ['sap-hana',    false],
  ['dynamodb',    true],
  ['ebs',         true],
  ['ec2',         true],
  ['efs',         true],
  ['s3',          true],
])('a job of %s can be stopped: %p (B4.3/8)', (service, can) => {
  expect(ServiceSupport.find(service).id).toBe(service);
  const one = resource(service, 'one', { sizeGiB: 600 });
  const state = begun(one);
  const id = start(state, one);
  const stop = () => stopBackupJob(state, ENV, { BackupJobId: id });
  if (can) {
    stop();
    expect(stateOf(state, id)).toBe('ABORTING');
  } else {
    expect(stop).toThrow('cannot be stopped');
    expect(stateOf(state, id)).toBe('PENDING');
  }
});
