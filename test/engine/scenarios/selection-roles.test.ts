// With several selections of a plan, each resource is backed up with the role of the one that picks it.
import { deleteBackupSelection } from '../../../engine/src/operations/backup/delete-backup-selection';
import { describeCopyJob } from '../../../engine/src/operations/backup/describe-copy-job';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { listBackupSelections } from '../../../engine/src/operations/backup/list-backup-selections';
import { listCopyJobs } from '../../../engine/src/operations/backup/list-copy-jobs';
import { listRecoveryPointsByResource } from '../../../engine/src/operations/backup/list-recovery-points-by-resource';
import { inject } from './fault-stage';
import { ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from './stage';

const FILES = resource('efs', 'fs-1');
const DISK = resource('ebs', 'vol-1');
const BOTH = resource('ebs', 'vol-2');
const DISKS = `${ROLE}-of-disks`;

function staged() {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('other') }];
  const selections = [
    { selectionName: 'all-files', iamRoleArn: ROLE, resources: [FILES.arn, BOTH.arn] },
    { selectionName: 'disks', iamRoleArn: DISKS, resources: [DISK.arn, BOTH.arn] },
  ];
  return world('2027-01-01', {
    vaults: [vault('main'), vault('other')],
    resources: [FILES, DISK, BOTH],
    plans: [plan('p', [rule('daily', { scheduleExpression: 'cron(0 5 ? * * *)', copyActions })], { selections })],
  });
}

const OWNERS = [
  [FILES, ROLE],
  [DISK, DISKS],
  [BOTH, ROLE],
] as const;

test('its job, its point, its copy and that of the copy have the role', () => {
  const state = until(staged(), '2027-01-02');
  for (const [{ arn }, role] of OWNERS) {
    const { BackupJobs } = listBackupJobs(state, ENV, { ByResourceArn: arn });
    expect(BackupJobs).toMatchObject([
      { State: 'COMPLETED', IamRoleArn: role, CreatedBy: { BackupRuleName: 'daily' } },
    ]);
    const { CopyJobs = [] } = listCopyJobs(state, ENV, { ByResourceArn: arn });
    const { CopyJobId } = CopyJobs[0] ?? {};
    expect(describeCopyJob(state, ENV, { CopyJobId }).CopyJob).toMatchObject({ State: 'COMPLETED', IamRoleArn: role });
    expect(state.pointsOf(arn)).toHaveLength(2);
    const { RecoveryPoints } = listRecoveryPointsByResource(state, ENV, { ResourceArn: arn });
    expect(RecoveryPoints).toHaveLength(2);
  }
});

test('a role that AWS Backup cannot assume fails the jobs of its selection, and no others', () => {
  const state = staged();
  inject(state, { kind: 'role-unassumable', role: DISKS });
  until(state, '2027-01-02');
  const states = OWNERS.map(([{ arn }]) => listBackupJobs(state, ENV, { ByResourceArn: arn }).BackupJobs?.[0]?.State);
  expect(states).toEqual(['COMPLETED', 'FAILED', 'COMPLETED']);
});

test('what was made keeps the role when its selection is gone, and what comes next has that of the selection that is left', () => {
  const state = until(staged(), '2027-01-02');
  const [p] = state.ledger.plans.list();
  const BackupPlanId = p?.id;
  const { BackupSelectionsList = [] } = listBackupSelections(state, ENV, { BackupPlanId });
  const files = BackupSelectionsList.find(({ SelectionName }) => SelectionName === 'all-files');
  deleteBackupSelection(state, ENV, { BackupPlanId, SelectionId: files?.SelectionId });
  until(state, '2027-01-03');
  const roles = (arn: string) =>
    listBackupJobs(state, ENV, { ByResourceArn: arn }).BackupJobs?.map((job) => job.IamRoleArn);
  expect(roles(FILES.arn)).toEqual([ROLE]);
  expect(roles(BOTH.arn)).toEqual([DISKS, ROLE]);
});

test('what no selection picks comes before others and changes nothing for them', () => {
  const spared = resource('dynamodb-advanced', 'spared');
  const selections = [
    { selectionName: 'files', iamRoleArn: ROLE, resources: [FILES.arn] },
    { selectionName: 'disks', iamRoleArn: DISKS, resources: [DISK.arn] },
  ];
  const plans = [plan('p', [rule('daily', { scheduleExpression: 'cron(0 5 ? * * *)' })], { selections })];
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [spared, DISK, FILES], plans });
  until(state, '2027-01-02');
  const roles = [spared, DISK, FILES].map(({ arn }) =>
    listBackupJobs(state, ENV, { ByResourceArn: arn }).BackupJobs?.map(({ IamRoleArn }) => IamRoleArn),
  );
  expect(roles).toEqual([[], [DISKS], [ROLE]]);
});
