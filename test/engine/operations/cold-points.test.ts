// What can be done with a point in cold storage, and what cannot.
import { describeRestoreJob } from '../../../engine/src/operations/backup/describe-restore-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { updateRecoveryPointLifecycle } from '../../../engine/src/operations/backup/update-recovery-point-lifecycle';
import { ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const FILES = resource('efs', 'fs-1');

/** One point that turned cold on the second of January. */
function cold() {
  const lifecycle = { moveToColdStorageAfterDays: 1, deleteAfterDays: 200 };
  const rules = [rule('r', { scheduleExpression: 'cron(0 5 1 1 ? *)', lifecycle })];
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('other')],
    resources: [FILES],
    plans: [plan('p', rules)],
  });
  until(state, '2027-01-03');
  const [point] = state.pointsOf(FILES.arn);
  expect(point?.storageClass).toBe('COLD');
  return { state, RecoveryPointArn: point?.recoveryPointArn };
}

test('no lifecycle brings a cold point back (B5.2/5, B2.3/5)', () => {
  const { state, RecoveryPointArn } = cold();
  const update = (Lifecycle: object) =>
    updateRecoveryPointLifecycle(state, ENV, { BackupVaultName: 'main', RecoveryPointArn, Lifecycle });
  for (const lifecycle of [{ DeleteAfterDays: 300 }, { MoveToColdStorageAfterDays: 100, DeleteAfterDays: 300 }]) {
    expect(update(lifecycle).Lifecycle).toEqual({ MoveToColdStorageAfterDays: 1, DeleteAfterDays: 300 });
    expect(update(lifecycle).CalculatedLifecycle?.MoveToColdStorageAt).toEqual(new Date('2027-01-02T05:00:00Z'));
    expect(until(state, new Date(state.now + 1).toISOString()).pointsOf(FILES.arn)).toMatchObject([
      { storageClass: 'COLD', deleteAt: Date.UTC(2027, 9, 28, 5) },
    ]);
  }
});

// prettier-ignore
test.each([
  [{ DeleteAfterDays: 90 },                                  'cannot be less than 90 days apart'],
  [{ MoveToColdStorageAfterDays: -1, DeleteAfterDays: 90 },  'cannot be less than 90 days apart'],
  [{ DeleteAfterDays: 91 },                                  'none'],
  [{},                                                       'none'],
])('a cold point stays 90 days in cold storage, whether the call says its cold day or not: %j (B2.3/3, B2.3/5)', (Lifecycle, says) => {
  const { state, RecoveryPointArn } = cold();
  const update = () => {
    try {
      updateRecoveryPointLifecycle(state, ENV, { BackupVaultName: 'main', RecoveryPointArn, Lifecycle });
      return 'none';
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(update()).toContain(says);
});

test('a restore makes a warm resource of it, and the point stays cold (B5.2/5, B5.2/6)', () => {
  const { state, RecoveryPointArn } = cold();
  const Metadata = { 'file-system-id': 'fs-1', newFileSystem: 'true' };
  const { RestoreJobId } = startRestoreJob(state, ENV, { RecoveryPointArn, Metadata, IamRoleArn: ROLE });
  until(state, '2027-01-04');
  expect(describeRestoreJob(state, ENV, { RestoreJobId }).Status).toBe('COMPLETED');
  expect(state.resources).toHaveLength(2);
  expect(state.pointsOf(FILES.arn)).toMatchObject([{ storageClass: 'COLD' }]);
});

test('StartCopyJob fails with it (B5.2/6, B6.1/5)', () => {
  const { state, RecoveryPointArn } = cold();
  const copy = () =>
    startCopyJob(state, ENV, {
      RecoveryPointArn,
      SourceBackupVaultName: 'main',
      DestinationBackupVaultArn: vaultArn('other'),
      IamRoleArn: ROLE,
    });
  expect(copy).toThrow('Recovery point is in cold storage and cannot be copied.');
});
