// What events of AWS Backup say of copies, of jobs under way, and of points as they age.
import { deleteBackupVaultLockConfiguration } from '../../../engine/src/operations/backup/delete-backup-vault-lock-configuration';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { putBackupVaultLockConfiguration } from '../../../engine/src/operations/backup/put-backup-vault-lock-configuration';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { updateRecoveryPointLifecycle } from '../../../engine/src/operations/backup/update-recovery-point-lifecycle';
import { events, heard } from '../scenarios/listeners';
import { ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';
import { DAILY, ORDERS, copied } from '../scenarios/copied-stage';

describe('what a job says while it is under way and when it is over (B14.1/1)', () => {
  const large = resource('efs', 'fs-1', { sizeGiB: 1000 });
  const start = (state: ReturnType<typeof world>) =>
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: large.arn, IamRoleArn: ROLE });

  test('the first of two has no message and no count of tries until it ends, the second is tried every 10 minutes', () => {
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [large] });
    heard(state, 'all', { 'detail-type': ['Backup Job State Change'] });
    start(state);
    state.runUntil(state.now + 60_000);
    start(state);
    until(state, '2027-01-03');
    const told = events(state, 'all').map(({ detail }) => detail);
    const running = told.filter((detail) => detail['state'] === 'RUNNING');
    expect(running).toHaveLength(2);
    expect(told.filter((detail) => detail['state'] === 'CREATED')).toHaveLength(2);
    for (const detail of running) {
      expect([detail['retryCount'], detail['statusMessage'], detail['completionDate']]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    }
    const completed = told.filter((detail) => detail['state'] === 'COMPLETED');
    const [, second] = state.jobsOf(large.arn);
    const looks = 1 + Math.floor(((second?.startedAt ?? 0) - (second?.createdAt ?? 0)) / 600_000);
    expect(looks).toBeGreaterThan(3);
    expect(completed.map((detail) => detail['retryCount'])).toEqual([1, looks]);
    expect(completed.every((detail) => !('statusMessage' in detail))).toBe(true);
  });

  test('one that never began was tried until its window closed (B4.1/2)', () => {
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [large] });
    heard(state, 'all', { 'detail-type': ['Backup Job State Change'], detail: { state: ['EXPIRED'] } });
    start(state);
    startBackupJob(state, ENV, {
      ...{ BackupVaultName: 'main', ResourceArn: large.arn, IamRoleArn: ROLE, StartWindowMinutes: 60 },
    });
    until(state, '2027-01-03');
    expect(events(state, 'all').map(({ detail }) => detail['retryCount'])).toEqual([7]);
  });

  test('a copy has message and date when it is over alone', () => {
    const copies = events(copied(), 'all').filter((one) => one['detail-type'] === 'Copy Job State Change');
    expect(copies.map(({ detail }) => 'completionDate' in detail)).toEqual([false, false, true]);
    expect(copies.some(({ detail }) => 'statusMessage' in detail)).toBe(false);
    const failed = world('2027-01-01', {
      vaults: [vault('main')],
      resources: [ORDERS],
      plans: [
        plan('p', [
          rule('daily', { scheduleExpression: DAILY, copyActions: [{ destinationBackupVaultArn: vaultArn('none') }] }),
        ]),
      ],
    });
    heard(failed, 'all', { 'detail-type': ['Copy Job State Change'], detail: { state: ['FAILED'] } });
    const [told] = events(until(failed, '2027-01-02'), 'all');
    expect(told?.detail['statusMessage']).toMatch(/\w/);
  });
});

test('a copy whose source is gone names none, though a continuous point of another is where that was', () => {
  const large = resource('efs', 'fs-1', { sizeGiB: 1000 });
  const bucket = resource('s3', 'docs');
  const once = rule('once', { scheduleExpression: 'cron(0 5 1 1 ? *)', enableContinuousBackup: true });
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('copies')],
    resources: [large, bucket],
    plans: [plan('p', [once], { selections: [{ selectionName: 's', iamRoleArn: ROLE, resources: [bucket.arn] }] })],
  });
  heard(state, 'all', { 'detail-type': ['Copy Job State Change'] });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: large.arn, IamRoleArn: ROLE });
  until(state, '2027-01-01T04:59:00Z');
  const RecoveryPointArn = state.pointsOf(large.arn)[0]?.recoveryPointArn;
  const DestinationBackupVaultArn = vaultArn('copies');
  startCopyJob(state, ENV, {
    ...{ SourceBackupVaultName: 'main', RecoveryPointArn, DestinationBackupVaultArn, IamRoleArn: ROLE },
  });
  until(state, '2027-01-01T05:00:00Z');
  deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn });
  until(state, '2027-01-03');
  expect(state.pointsOf(bucket.arn)).toHaveLength(1);
  const told = events(state, 'all').map(({ detail, resources }) => [detail['state'], resources]);
  expect(told.at(0)?.[1]).toEqual([RecoveryPointArn]);
  expect(told.at(-1)).toEqual(['COMPLETED', []]);
});

test('a copy from another Region is told of there, and names the point while that stands (B14.1/1)', () => {
  const abroad = { ...ENV, region: 'eu-west-1' };
  const bucket = resource('s3', 'docs');
  const copyActions = [{ destinationBackupVaultArn: vaultArn('back') }];
  const made = rule('daily', {
    ...{ scheduleExpression: DAILY, copyActions, enableContinuousBackup: true, lifecycle: { deleteAfterDays: 30 } },
  });
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('back'), vault('far', { env: abroad })],
    resources: [bucket],
    plans: [
      plan('p', [{ ...made, copyActions: [{ destinationBackupVaultArn: vaultArn('far', abroad) }, ...copyActions] }]),
    ],
  });
  const pattern = { 'detail-type': ['Copy Job State Change'] };
  heard(state, 'here', pattern);
  heard(state, 'there', pattern, {}, abroad);
  until(state, '2027-01-02T12:00:00Z');
  const [continuous] = state.pointsOf(bucket.arn).filter((point) => point.continuous);
  const told = events(state, 'here');
  expect(told.filter(({ detail }) => detail['state'] === 'COMPLETED')).toHaveLength(4);
  expect(told.map(({ resources }) => resources)).toEqual(told.map(() => [continuous?.recoveryPointArn]));
  const far = state.pointsOf(bucket.arn).find(({ backupVaultArn }) => backupVaultArn === vaultArn('far', abroad));
  startCopyJob(state, abroad, {
    SourceBackupVaultName: 'far',
    RecoveryPointArn: far?.recoveryPointArn,
    DestinationBackupVaultArn: vaultArn('back'),
    IamRoleArn: ROLE,
  });
  until(state, '2027-01-02T18:00:00Z');
  const back = events(state, 'there', abroad);
  expect(back.map(({ detail, region }) => [detail['state'], region])).toEqual(
    ['CREATED', 'RUNNING', 'COMPLETED'].map((word) => [word, 'eu-west-1']),
  );
  expect(back[0]?.resources).toEqual([far?.recoveryPointArn]);
});

test('a point that turns cold is MODIFIED, and COLD in its storage class (B14.1/1)', () => {
  const lifecycle = { moveToColdStorageAfterDays: 1, deleteAfterDays: 91 };
  const state = world('2027-01-01', {
    vaults: [vault('main')],
    resources: [resource('efs', 'fs-1')],
    plans: [plan('p', [rule('once', { scheduleExpression: 'cron(0 5 1 1 ? 2027)', lifecycle })])],
  });
  heard(state, 'all', { 'detail-type': ['Recovery Point State Change'] });
  const arn = until(state, '2027-01-01T12:00:00Z').pointsOf(resource('efs', 'fs-1').arn)[0]?.recoveryPointArn;
  // A queue keeps a message for four days.
  const told = ['2027-01-04', '2027-01-20', '2027-04-03'].flatMap((day) => events(until(state, day), 'all'));
  expect(told.map(({ detail, resources }) => [detail['status'], detail['storageClass'], resources])).toEqual([
    ['COMPLETED', 'WARM', [arn]],
    ['MODIFIED', 'COLD', [arn]],
    ['DELETED', 'COLD', [arn]],
  ]);
});

test('a vault whose lock is taken off says that it is not locked (B14.1/4)', () => {
  const state = world('2027-01-01', { vaults: [vault('main')] });
  heard(state, 'all', { 'detail-type': ['Backup Vault State Change'] });
  putBackupVaultLockConfiguration(state, ENV, { BackupVaultName: 'main', MinRetentionDays: 7 });
  deleteBackupVaultLockConfiguration(state, ENV, { BackupVaultName: 'main' });
  expect(events(state, 'all').map(({ detail }) => detail['isLocked'])).toEqual(['true', 'false']);
});

test('a copy whose source goes while it runs names no point, though another has its row (B14.1/1)', () => {
  const large = { ...ORDERS, sizeGiB: 2000 };
  const bucket = resource('s3', 'docs');
  const only = (arn: string) => ({ selections: [{ selectionName: 's', iamRoleArn: ROLE, resources: [arn] }] });
  const copyActions = [{ destinationBackupVaultArn: vaultArn('copies') }];
  const kept = { enableContinuousBackup: true, lifecycle: { deleteAfterDays: 30 } };
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('copies')],
    resources: [large, bucket],
    plans: [
      plan('p', [rule('daily', { scheduleExpression: 'cron(0 5 1 1 ? 2027)', copyActions })], only(large.arn)),
      plan('q', [rule('late', { scheduleExpression: 'cron(0 12 1 1 ? 2027)', ...kept })], only(bucket.arn)),
    ],
  });
  heard(state, 'all', { 'detail-type': ['Copy Job State Change'] });
  until(state, '2027-01-01T11:00:00Z');
  expect(state.jobsOf(large.arn).map((job) => job.state)).toEqual(['COMPLETED', 'RUNNING']);
  const [source] = state.pointsOf(large.arn);
  deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: source?.recoveryPointArn });
  until(state, '2027-01-03');
  expect(state.pointsOf(bucket.arn)).toHaveLength(1);
  const told = events(state, 'all').map(({ detail, resources }) => [detail['state'], resources.length]);
  expect(told).toEqual([
    ['CREATED', 1],
    ['RUNNING', 1],
    ['COMPLETED', 0],
  ]);
});

test('a point whose lifecycle was changed tells of the new days (B14.1/1)', () => {
  const state = copied();
  const { recoveryPointArn: RecoveryPointArn } = state.pointsOf(ORDERS.arn).find((one) => one.copyOf === undefined)!;
  heard(state, 'changed', { 'detail-type': ['Recovery Point State Change'], detail: { status: ['MODIFIED'] } });
  const Lifecycle = { MoveToColdStorageAfterDays: 10, DeleteAfterDays: 120 };
  updateRecoveryPointLifecycle(state, ENV, { BackupVaultName: 'main', RecoveryPointArn, Lifecycle });
  const [told] = events(state, 'changed').map(({ detail }) => detail);
  expect(told).toMatchObject({
    lifecycle: { deleteAfterDays: 120, moveToColdStorageAfterDays: 10 },
    calculatedLifeCycle: { deleteAt: '2027-05-01T05:00:00.000Z', moveToColdStorageAt: '2027-01-11T05:00:00.000Z' },
  });
});

test('a plain volume is told of as not encrypted, its copy under the key of another vault as encrypted (B7.1/1)', () => {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('copies') }];
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('copies')],
    resources: [resource('ebs', 'vol-1')],
    plans: [plan('p', [rule('daily', { scheduleExpression: DAILY, copyActions })])],
  });
  heard(state, 'all', { 'detail-type': ['Recovery Point State Change'] });
  until(state, '2027-01-01T12:00:00Z');
  const told = events(state, 'all').map(({ detail }) => [detail['backupVaultName'], detail['isEncrypted']]);
  expect(told).toEqual([
    ['main', 'false'],
    ['copies', 'true'],
  ]);
});
