// What copies name as their source, and jobs as their points, where several could be meant.
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { ENV, plan, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';
import { TABLE, BUCKET, DAILY, ran, copies } from '../scenarios/shown-stage';

describe('a copy of a snapshot beside a continuous backup in the same vault (B5.3/2)', () => {
  const continuous = rule('c', {
    scheduleExpression: DAILY,
    enableContinuousBackup: true,
    lifecycle: { deleteAfterDays: 30 },
  });

  test('names the snapshot, be it of a rule or of a call', () => {
    const snapshots = rule('s', {
      scheduleExpression: 'cron(0 15 * * ? *)',
      copyActions: copies({ deleteAfterDays: 7 }),
    });
    const state = world('2027-01-01', {
      vaults: [vault('main'), vault('copies')],
      resources: [BUCKET],
      plans: [plan('p', [continuous]), plan('q', [snapshots])],
    });
    until(state, '2027-01-02');
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: BUCKET.arn, IamRoleArn: ROLE });
    until(state, '2027-01-02T04:00:00Z');
    const called = state.pointsOf(BUCKET.arn).at(-1);
    startCopyJob(state, ENV, {
      ...{ SourceBackupVaultName: 'main', DestinationBackupVaultArn: vaultArn('copies'), IamRoleArn: ROLE },
      RecoveryPointArn: called?.recoveryPointArn,
    });
    until(state, '2027-01-02T04:59:00Z');
    const points = state.pointsOf(BUCKET.arn);
    const snapshotArns = points
      .filter((point) => !point.continuous && point.backupVaultArn === vaultArn('main'))
      .map(({ recoveryPointArn }) => recoveryPointArn);
    expect(snapshotArns).toHaveLength(2);
    const sources = points.flatMap(({ copyOf }) => copyOf?.recoveryPointArn ?? []);
    expect(sources).toEqual(snapshotArns);
  });
});

test('a copy that failed names no point, and a job none that another resource has in its row', () => {
  const strict = vault('copies', { vaultLock: { minRetentionDays: 60 } });
  const failed = ran({ copyActions: copies({ deleteAfterDays: 7 }) }, { vaults: [strict] });
  expect(failed.jobsOf(TABLE.arn).map((job) => [job.state, job.recoveryPointArn === undefined])).toEqual([
    ['COMPLETED', false],
    ['FAILED', true],
  ]);
  const only = (arn: string) => ({ selections: [{ selectionName: 's', iamRoleArn: ROLE, resources: [arn] }] });
  const kept = { enableContinuousBackup: true, lifecycle: { deleteAfterDays: 30 } };
  const state = world('2027-01-01', {
    vaults: [vault('main')],
    resources: [TABLE, BUCKET],
    plans: [
      plan('p', [rule('once', { scheduleExpression: 'cron(0 5 1 1 ? 2027)' })], only(TABLE.arn)),
      plan('q', [rule('late', { scheduleExpression: 'cron(0 12 1 1 ? 2027)', ...kept })], only(BUCKET.arn)),
    ],
  });
  until(state, '2027-01-01T10:00:00Z');
  const [point] = state.pointsOf(TABLE.arn);
  deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn });
  until(state, '2027-01-02');
  expect(state.jobsOf(TABLE.arn).map(({ recoveryPointArn }) => recoveryPointArn)).toEqual([undefined]);
});
