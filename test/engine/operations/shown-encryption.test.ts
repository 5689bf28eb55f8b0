// What jobs, copies and points say of keys, vaults, and the runs that they stem from.
import { describeBackupJob } from '../../../engine/src/operations/backup/describe-backup-job';
import { describeBackupVault } from '../../../engine/src/operations/backup/describe-backup-vault';
import { describeCopyJob } from '../../../engine/src/operations/backup/describe-copy-job';
import { describeRecoveryPoint } from '../../../engine/src/operations/backup/describe-recovery-point';
import { describeRestoreJob } from '../../../engine/src/operations/backup/describe-restore-job';
import { getBackupPlan } from '../../../engine/src/operations/backup/get-backup-plan';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { listBackupPlans } from '../../../engine/src/operations/backup/list-backup-plans';
import { listBackupPlanVersions } from '../../../engine/src/operations/backup/list-backup-plan-versions';
import { listCopyJobs } from '../../../engine/src/operations/backup/list-copy-jobs';
import { listRecoveryPointsByBackupVault } from '../../../engine/src/operations/backup/list-recovery-points-by-backup-vault';
import { listRecoveryPointsByResource } from '../../../engine/src/operations/backup/list-recovery-points-by-resource';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { updateBackupPlan } from '../../../engine/src/operations/backup/update-backup-plan';
import { CMK, ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const OWN = CMK.replace('0001', '0002');
const MANAGED = `arn:aws:kms:${ENV.region}:${ENV.account}:alias/aws/ebs`;
const FILES = resource('efs', 'fs-1');
const PLAIN = resource('ebs', 'vol-1');
const KEYED = resource('ebs', 'vol-2', { encryptedWith: OWN });
const OF_AWS = resource('ebs', 'vol-3', { encryptedWith: MANAGED });
const CLUSTER = resource('aurora', 'ledger');
const DAILY = 'cron(0 5 * * ? *)';

function ran() {
  const vaultLock = { minRetentionDays: 7 };
  const copyActions = [{ destinationBackupVaultArn: vaultArn('copies') }];
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('copies', { vaultLock }), vault('plain', { encryptionKeyArn: undefined })],
    resources: [FILES, PLAIN, KEYED, OF_AWS, CLUSTER],
    plans: [plan('p', [rule('daily', { scheduleExpression: DAILY, copyActions })])],
  });
  return until(state, '2027-01-01T12:00:00Z');
}

// prettier-ignore
test.each<[what: string, of: typeof FILES, in_: string, key: string | undefined, type: string | undefined, encrypted: boolean]>([
  ['what is managed fully, by the vault', FILES,  'main',   CMK,       'CUSTOMER_MANAGED_KMS_KEY', true],
  ['a snapshot of what is plain, not',    PLAIN,  'main',   undefined, undefined,                  false],
  ['a snapshot with its own key',         KEYED,  'main',   OWN,       'CUSTOMER_MANAGED_KMS_KEY', true],
  ['a snapshot with a key of AWS',        OF_AWS, 'main',   MANAGED,   undefined,                  true],
  ['a copy of what is plain, by its vault', PLAIN, 'copies', CMK,      'CUSTOMER_MANAGED_KMS_KEY', true],
  ['a copy of a cluster that is plain, not', CLUSTER, 'copies', undefined, undefined,              false],
])('%s', (_what, of, name, EncryptionKeyArn, EncryptionKeyType, IsEncrypted) => {
  const state = ran();
  const point = state.pointsOf(of.arn).find(({ backupVaultName }) => backupVaultName === name);
  const RecoveryPointArn = point?.recoveryPointArn;
  const expected = { EncryptionKeyArn, EncryptionKeyType };
  const described = describeRecoveryPoint(state, ENV, { BackupVaultName: name, RecoveryPointArn });
  expect(described).toMatchObject({ IsEncrypted, VaultType: 'BACKUP_VAULT' });
  const lists = [
    listRecoveryPointsByBackupVault(state, ENV, { BackupVaultName: name }),
    listRecoveryPointsByResource(state, ENV, { ResourceArn: of.arn }),
  ];
  const listed = lists.map(({ RecoveryPoints = [] }) =>
    RecoveryPoints.find((one) => one.RecoveryPointArn === RecoveryPointArn),
  );
  for (const shown of [described, ...listed]) {
    expect({ EncryptionKeyArn: shown?.EncryptionKeyArn, EncryptionKeyType: shown?.EncryptionKeyType }).toEqual(expected);
  }
});

test('a backup job has key, type and lock of its vault, and a point its initiation', () => {
  const state = ran();
  const { BackupJobs = [] } = listBackupJobs(state, ENV, { ByResourceArn: KEYED.arn });
  expect(BackupJobs).toMatchObject([
    { EncryptionKeyArn: OWN, IsEncrypted: true, VaultType: 'BACKUP_VAULT', VaultLockState: 'UNLOCKED' },
  ]);
  const [plain] = listBackupJobs(state, ENV, { ByResourceArn: PLAIN.arn }).BackupJobs ?? [];
  expect(plain).toMatchObject({ IsEncrypted: false });
  expect(plain).not.toHaveProperty('EncryptionKeyArn');
  const [point] = listRecoveryPointsByBackupVault(state, ENV, { BackupVaultName: 'main' }).RecoveryPoints ?? [];
  expect(point?.InitiationDate).toEqual(new Date('2027-01-01T05:00:00Z'));
});

test('a backup into a locked vault, and one into a vault without a key of its own', () => {
  const state = ran();
  const start = (BackupVaultName: string) =>
    startBackupJob(state, ENV, {
      ...{ BackupVaultName, ResourceArn: FILES.arn, IamRoleArn: ROLE, Lifecycle: { DeleteAfterDays: 9 } },
    });
  const { BackupJobId } = start('copies');
  expect(describeBackupJob(state, ENV, { BackupJobId })).toMatchObject({ VaultLockState: 'LOCKED' });
  until(state, '2027-01-01T18:00:00Z');
  start('plain');
  until(state, '2027-01-02T00:00:00Z');
  const [point] = listRecoveryPointsByBackupVault(state, ENV, { BackupVaultName: 'plain' }).RecoveryPoints ?? [];
  expect(point).toMatchObject({ IsEncrypted: true });
  expect(point).not.toHaveProperty('EncryptionKeyType');
  expect(describeBackupVault(state, ENV, { BackupVaultName: 'plain' })).not.toHaveProperty('EncryptionKeyType');
});

test('what is in a logically air-gapped vault without a key of its own is under one that AWS owns (B7.5/1)', () => {
  const target = { targetLogicallyAirGappedBackupVaultArn: vaultArn('gap') };
  const state = world('2027-01-01', {
    vaults: [vault('main')],
    logicallyAirGappedVaults: [{ backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 60 }],
    resources: [FILES, KEYED],
    plans: [plan('p', [rule('daily', { scheduleExpression: DAILY, ...target })])],
  });
  until(state, '2027-01-01T12:00:00Z');
  const { RecoveryPoints = [] } = listRecoveryPointsByBackupVault(state, ENV, { BackupVaultName: 'gap' });
  expect(RecoveryPoints).toHaveLength(2);
  for (const point of RecoveryPoints) {
    expect(point).toMatchObject({ IsEncrypted: true, EncryptionKeyType: 'AWS_OWNED_KMS_KEY' });
    expect(point).not.toHaveProperty('EncryptionKeyArn');
  }
});

test('a backup job into a vault that is not there names no key', () => {
  const rules = [rule('daily', { scheduleExpression: DAILY, targetBackupVaultName: 'absent' })];
  const state = world('2027-01-01', { resources: [FILES], plans: [plan('p', rules)] });
  until(state, '2027-01-01T12:00:00Z');
  const { BackupJobs = [] } = listBackupJobs(state, ENV, {});
  expect(BackupJobs).toMatchObject([{ State: 'FAILED' }]);
  expect(BackupJobs[0]).not.toHaveProperty('EncryptionKeyArn');
});

test('a copy job names key, type and lock of its destination, and the backup job that it follows', () => {
  const state = ran();
  const [job] = listCopyJobs(state, ENV, { ByResourceArn: PLAIN.arn }).CopyJobs ?? [];
  const [backup] = listBackupJobs(state, ENV, { ByResourceArn: PLAIN.arn }).BackupJobs ?? [];
  expect(backup?.BackupJobId).toMatch(/^[0-9A-F-]{36}$/);
  expect(job).toMatchObject({
    DestinationEncryptionKeyArn: CMK,
    DestinationVaultType: 'BACKUP_VAULT',
    DestinationVaultLockState: 'LOCKED',
    CreatedByBackupJobId: backup?.BackupJobId,
  });
  const { CopyJobId } = startCopyJob(state, ENV, {
    SourceBackupVaultName: 'main',
    RecoveryPointArn: state.pointsOf(FILES.arn).find((one) => one.backupVaultName === 'main')?.recoveryPointArn,
    DestinationBackupVaultArn: vaultArn('plain'),
    IamRoleArn: ROLE,
  });
  const { CopyJob } = describeCopyJob(state, ENV, { CopyJobId });
  expect(CopyJob).toMatchObject({ DestinationVaultLockState: 'UNLOCKED' });
  expect(CopyJob).not.toHaveProperty('CreatedByBackupJobId');
});

test('a restore says how many minutes it is expected to take', () => {
  const state = ran();
  const { recoveryPointArn: RecoveryPointArn } = state.pointsOf(FILES.arn)[0]!;
  const Metadata = { 'file-system-id': 'fs-1', newFileSystem: 'true' };
  const { RestoreJobId } = startRestoreJob(state, ENV, { RecoveryPointArn, Metadata, IamRoleArn: ROLE });
  const expected = describeRestoreJob(state, ENV, { RestoreJobId }).ExpectedCompletionTimeMinutes ?? 0;
  expect(expected).toBeGreaterThan(0);
  // It begins within a minute.
  until(state, new Date(state.now + (expected + 1) * 60_000).toISOString());
  expect(describeRestoreJob(state, ENV, { RestoreJobId }).Status).toBe('COMPLETED');
});

test('a plan says when it last ran, through its versions', () => {
  const late = rule('late', { scheduleExpression: 'cron(0 20 * * ? *)' });
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [FILES], plans: [plan('p', [late])] });
  const list = () => listBackupPlans(state, ENV, {}).BackupPlansList ?? [];
  expect(list()[0]).not.toHaveProperty('LastExecutionDate');
  until(state, '2027-01-02T12:00:00Z');
  const ranAt = new Date('2027-01-01T20:00:00Z');
  expect(list()[0]?.LastExecutionDate).toEqual(ranAt);
  const BackupPlanId = list()[0]?.BackupPlanId;
  updateBackupPlan(state, ENV, {
    BackupPlanId,
    BackupPlan: { BackupPlanName: 'p', Rules: [{ RuleName: 'other', TargetBackupVaultName: 'main' }] },
  });
  expect(getBackupPlan(state, ENV, { BackupPlanId }).LastExecutionDate).toEqual(ranAt);
  const versions = listBackupPlanVersions(state, ENV, { BackupPlanId }).BackupPlanVersionsList ?? [];
  expect(versions.map(({ LastExecutionDate }) => LastExecutionDate)).toEqual([ranAt, ranAt]);
});
