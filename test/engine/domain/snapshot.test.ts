// How much of a resource a backup or copy moves.
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { DAY, ENV, resource, ROLE, vault, vaultArn, world } from '../scenarios/stage';

const FAR = { ...ENV, region: 'us-east-1' };
const GIB = 2 ** 30;

function staged(service: string) {
  const one = resource(service, 'one', { sizeGiB: 100, dailyChangePercent: 1 });
  return { one, state: world('2027-01-01', { vaults: [vault('main'), vault('far', { env: FAR })], resources: [one] }) };
}

/** Whole GiB that the last job of a resource moved, a day after it began. */
function moved(state: WorldState, arn: string): number {
  state.runUntil(state.now + DAY);
  return Math.round((state.jobsOf(arn).at(-1)?.transferredBytes ?? NaN) / GIB);
}

function backUp(state: WorldState, arn: string): number {
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: arn, IamRoleArn: ROLE });
  return moved(state, arn);
}

function copy(state: WorldState, arn: string): number {
  const source = state.pointsOf(arn).filter(({ backupVaultName }) => backupVaultName === 'main');
  startCopyJob(state, ENV, {
    RecoveryPointArn: source.at(-1)?.recoveryPointArn,
    SourceBackupVaultName: 'main',
    DestinationBackupVaultArn: vaultArn('far', FAR),
    IamRoleArn: ROLE,
  });
  return moved(state, arn);
}

test('when the first full backup is deleted later ones stay whole, and the next is incremental (B4.4/2)', () => {
  const { one, state } = staged('efs');
  expect([backUp(state, one.arn), backUp(state, one.arn)]).toEqual([100, 1]);
  const [first, second] = state.pointsOf(one.arn);
  deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: first?.recoveryPointArn });
  state.runUntil(state.now + DAY);
  expect(state.pointsOf(one.arn)).toMatchObject([
    { recoveryPointArn: second?.recoveryPointArn, status: 'COMPLETED', sizeBytes: 100 * GIB },
  ]);
  expect(backUp(state, one.arn)).toBeLessThan(10);
});

// prettier-ignore
test.each([
  ['dynamodb',          100],
  ['dynamodb-advanced', 100],
  ['aurora',            100],
  ['documentdb',        100],
  ['neptune',           100],
  ['aurora-dsql',       100],
  ['sap-hana',          100],
  ['rds',               1],
  ['ebs',               1],
])('the second snapshot of %s moves %d of 100 GiB (B4.4/3)', (service, expected) => {
  const { one, state } = staged(service);
  expect([backUp(state, one.arn), backUp(state, one.arn)]).toEqual([100, expected]);
});

test('the first copy into a Region is full, the next is incremental (B4.4/5)', () => {
  const { one, state } = staged('efs');
  backUp(state, one.arn);
  expect(copy(state, one.arn)).toBe(100);
  backUp(state, one.arn);
  expect(copy(state, one.arn)).toBeLessThan(10);
});

test('a copy of RDS is full again when the one before it was deleted (B4.4/5)', () => {
  const { one, state } = staged('rds');
  backUp(state, one.arn);
  expect(copy(state, one.arn)).toBe(100);
  const far = state.pointsOf(one.arn).find(({ backupVaultName }) => backupVaultName === 'far');
  deleteRecoveryPoint(state, FAR, { BackupVaultName: 'far', RecoveryPointArn: far?.recoveryPointArn });
  state.runUntil(state.now + DAY);
  backUp(state, one.arn);
  expect(copy(state, one.arn)).toBe(100);
});
