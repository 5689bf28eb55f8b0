// What a caller sees of a backup job that has begun, and of the point that it makes, before both are complete.
import { RUNNING } from '../../../engine/src/domain/event-codes';
import { shownState } from '../../../engine/src/domain/job-stages';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { describeBackupJob } from '../../../engine/src/operations/backup/describe-backup-job';
import { describeRecoveryPoint } from '../../../engine/src/operations/backup/describe-recovery-point';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { listRecoveryPointsByBackupVault } from '../../../engine/src/operations/backup/list-recovery-points-by-backup-vault';
import { listRecoveryPointsByResource } from '../../../engine/src/operations/backup/list-recovery-points-by-resource';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { stopBackupJob } from '../../../engine/src/operations/backup/stop-backup-job';
import { events, heard } from '../scenarios/listeners';
import { CMK, ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const FILES = resource('efs', 'fs-1', { sizeGiB: 100 });
const OTHERS = resource('efs', 'fs-2', { sizeGiB: 100 });
const DAILY = 'cron(0 5 * * ? *)';

function started() {
  const state = world('2027-01-01', { vaults: [vault('main'), vault('other')], resources: [FILES, OTHERS] });
  heard(state, 'all', { 'detail-type': ['Backup Job State Change'] });
  const start = (ResourceArn: string) =>
    startBackupJob(state, ENV, {
      ...{ BackupVaultName: 'main', ResourceArn, IamRoleArn: ROLE, Lifecycle: { DeleteAfterDays: 9 } },
    }).BackupJobId!;
  return { state, BackupJobId: start(FILES.arn), start };
}

test('a job is PENDING for 15 seconds, then RUNNING, and events come at both (B4.1, B14.1)', () => {
  const { state, BackupJobId } = started();
  const shown = () => describeBackupJob(state, ENV, { BackupJobId }).State;
  const told = () => events(state, 'all').map(({ detail, time }) => [detail['state'], time]);
  expect(shown()).toBe('PENDING');
  expect(listBackupJobs(state, ENV, { ByState: 'PENDING' }).BackupJobs).toHaveLength(1);
  until(state, '2027-01-01T00:00:14.999Z');
  expect(shown()).toBe('PENDING');
  expect(told().map(([word]) => word)).toEqual(['CREATED', 'PENDING']);
  until(state, '2027-01-01T00:00:15.001Z');
  expect(shown()).toBe('RUNNING');
  expect(listBackupJobs(state, ENV, { ByState: 'RUNNING' }).BackupJobs).toHaveLength(1);
  expect(told().at(-1)).toEqual(['RUNNING', '2027-01-01T00:00:15Z']);
  until(state, '2027-01-02');
  expect(told().map(([word]) => word)).toEqual(['CREATED', 'PENDING', 'RUNNING', 'COMPLETED']);
});

test('a stack is RUNNING at once, its members are PENDING, and so is what it has of its own (B4.1, B4.5)', () => {
  const stack = resource('cloudformation', 'shop', { members: { Files: FILES.arn, Others: OTHERS.arn } });
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [stack, FILES, OTHERS] });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: stack.arn, IamRoleArn: ROLE });
  const shown = () =>
    (listBackupJobs(state, ENV, {}).BackupJobs ?? []).map(({ IsParent, State }) => `${State} ${IsParent}`).sort();
  expect(shown()).toEqual(['PENDING false', 'PENDING false', 'PENDING false', 'RUNNING true']);
  until(state, '2027-01-01T00:00:15Z');
  expect(shown()).toEqual(['RUNNING false', 'RUNNING false', 'RUNNING false', 'RUNNING true']);
});

test('a copy is never PENDING', () => {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('other') }];
  const rules = [rule('daily', { scheduleExpression: DAILY, copyActions })];
  const vaults = [vault('main'), vault('other')];
  const state = world('2027-01-01', { vaults, resources: [FILES], plans: [plan('p', rules)] });
  const [row = -1] = until(state, '2027-01-01T05:12:00.001Z').ledger.jobs.rows((one) => !state.ledger.jobs.isOver(one));
  expect(shownState(state.ledger, row)).toBe(RUNNING);
});

test('one that is stopped while it is PENDING is never RUNNING, and is ABORTED after a minute', () => {
  const { state, BackupJobId } = started();
  until(state, '2027-01-01T00:00:05Z');
  stopBackupJob(state, ENV, { BackupJobId });
  const shown = () => describeBackupJob(state, ENV, { BackupJobId }).State;
  // At once, though its 15 seconds are not over.
  expect(shown()).toBe('ABORTING');
  until(state, '2027-01-01T00:01:04Z');
  expect(shown()).toBe('ABORTING');
  until(state, '2027-01-02');
  expect(events(state, 'all').map(({ detail }) => detail['state'])).toEqual(['CREATED', 'PENDING', 'ABORTED']);
});

test('who listens changes nothing of the run', () => {
  const run = (listens: boolean) => {
    const rules = [rule('daily', { scheduleExpression: DAILY })];
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [FILES], plans: [plan('p', rules)] });
    if (listens) {
      state.ledger.observers.add(() => {});
    }
    return until(state, '2027-01-09');
  };
  const [one, other] = [run(true), run(false)];
  expect(one.digest()).toBe(other.digest());
  expect(one.steps).toBeGreaterThan(other.steps);
});

test('its point is CREATING under the ARN that it will have, is listed, and cannot be deleted (B5.1, B5.1/3)', () => {
  const { state, BackupJobId, start } = started();
  const { RecoveryPointArn } = describeBackupJob(state, ENV, { BackupJobId });
  const describe_ = () => describeRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn });
  const list = (more: object = {}) => listRecoveryPointsByBackupVault(state, ENV, { BackupVaultName: 'main', ...more });
  expect(describe_()).toMatchObject({
    RecoveryPointArn,
    Status: 'CREATING',
    StorageClass: 'WARM',
    ResourceArn: FILES.arn,
    EncryptionKeyArn: CMK,
    Lifecycle: { DeleteAfterDays: 9 },
    CalculatedLifecycle: { DeleteAt: new Date('2027-01-10T00:00:00Z') },
  });
  expect(() => deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn })).toThrow(
    'Recovery point cannot be deleted because it is being created.',
  );
  expect(state.pointsOf(FILES.arn)).toEqual([]);
  until(state, '2027-01-01T01:00:00Z');
  expect(describe_()).toMatchObject({ RecoveryPointArn, Status: 'COMPLETED' });
  start(OTHERS.arn);
  start(FILES.arn);
  const states = ({ RecoveryPoints = [] }: { RecoveryPoints?: { Status?: string }[] }) =>
    RecoveryPoints.map(({ Status }) => Status);
  expect(states(list())).toEqual(['CREATING', 'CREATING', 'COMPLETED']);
  expect(states(list({ ByResourceArn: OTHERS.arn }))).toEqual(['CREATING']);
  expect(states(list({ ByCreatedBefore: new Date('2027-01-01T00:30:00Z') }))).toEqual(['COMPLETED']);
  expect(listRecoveryPointsByBackupVault(state, ENV, { BackupVaultName: 'other' }).RecoveryPoints).toEqual([]);
  const byResource = listRecoveryPointsByResource(state, ENV, { ResourceArn: FILES.arn });
  expect(states(byResource)).toEqual(['CREATING', 'COMPLETED']);
  const [first, second] = list({ ByResourceArn: FILES.arn }).RecoveryPoints ?? [];
  expect(byResource.RecoveryPoints).toMatchObject(
    [first, second].map((one) => ({ RecoveryPointArn: one?.RecoveryPointArn })),
  );
  const elsewhere = { ...ENV, region: 'us-east-1' };
  expect(listRecoveryPointsByResource(state, elsewhere, { ResourceArn: FILES.arn }).RecoveryPoints).toEqual([]);
  const page = listRecoveryPointsByResource(state, ENV, { ResourceArn: FILES.arn, MaxResults: 1 });
  expect(states(page)).toEqual(['CREATING']);
  const rest = { ResourceArn: FILES.arn, MaxResults: 1, NextToken: page.NextToken };
  expect(listRecoveryPointsByResource(state, ENV, rest)).toMatchObject({ RecoveryPoints: [{ Status: 'COMPLETED' }] });
  const pages = [];
  for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
    const page = list({ MaxResults: 1, ...(token !== undefined && { NextToken: token }) });
    pages.push(...(page.RecoveryPoints ?? []).map((one) => one.ResourceArn));
    token = page.NextToken;
  }
  expect(pages).toEqual([FILES.arn, OTHERS.arn, FILES.arn]);
});

test('a job that comes to nothing leaves no point (B4.1/10)', () => {
  const { state, BackupJobId } = started();
  const { RecoveryPointArn } = describeBackupJob(state, ENV, { BackupJobId });
  stopBackupJob(state, ENV, { BackupJobId });
  const missing = () => describeRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn });
  expect(missing).toThrow('Cannot find recovery point');
  until(state, '2027-01-02');
  expect(missing).toThrow('Cannot find recovery point');
});

test('a run that renews a continuous point creates none', () => {
  const bucket = resource('s3', 'docs', { sizeGiB: 100 });
  const rules = [rule('daily', { scheduleExpression: DAILY, enableContinuousBackup: true })];
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [bucket], plans: [plan('p', rules)] });
  until(state, '2027-01-02T05:00:00.001Z');
  expect(listBackupJobs(state, ENV, { ByState: 'PENDING' }).BackupJobs).toHaveLength(1);
  const { RecoveryPoints = [] } = listRecoveryPointsByBackupVault(state, ENV, { BackupVaultName: 'main' });
  expect(RecoveryPoints.map(({ Status }) => Status)).toEqual(['COMPLETED']);
  const [row = -1] = state.ledger.jobs.rows((one) => !state.ledger.jobs.isOver(one));
  expect(shownState(state.ledger, row)).toBe(1);
});
