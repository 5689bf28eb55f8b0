// DescribeRecoveryPoint and DisassociateRecoveryPoint.
import type { BackupRule, StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { describeRecoveryPoint } from '../../../engine/src/operations/backup/describe-recovery-point';
import { deleteBackupVaultLockConfiguration } from '../../../engine/src/operations/backup/delete-backup-vault-lock-configuration';
import { disassociateRecoveryPoint } from '../../../engine/src/operations/backup/disassociate-recovery-point';
import { putBackupVaultLockConfiguration } from '../../../engine/src/operations/backup/put-backup-vault-lock-configuration';
import { CMK, ENV, plan, resource, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const DAILY: Partial<BackupRule> = { scheduleExpression: 'cron(0 5 ? * * *)', lifecycle: { deleteAfterDays: 10 } };

function ran(one: StatefulResource, more: Partial<BackupRule>, to: string): WorldState {
  const estate = { vaults: [vault('main')], resources: [one], plans: [plan('p', [rule('r', { ...DAILY, ...more })])] };
  return until(world('2027-01-01T00:00:00Z', estate), to);
}

function arns(state: WorldState, { arn }: StatefulResource): string[] {
  return state.pointsOf(arn).map(({ recoveryPointArn }) => recoveryPointArn);
}

function disassociate(state: WorldState, RecoveryPointArn = ''): void {
  disassociateRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn });
}

test('a point of a managed service has the key of its vault, another that of its resource (B7.1/1)', () => {
  const key = CMK.replace('0001', '0009');
  for (const [one, expected] of [
    [resource('efs', 'fs-1', { encryptedWith: key }), CMK],
    [resource('ebs', 'vol-1', { encryptedWith: key }), key],
  ] as const) {
    const state = ran(one, {}, '2027-01-02T00:00:00Z');
    const [RecoveryPointArn] = arns(state, one);
    expect(describeRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn })).toMatchObject({
      EncryptionKeyArn: expected,
      Status: 'COMPLETED',
      StorageClass: 'WARM',
      CreationDate: new Date('2027-01-01T05:00:00Z'),
      CalculatedLifecycle: { DeleteAt: new Date('2027-01-11T05:00:00Z') },
    });
  }
});

test('a cold point says so, and a temporary one that it goes after its copy (B2.3/6)', () => {
  const fs = resource('efs', 'fs-1');
  const cold = ran(fs, { lifecycle: { moveToColdStorageAfterDays: 1, deleteAfterDays: 200 } }, '2027-01-02T06:00:00Z');
  const [first] = arns(cold, fs);
  const shown = describeRecoveryPoint(cold, ENV, { BackupVaultName: 'main', RecoveryPointArn: first });
  expect(shown.StorageClass).toBe('COLD');
  expect(shown.Lifecycle).not.toHaveProperty('DeleteAfterEvent');
  const volume = resource('ebs', 'vol-1', { encryptedWith: CMK });
  const gapped = { backupVaultName: 'gapped', env: ENV, minRetentionDays: 7, maxRetentionDays: 30 };
  const state = world('2027-01-01T00:00:00Z', {
    vaults: [vault('main')],
    logicallyAirGappedVaults: [gapped],
    resources: [volume],
    plans: [plan('p', [rule('r', { ...DAILY, targetLogicallyAirGappedBackupVaultArn: vaultArn('gapped') })])],
  });
  until(state, '2027-01-01T05:03:00Z');
  const [RecoveryPointArn] = arns(state, volume);
  const { Lifecycle } = describeRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn });
  expect(Lifecycle?.DeleteAfterEvent).toBe('DELETE_AFTER_COPY');
});

test('a continuous point of S3 that is disassociated stays as STOPPED, and the next run makes another (B5.1/2)', () => {
  const bucket = resource('s3', 'b');
  const state = ran(bucket, { enableContinuousBackup: true }, '2027-01-03T00:00:00Z');
  disassociate(state, arns(state, bucket)[0]);
  expect(state.pointsOf(bucket.arn).map(({ status }) => status)).toEqual(['STOPPED']);
  until(state, '2027-01-04T00:00:00Z');
  expect(state.pointsOf(bucket.arn).map(({ status }) => status)).toEqual(['STOPPED', 'COMPLETED']);
  expect(new Set(arns(state, bucket)).size).toBe(2);
  until(state, '2027-01-13T00:00:00Z');
  expect(state.pointsOf(bucket.arn).map(({ status }) => status)).toEqual(['COMPLETED']);
});

test('one of a database leaves AWS Backup at once (B5.1/2)', () => {
  const database = resource('rds', 'db-1');
  const state = ran(database, { enableContinuousBackup: true }, '2027-01-03T00:00:00Z');
  disassociate(state, arns(state, database)[0]);
  expect(arns(state, database)).toEqual([]);
});

test('fails for a snapshot, for what is disassociated already, and for what is not there (B5.1/2)', () => {
  const bucket = resource('s3', 'b');
  const snapshot = ran(bucket, {}, '2027-01-02T00:00:00Z');
  expect(() => disassociate(snapshot, arns(snapshot, bucket)[0])).toThrow('is not continuous');
  const state = ran(bucket, { enableContinuousBackup: true }, '2027-01-02T00:00:00Z');
  const [arn] = arns(state, bucket);
  disassociate(state, arn);
  expect(() => disassociate(state, arn)).toThrow('is not continuous');
  expect(() => disassociate(state, `${arn}x`)).toThrow('Cannot find recovery point');
});

test('a continuous point of a locked vault is not disassociated, of the same vault without its lock it is (B7.4/2)', () => {
  const database = resource('rds', 'db');
  const state = ran(database, { enableContinuousBackup: true }, '2027-01-02T00:00:00Z');
  putBackupVaultLockConfiguration(state, ENV, { BackupVaultName: 'main', MinRetentionDays: 1 });
  const [point] = arns(state, database);
  expect(() => {
    disassociate(state, point);
  }).toThrow('its backup vault is locked');
  expect(arns(state, database)).toEqual([point]);
  deleteBackupVaultLockConfiguration(state, ENV, { BackupVaultName: 'main' });
  disassociate(state, point);
  expect(arns(state, database)).toEqual([]);
});
