// What another account can do with a vault, whatever the policy of the vault says.
import { deleteBackupVault } from '../../../engine/src/operations/backup/delete-backup-vault';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { describeBackupVault } from '../../../engine/src/operations/backup/describe-backup-vault';
import { describeRecoveryPoint } from '../../../engine/src/operations/backup/describe-recovery-point';
import { listRecoveryPointsByBackupVault } from '../../../engine/src/operations/backup/list-recovery-points-by-backup-vault';
import { putBackupVaultLockConfiguration } from '../../../engine/src/operations/backup/put-backup-vault-lock-configuration';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { ENV, resource, ROLE, until, vault, vaultArn, world } from './stage';

const OTHER = { ...ENV, account: '999988887777' };
const FILES = resource('efs', 'fs-1');
const Action = [
  'backup:DescribeBackupVault',
  'backup:ListRecoveryPointsByBackupVault',
  'backup:DescribeRecoveryPoint',
  'backup:DeleteRecoveryPoint',
  'backup:PutBackupVaultLockConfiguration',
  'backup:DeleteBackupVault',
  'backup:StartRestoreJob',
];
const OPEN = { Statement: [{ Effect: 'Allow', Principal: '*', Action, Resource: '*' }] };

function backedUp() {
  const state = world('2027-01-01', {
    vaults: [vault('main', { accessPolicy: OPEN }), vault('theirs', { env: OTHER })],
    resources: [FILES],
  });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: FILES.arn, IamRoleArn: ROLE });
  until(state, '2027-01-02');
  return { state, RecoveryPointArn: state.pointsOf(FILES.arn)[0]?.recoveryPointArn };
}

test('no call of another account reaches a vault that lets everybody in; a copy has to bring the point there (B6.3/10)', () => {
  const { state, RecoveryPointArn } = backedUp();
  const point = { BackupVaultName: 'main', RecoveryPointArn };
  const calls: (() => unknown)[] = [
    () => describeBackupVault(state, OTHER, { BackupVaultName: 'main' }),
    () => listRecoveryPointsByBackupVault(state, OTHER, { BackupVaultName: 'main' }),
    () => describeRecoveryPoint(state, OTHER, point),
    () => deleteRecoveryPoint(state, OTHER, point),
    () => putBackupVaultLockConfiguration(state, OTHER, { BackupVaultName: 'main', MinRetentionDays: 1 }),
    () => deleteBackupVault(state, OTHER, { BackupVaultName: 'main' }),
    () => startRestoreJob(state, OTHER, { RecoveryPointArn, Metadata: {}, IamRoleArn: ROLE }),
  ];
  for (const call of calls) {
    expect(call).toThrow(/Insufficient privileges|does not exist|Cannot find recovery point/);
  }
  startCopyJob(state, ENV, {
    RecoveryPointArn,
    SourceBackupVaultName: 'main',
    DestinationBackupVaultArn: vaultArn('theirs', OTHER),
    IamRoleArn: ROLE,
  });
  until(state, '2027-01-03');
  const [copied] = listRecoveryPointsByBackupVault(state, OTHER, { BackupVaultName: 'theirs' }).RecoveryPoints ?? [];
  const Metadata = { 'file-system-id': 'fs-1', newFileSystem: 'true' };
  const restore = { RecoveryPointArn: copied?.RecoveryPointArn, Metadata, IamRoleArn: ROLE };
  expect(startRestoreJob(state, OTHER, restore).RestoreJobId).toBeDefined();
});
