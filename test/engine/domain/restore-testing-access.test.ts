// What the role of a selection needs for its tests.
import { createRestoreTestingPlan } from '../../../engine/src/operations/backup/create-restore-testing-plan';
import { createRestoreTestingSelection } from '../../../engine/src/operations/backup/create-restore-testing-selection';
import { listRestoreJobs } from '../../../engine/src/operations/backup/list-restore-jobs';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { BACKUPS, enforced, NOT_AUTHORIZED, RESTORES, TABLE } from '../scenarios/enforced-stage';
import { testingPlan, testingSelection } from '../scenarios/restore-testing-stage';
import { ENV, ROLE, until } from '../scenarios/stage';

// prettier-ignore
test.each<[managed: string[], status: string, message: string | undefined]>([
  [[BACKUPS],           'FAILED',    NOT_AUTHORIZED],
  [[BACKUPS, RESTORES], 'COMPLETED', undefined],
])('with %j its restores are %s (B9.3/11)', (managed, Status, StatusMessage) => {
  const state = enforced(managed);
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: TABLE.arn, IamRoleArn: ROLE });
  until(state, '2027-01-01T06:00:00Z');
  createRestoreTestingPlan(state, ENV, { RestoreTestingPlan: testingPlan() });
  const RestoreTestingSelection = testingSelection();
  createRestoreTestingSelection(state, ENV, { RestoreTestingPlanName: 'drill', RestoreTestingSelection });
  until(state, '2027-01-01T16:00:00Z');
  const [job, more] = listRestoreJobs(state, ENV, {}).RestoreJobs ?? [];
  expect(more).toBeUndefined();
  expect(job?.Status).toBe(Status);
  expect(job?.StatusMessage?.startsWith(StatusMessage ?? '')).toBe(StatusMessage && true);
});
