// Points that jobs are making: which jobs make one, and what it is called meanwhile.
import type { StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { describeBackupJob } from '../../../engine/src/operations/backup/describe-backup-job';
import { describeRecoveryPoint } from '../../../engine/src/operations/backup/describe-recovery-point';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { listRecoveryPointsByBackupVault } from '../../../engine/src/operations/backup/list-recovery-points-by-backup-vault';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const MAIN = { BackupVaultName: 'main' };
const CONTINUOUS = { scheduleExpression: 'cron(0 5 * * ? *)', enableContinuousBackup: true };
const LARGE = resource('efs', 'fs-1', { sizeGiB: 10_000 });
const SMALL = resource('efs', 'fs-2', { sizeGiB: 1 });

const start = (state: WorldState, { arn: ResourceArn }: StatefulResource) =>
  startBackupJob(state, ENV, { ...MAIN, ResourceArn, IamRoleArn: ROLE }).BackupJobId;

/** `state resource` of the points of a vault, the newest first. */
const points = (state: WorldState, BackupVaultName = 'main') =>
  (listRecoveryPointsByBackupVault(state, ENV, { BackupVaultName }).RecoveryPoints ?? []).map(
    ({ Status, ResourceArn }) => `${Status} ${ResourceArn?.split(/[:/]/).at(-1)}`,
  );

test('a job makes its point however many later ones are over', () => {
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [LARGE, SMALL] });
  start(state, LARGE);
  until(state, '2027-01-01T00:01:00Z');
  start(state, SMALL);
  until(state, '2027-01-01T00:30:00Z');
  expect(points(state).sort()).toEqual(['COMPLETED fs-2', 'CREATING fs-1']);
});

test('of several that are being made each is found by its ARN', () => {
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [LARGE, SMALL] });
  const ids = [LARGE, SMALL].map((one) => start(state, one));
  const arns = ids.map((BackupJobId) => describeBackupJob(state, ENV, { BackupJobId }).RecoveryPointArn);
  const described = (RecoveryPointArn: string | undefined) =>
    describeRecoveryPoint(state, ENV, { ...MAIN, RecoveryPointArn });
  expect(arns.map((arn) => described(arn).ResourceArn)).toEqual([LARGE.arn, SMALL.arn]);
  expect(() => described(`${arns[0]}0`)).toThrow('Cannot find recovery point');
});

test('a copy makes none that anybody sees, though a backup runs beside it', () => {
  const large = resource('efs', 'fs-3', { sizeGiB: 5_000 });
  const state = world('2027-01-01', { vaults: [vault('main'), vault('other')], resources: [LARGE, large] });
  start(state, large);
  until(state, '2027-01-10');
  start(state, LARGE);
  startCopyJob(state, ENV, {
    RecoveryPointArn: state.pointsOf(large.arn)[0]?.recoveryPointArn,
    SourceBackupVaultName: 'main',
    DestinationBackupVaultArn: vaultArn('other'),
    IamRoleArn: ROLE,
  });
  until(state, '2027-01-10T00:01:00Z');
  expect(state.summary()).toMatchObject({ copyJobs: { RUNNING: 1 } });
  expect(points(state)).toEqual(['CREATING fs-1', 'COMPLETED fs-3']);
  expect(points(state, 'other')).toEqual([]);
});

test('a job that waits, or came to nothing, makes none', () => {
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [LARGE] });
  const [running, waiting] = [start(state, LARGE), start(state, LARGE)];
  const arn = (BackupJobId: string | undefined) => describeBackupJob(state, ENV, { BackupJobId }).RecoveryPointArn;
  until(state, '2027-01-01T00:01:00Z');
  expect(arn(running)).toMatch(/^arn:aws:backup:/);
  expect(arn(waiting)).toBeUndefined();
  expect(points(state)).toEqual(['CREATING fs-1']);
});

test('a snapshot of a bucket is called as it will be, under a call and under a continuous rule of something else', () => {
  const bucket = resource('s3', 'docs', { sizeGiB: 1000 });
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [bucket] });
  const BackupJobId = start(state, bucket);
  until(state, '2027-01-01T00:01:00Z');
  const { RecoveryPointArn } = describeBackupJob(state, ENV, { BackupJobId });
  expect(points(state)).toEqual(['CREATING docs']);
  until(state, '2027-01-03');
  expect(state.pointsOf(bucket.arn).map(({ recoveryPointArn }) => recoveryPointArn)).toEqual([RecoveryPointArn]);
  expect(describeRecoveryPoint(state, ENV, { ...MAIN, RecoveryPointArn }).Status).toBe('COMPLETED');
});

test('under a continuous rule what has no continuous backups makes one, and what has them none that is told beforehand', () => {
  const bucket = resource('s3', 'docs', { sizeGiB: 1000 });
  const plans = [plan('p', [rule('r', CONTINUOUS)])];
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [bucket, LARGE], plans });
  until(state, '2027-01-01T05:01:00Z');
  expect(listBackupJobs(state, ENV, { ByState: 'RUNNING' }).BackupJobs).toHaveLength(2);
  expect(points(state)).toEqual(['CREATING fs-1']);
});

test('what is in a stack makes a snapshot of its own under a continuous rule', () => {
  const bucket = resource('s3', 'docs', { sizeGiB: 1000 });
  const stack = resource('cloudformation', 'shop', { members: { Docs: bucket.arn } });
  const selections = [{ selectionName: 'one', iamRoleArn: ROLE, resources: [stack.arn] }];
  const plans = [plan('p', [rule('r', CONTINUOUS)], { selections })];
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [bucket, stack], plans });
  until(state, '2027-01-01T05:01:00Z');
  expect(points(state)).toContain('CREATING docs');
});
