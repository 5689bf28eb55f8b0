// Copies of stacks with their members: those that fail, those that are left out, and what the parent becomes.
import type { StatefulResource } from '@holdfast/model';
import type { Fault } from '../../../engine/src/domain/fault';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { deleteBackupVault } from '../../../engine/src/operations/backup/delete-backup-vault';
import { updateRecoveryPointLifecycle } from '../../../engine/src/operations/backup/update-recovery-point-lifecycle';
import { describeBackupVault } from '../../../engine/src/operations/backup/describe-backup-vault';
import { describeCopyJob } from '../../../engine/src/operations/backup/describe-copy-job';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { listCopyJobs } from '../../../engine/src/operations/backup/list-copy-jobs';
import { listRecoveryPointsByBackupVault } from '../../../engine/src/operations/backup/list-recovery-points-by-backup-vault';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { inject } from '../scenarios/fault-stage';
import { events, heard } from '../scenarios/listeners';
import { ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const TABLE = resource('dynamodb-advanced', 'orders');
const FILES = resource('efs', 'files');
const SHOP = resource('cloudformation', 'shop', { members: { Orders: TABLE.arn, Files: FILES.arn }, sizeGiB: 0.01 });
const QUEUE = 'arn:aws:sqs:eu-central-1:111122223333:queue';

function backedUp(of: StatefulResource = SHOP, copied = false, faults: Fault[] = []): WorldState {
  const copyActions = copied ? [{ destinationBackupVaultArn: vaultArn('other') }] : [];
  const selections = [{ selectionName: 'one', iamRoleArn: ROLE, resources: [of.arn] }];
  const daily = rule('daily', { scheduleExpression: 'cron(0 5 * * ? *)', copyActions });
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('other'), vault('strict', { vaultLock: { minRetentionDays: 60 } })],
    resources: [of, TABLE, FILES],
    plans: [plan('daily', [daily], { selections })],
  });
  faults.forEach((fault) => inject(state, fault));
  return until(state, '2027-01-01T12:00Z');
}

function points(state: WorldState, BackupVaultName = 'main') {
  const { RecoveryPoints = [] } = listRecoveryPointsByBackupVault(state, ENV, { BackupVaultName });
  return RecoveryPoints.filter(({ Status }) => Status !== 'CREATING');
}

const parentOf = (state: WorldState, name = 'main') => points(state, name).find((point) => point.IsParent);
const copies = (state: WorldState) => listCopyJobs(state, ENV, {}).CopyJobs ?? [];
const parentCopy = (state: WorldState) => copies(state).find((job) => job.IsParent);

function copy(state: WorldState, RecoveryPointArn = parentOf(state)?.RecoveryPointArn, to = 'other'): string {
  const input = { SourceBackupVaultName: 'main', DestinationBackupVaultArn: vaultArn(to), IamRoleArn: ROLE };
  return startCopyJob(state, ENV, { ...input, RecoveryPointArn }).CopyJobId ?? '';
}

const describe_ = (state: WorldState, CopyJobId: string) => describeCopyJob(state, ENV, { CopyJobId }).CopyJob;

describe('a copy of a stack', () => {
  test('is PARTIAL when one child fails, and FAILED without a point when all of them do (B6.2/4)', () => {
    const one = backedUp(SHOP, true, [{ kind: 'copy-refused', resource: 'orders' }]);
    expect(parentCopy(one)).toMatchObject({ State: 'PARTIAL', ChildJobsInState: { COMPLETED: 2, FAILED: 1 } });
    expect(parentOf(one, 'other')?.Status).toBe('PARTIAL');
    // As big as what came of it.
    expect(parentCopy(one)?.BackupSizeInBytes).toBe(parentOf(one, 'other')?.BackupSizeInBytes);
    expect(points(one, 'other')).toHaveLength(3);
    const children: Fault[] = ['orders', 'files', 'shop'].map((name) => ({ kind: 'copy-refused', resource: name }));
    const all = backedUp(SHOP, false, children.slice(0, 2));
    copy(all);
    until(all, '2027-01-01T14:00Z');
    expect(parentCopy(all)).toMatchObject({ State: 'PARTIAL', ChildJobsInState: { COMPLETED: 1, FAILED: 2 } });
  });

  test('is FAILED when its children end nowhere, and leaves the stack free (B6.2/4, B4.3/1)', () => {
    const state = backedUp();
    const id = copy(state, undefined, 'strict');
    until(state, '2027-01-01T14:00Z');
    expect(describe_(state, id)).toMatchObject({ State: 'FAILED' });
    expect(points(state, 'strict')).toEqual([]);
    until(state, '2027-01-02T12:00Z');
    expect(points(state).filter((point) => point.IsParent)).toHaveLength(2);
  });

  test('is PARTIAL when its source is, though all that is there was copied (B4.5/2, B6.2/4)', () => {
    const partly = { ...SHOP, members: { ...SHOP.members, Queue: QUEUE } };
    const state = backedUp(partly, true);
    expect(parentOf(state)?.Status).toBe('PARTIAL');
    expect(parentCopy(state)).toMatchObject({ State: 'PARTIAL', ChildJobsInState: { COMPLETED: 3 } });
    expect(parentOf(state, 'other')?.Status).toBe('PARTIAL');
  });

  test('names the snapshots of its members as sources, though one of them has a continuous backup of that rule (B4.5/3)', () => {
    const bucket = resource('s3', 'docs');
    const stack = resource('cloudformation', 'files/1', { members: { Docs: bucket.arn } });
    const daily = rule('daily', {
      scheduleExpression: 'cron(0 5 * * ? *)',
      enableContinuousBackup: true,
      copyActions: [{ destinationBackupVaultArn: vaultArn('other') }],
    });
    const vaults = [vault('main'), vault('other')];
    const state = world('2027-01-01', { vaults, resources: [bucket, stack], plans: [plan('daily', [daily])] });
    until(state, '2027-01-02T23:00Z');
    const members = points(state).filter(({ ParentRecoveryPointArn }) => ParentRecoveryPointArn !== undefined);
    const copied = points(state, 'other').filter(({ ParentRecoveryPointArn }) => ParentRecoveryPointArn !== undefined);
    const sources = state
      .pointsOf(bucket.arn)
      .filter((one) => copied.some(({ RecoveryPointArn }) => RecoveryPointArn === one.recoveryPointArn))
      .map(({ copyOf }) => copyOf?.recoveryPointArn);
    expect(sources).toHaveLength(2);
    expect(members.map(({ RecoveryPointArn }) => RecoveryPointArn)).toEqual(expect.arrayContaining(sources));
  });

  test('into a vault that goes meanwhile is FAILED, as all its children are (B6.2/4)', () => {
    const state = backedUp();
    const id = copy(state);
    until(state, '2027-01-01T12:01Z');
    deleteBackupVault(state, ENV, { BackupVaultName: 'other' });
    until(state, '2027-01-01T14:00Z');
    expect(describe_(state, id)).toMatchObject({ State: 'FAILED', StatusMessage: 'Nested jobs failed.' });
    expect(copies(state).map(({ State }) => State)).toEqual(Array(4).fill('FAILED'));
  });

  test('makes a job even for a child that the lock of the vault does not admit (B4.3/5, B6.2/4)', () => {
    const state = backedUp();
    const orders = points(state).find((point) => point.ResourceArn === TABLE.arn)?.RecoveryPointArn;
    updateRecoveryPointLifecycle(state, ENV, {
      BackupVaultName: 'main',
      RecoveryPointArn: orders,
      Lifecycle: { DeleteAfterDays: 100 },
    });
    const id = copy(state, undefined, 'strict');
    until(state, '2027-01-01T14:00Z');
    expect(describe_(state, id)).toMatchObject({
      State: 'PARTIAL',
      NumberOfChildJobs: 3,
      ChildJobsInState: { COMPLETED: 1, FAILED: 2 },
    });
  });

  test('says of each of its points why it is there, and of its source that it is no copy', () => {
    const state = backedUp(SHOP, true);
    const whys = state
      .pointsOf(SHOP.arn)
      .filter((one) => one.backupVaultName === 'other')
      .map(({ why }) => why);
    expect(whys).toHaveLength(2);
    expect(new Set(whys).size).toBe(1);
    expect(parentOf(state)).not.toHaveProperty('SourceBackupVaultArn');
    expect(parentOf(state, 'other')?.SourceBackupVaultArn).toBe(vaultArn('main'));
  });

  test('keeps the stack busy until its last child is over: a backup waits for it (B4.3/1, B6.1/2)', () => {
    const big = resource('efs', 'files', { sizeGiB: 500 });
    const state = backedUp();
    state.addResource(big);
    until(state, '2027-01-02T12:00Z');
    const newest = points(state).filter((point) => point.IsParent);
    newest.sort((a, b) => Number(b.CreationDate) - Number(a.CreationDate));
    const id = copy(state, newest[0]?.RecoveryPointArn);
    until(state, '2027-01-02T12:10Z');
    expect(describe_(state, id)?.State).toBe('RUNNING');
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: SHOP.arn, IamRoleArn: ROLE });
    until(state, '2027-01-02T12:20Z');
    const waiting = listBackupJobs(state, ENV, { ByResourceArn: SHOP.arn }).BackupJobs ?? [];
    expect(waiting[0]?.State).toBe('CREATED');
    until(state, '2027-01-03T04:00Z');
    expect(describe_(state, id)?.State).toBe('COMPLETED');
  });

  test('is told of by its events and counted among the points of its vault', () => {
    const state = backedUp();
    const count = (BackupVaultName: string) =>
      describeBackupVault(state, ENV, { BackupVaultName }).NumberOfRecoveryPoints;
    expect([count('main'), count('other')]).toEqual([4, 0]);
    heard(state, 'points', { source: ['aws.backup'], 'detail-type': ['Recovery Point State Change'] });
    copy(state);
    until(state, '2027-01-01T14:00Z');
    expect([count('main'), count('other')]).toEqual([4, 4]);
    expect(events(state, 'points')).toHaveLength(4);
  });

  test('twice into one vault makes two parents, each over children of its own (B6.2/5)', () => {
    const state = backedUp();
    const first = copy(state);
    until(state, '2027-01-01T14:00Z');
    const second = copy(state);
    until(state, '2027-01-01T16:00Z');
    const arns = [first, second].map((id) => describe_(state, id)?.DestinationRecoveryPointArn);
    expect(new Set(arns).size).toBe(2);
    const children = arns.map((ByParentRecoveryPointArn) =>
      listRecoveryPointsByBackupVault(state, ENV, {
        BackupVaultName: 'other',
        ...(ByParentRecoveryPointArn === undefined ? {} : { ByParentRecoveryPointArn }),
      }).RecoveryPoints?.map((point) => point.RecoveryPointArn),
    );
    expect(children.map((one) => one?.length)).toEqual([3, 3]);
    expect(new Set(children.flat()).size).toBe(6);
  });

  test('whose point is gone while it waits fails, and has no children (B6.1/3)', () => {
    const state = backedUp();
    state.addResource({ ...TABLE, sizeGiB: 500 });
    until(state, '2027-01-02T05:10Z');
    const id = copy(state);
    expect(describe_(state, id)?.State).toBe('CREATED');
    const parent = parentOf(state)?.RecoveryPointArn;
    for (const { RecoveryPointArn } of points(state).filter(
      (point) => point.IsParent !== true && point.ParentRecoveryPointArn === parent,
    )) {
      deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn });
    }
    until(state, '2027-01-03T04:00Z');
    expect(describe_(state, id)).toMatchObject({ State: 'FAILED' });
    expect(describe_(state, id)?.NumberOfChildJobs ?? 0).toBe(0);
  });
});

test('a stack whose copy is over is backed up again the next day, and the day after, each with its own members (B4.5/1)', () => {
  const state = backedUp(SHOP, true);
  until(state, '2027-01-03T12:00Z');
  for (const BackupVaultName of ['main', 'other']) {
    const parents = points(state, BackupVaultName).filter((point) => point.IsParent);
    const members = parents.map(({ RecoveryPointArn = '' }) =>
      listRecoveryPointsByBackupVault(state, ENV, {
        BackupVaultName,
        ByParentRecoveryPointArn: RecoveryPointArn,
      }).RecoveryPoints?.map((point) => point.RecoveryPointArn),
    );
    expect(members.map((one) => one?.length)).toEqual([3, 3, 3]);
    expect(new Set(members.flat()).size).toBe(9);
  }
});

test('a member whose point is deleted before the stack is backed up is missing from it (B4.5/2)', () => {
  const state = backedUp();
  state.addResource({ ...TABLE, sizeGiB: 500 });
  until(state, '2027-01-02T05:10Z');
  const files = points(state).find(
    (point) => point.ResourceArn === FILES.arn && point.CreationDate?.getUTCDate() === 2,
  );
  deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: files?.RecoveryPointArn });
  until(state, '2027-01-02T12:00Z');
  const parent = points(state).find((point) => point.IsParent && point.CreationDate?.getUTCDate() === 2);
  expect(parent?.Status).toBe('PARTIAL');
});
