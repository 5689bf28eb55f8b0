// What jobs show of themselves: messages and their categories, progress, bytes.
import type { Estate, StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { categoryOf } from '../../../engine/src/domain/message-categories';
import * as reasons from '../../../engine/src/domain/reasons';
import { describeBackupJob } from '../../../engine/src/operations/backup/describe-backup-job';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { listCopyJobs } from '../../../engine/src/operations/backup/list-copy-jobs';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { updateGlobalSettings } from '../../../engine/src/operations/backup/update-global-settings';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { deleteRole } from '../../../engine/src/operations/iam/delete-role';
import { CMK, ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const FILES = resource('efs', 'fs-1');
const CENTRAL = { ...ENV, account: '999988887777' };

function staged(more: Estate = {}): WorldState {
  return world('2027-01-01', { vaults: [vault('main')], resources: [FILES], ...more });
}

function started(one: StatefulResource, more: Estate = {}): WorldState {
  const state = staged({ resources: [one], ...more });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: one.arn, IamRoleArn: ROLE });
  return state;
}

/** Message and category of the first job. */
function said(state: WorldState): [string | undefined, string | undefined] {
  const [job] = listBackupJobs(state, ENV, {}).BackupJobs ?? [];
  return [job?.StatusMessage, job?.MessageCategory];
}

/** A copy into another account. */
function copied(one: StatefulResource, keyArn: string | undefined, before?: (state: WorldState) => void) {
  const rules = [rule('r', { copyActions: [{ destinationBackupVaultArn: vaultArn('central', CENTRAL) }] })];
  const key = keyArn === undefined ? {} : { encryptionKeyArn: keyArn };
  const vaults = [vault('main'), { backupVaultName: 'central', env: CENTRAL, ...key }];
  const state = staged({ vaults, resources: [one], plans: [plan('p', rules)] });
  before?.(state);
  const [job] = listCopyJobs(until(state, '2027-01-02'), ENV, {}).CopyJobs ?? [];
  return [job?.StatusMessage, job?.MessageCategory];
}

test('a job that is over has a category, one that is not has none (B4.1/9)', () => {
  const state = started(FILES);
  expect(said(state)).toEqual([undefined, undefined]);
  expect(said(until(state, '2027-01-02'))).toEqual([undefined, 'SUCCESS']);
});

test('a job that completed with issues is COMPLETED with a message and another category than SUCCESS (B4.1/9, B5.3/2)', () => {
  const bucket = resource('s3', 'docs');
  const continuous = { enableContinuousBackup: true, lifecycle: { deleteAfterDays: 7 } };
  const state = staged({
    vaults: [vault('main'), vault('other')],
    resources: [bucket],
    plans: [
      plan('first', [rule('r', continuous)]),
      plan('second', [
        rule('r', { ...continuous, targetBackupVaultName: 'other', scheduleExpression: 'cron(0 7 ? * * *)' }),
      ]),
    ],
  });
  until(state, '2027-01-02');
  const [second] = listBackupJobs(state, ENV, {}).BackupJobs ?? [];
  const holder = state.ledger.plans.list().find((one) => one.declaration.backupPlanName === 'first');
  expect(second).toMatchObject({
    State: 'COMPLETED',
    StatusMessage: `Enabling continuous backup failed, because of the following error: PITR already configured in backup plan: [${holder?.arn}]`,
    MessageCategory: 'MISCELLANEOUS',
  });
});

test('a role that cannot be assumed is a matter of access (B4.6/3)', () => {
  const state = staged();
  createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: '{"Statement":[]}' });
  deleteRole(state, ENV, { RoleName: 'backup' });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: FILES.arn, IamRoleArn: ROLE });
  expect(said(state)).toEqual(['IAM Role cannot be assumed by AWS Backup', 'AccessDenied']);
});

test('so are keys that another account cannot use (B4.6/3)', () => {
  const disk = resource('ebs', 'vol-1', { encryptedWith: `arn:aws:kms:${ENV.region}:${ENV.account}:alias/aws/ebs` });
  expect(copied(disk, CMK)).toEqual(["Snapshots encrypted with the AWS managed key can't be shared.", 'AccessDenied']);
  expect(copied(FILES, undefined)).toEqual([
    'Copy job failed. The destination Backup vault is encrypted with the default Backup service managed key.',
    'AccessDenied',
  ]);
  expect(categoryOf(reasons.COPY_NO_ORGANIZATION)).toBe('AccessDenied');
});

test('copies into other accounts fail while the organization has them turned off (B4.6/5)', () => {
  const off = (state: WorldState) => {
    updateGlobalSettings(state, ENV, { GlobalSettings: { isCrossAccountBackupEnabled: 'false' } });
  };
  expect(copied(FILES, CMK, off)).toEqual([
    'Copy job failed. Cross-account copy feature is not enabled for the current organization.',
    'FeatureNotEnabled',
  ]);
});

test('more than 50 tags are a matter of limits (B4.6/2)', () => {
  const tags = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`key-${i}`, 'x']));
  expect(said(started(resource('efs', 'fs-2', { tags })))).toEqual([
    'The resultant tag set must not have more than 50 user tags.',
    'LimitExceeded',
  ]);
});

test('a running job of the resource is a conflict (B4.6/4)', () => {
  const big = resource('efs', 'fs-2', { sizeGiB: 5000 });
  const state = started(big);
  const input = { BackupVaultName: 'main', ResourceArn: big.arn, IamRoleArn: ROLE };
  startBackupJob(state, ENV, { ...input, StartWindowMinutes: 60, IdempotencyToken: 'second' });
  until(state, '2027-01-01T02:00Z');
  const [job] = listBackupJobs(state, ENV, { ByState: 'EXPIRED' }).BackupJobs ?? [];
  expect([job?.StatusMessage, job?.MessageCategory]).toEqual([
    'Backup job failed because there was a running job for the same resource.',
    'Conflict',
  ]);
});

test('a retention outside the lock is a parameter that does not fit (B4.6/6)', () => {
  const locked = { vaults: [vault('main', { vaultLock: { minRetentionDays: 7 } })] };
  const state = staged(locked);
  const input = { BackupVaultName: 'main', ResourceArn: FILES.arn, IamRoleArn: ROLE };
  startBackupJob(state, ENV, { ...input, Lifecycle: { DeleteAfterDays: 5 } });
  expect(said(state)[1]).toBe('InvalidParameters');
});

test('windows, states and what is gone have categories of their own (B4.6/7)', () => {
  const categories = (service: string, more: Partial<StatefulResource>) =>
    said(started(resource(service, 'x', more)))[1];
  expect(categories('rds', { preferredMaintenanceWindow: 'fri:00:00-fri:00:30' })).toBe('MaintenanceWindow');
  expect(categories('rds', { state: 'stopped' })).toBe('InvalidState');
  expect(categories('ebs', { state: 'deleted' })).toBe('NotFound');
  expect(categoryOf(reasons.KEY_GONE)).toBe('KmsKey');
  expect(categoryOf(reasons.COPY_REGION_UNSUPPORTED)).toBe('NotSupported');
});

test('lists are filtered by category, in any case of letters; ANY and AGGREGATE_ALL are all (B4.6/6)', () => {
  const state = staged();
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: FILES.arn, IamRoleArn: ROLE });
  const gone = resource('ebs', 'vol-1', { state: 'deleted' });
  state.addResource(gone);
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: gone.arn, IamRoleArn: ROLE });
  until(state, '2027-01-02');
  const count = (ByMessageCategory: string) => listBackupJobs(state, ENV, { ByMessageCategory }).BackupJobs?.length;
  expect(['SUCCESS', 'success', 'NotFound', 'NOTFOUND', 'KmsKey', 'ANY', 'AGGREGATE_ALL', '*'].map(count)).toEqual([
    1, 1, 1, 1, 0, 2, 2, 2,
  ]);
});

test('copies are filtered by category as well (B4.6/5)', () => {
  const rules = [
    rule('r', {
      copyActions: ['other', 'nowhere'].map((name) => ({ destinationBackupVaultArn: vaultArn(name) })),
    }),
  ];
  const state = staged({ vaults: [vault('main'), vault('other')], plans: [plan('p', rules)] });
  until(state, '2027-01-02');
  const states = (ByMessageCategory: string) =>
    listCopyJobs(state, ENV, { ByMessageCategory }).CopyJobs?.map((job) => job.State);
  expect(states('SUCCESS')).toEqual(['COMPLETED']);
  expect(states('NotFound')).toEqual(['FAILED']);
  expect(states('ANY')).toHaveLength(2);
});

test('PercentDone is an estimate as text, beside the bytes so far and when the job should be done (B4.1/6)', () => {
  // 80 GiB take 2 + 8 minutes.
  const state = started(resource('efs', 'fs-2', { sizeGiB: 80 }));
  const job = () => {
    const [one] = listBackupJobs(state, ENV, {}).BackupJobs ?? [];
    return describeBackupJob(state, ENV, { BackupJobId: one?.BackupJobId });
  };
  expect(job()).toMatchObject({ State: 'PENDING', PercentDone: '0.0', BytesTransferred: 0 });
  until(state, '2027-01-01T00:05Z');
  expect(job()).toMatchObject({
    State: 'RUNNING',
    PercentDone: '50.0',
    BytesTransferred: 40 * 2 ** 30,
    BackupSizeInBytes: 80 * 2 ** 30,
    ExpectedCompletionDate: new Date('2027-01-01T00:10:00Z'),
  });
  until(state, '2027-01-01T00:11Z');
  expect(job()).toMatchObject({ State: 'COMPLETED', PercentDone: '100.0', BytesTransferred: 80 * 2 ** 30 });
  expect(job().ExpectedCompletionDate).toBeUndefined();
});

test('RDS reports no bytes, what is managed fully the size of its point (B4.1/7)', () => {
  const sizes = (service: string) => {
    const one = resource(service, 'one', { sizeGiB: 80 });
    const state = until(started(one), '2027-01-02');
    const [job] = listBackupJobs(state, ENV, {}).BackupJobs ?? [];
    return [job?.BackupSizeInBytes, job?.BytesTransferred, state.pointsOf(one.arn)[0]?.sizeBytes];
  };
  expect(sizes('rds')).toEqual([0, 0, 80 * 2 ** 30]);
  expect(sizes('efs')).toEqual([80 * 2 ** 30, 80 * 2 ** 30, 80 * 2 ** 30]);
});
