// Several restore testing plans side by side: in which order they and their selections stand and run.
import { createRestoreTestingPlan } from '../../../engine/src/operations/backup/create-restore-testing-plan';
import { createRestoreTestingSelection } from '../../../engine/src/operations/backup/create-restore-testing-selection';
import { deleteRestoreTestingPlan } from '../../../engine/src/operations/backup/delete-restore-testing-plan';
import { deleteRestoreTestingSelection } from '../../../engine/src/operations/backup/delete-restore-testing-selection';
import { listRestoreTestingPlans } from '../../../engine/src/operations/backup/list-restore-testing-plans';
import { listRestoreTestingSelections } from '../../../engine/src/operations/backup/list-restore-testing-selections';
import { putRestoreValidationResult } from '../../../engine/src/operations/backup/put-restore-validation-result';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { updateRestoreTestingPlan } from '../../../engine/src/operations/backup/update-restore-testing-plan';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { inject } from '../scenarios/fault-stage';
import { backedUp, days, jobs, START, tested, testingPlan, testingSelection } from '../scenarios/restore-testing-stage';
import { ENV, HOUR, resource, ROLE, until, vault, vaultArn, world } from '../scenarios/stage';

const ORDERS = resource('dynamodb-advanced', 'orders');
const CARTS = resource('dynamodb-advanced', 'carts');
const IRELAND = { ...ENV, region: 'eu-west-1' };
const OTHER = { ...ENV, account: '444455556666' };
const NAMES = ['c', 'a', 'd', 'b'];

function plan(state: WorldState, RestoreTestingPlanName: string, env = ENV, more: object = {}): string {
  const RestoreTestingPlan = testingPlan({ RestoreTestingPlanName, ...more });
  return createRestoreTestingPlan(state, env, { RestoreTestingPlan }).RestoreTestingPlanArn ?? '';
}

function select(state: WorldState, RestoreTestingPlanName: string, name: string, more: object = {}): void {
  const RestoreTestingSelection = testingSelection({ RestoreTestingSelectionName: name, ...more });
  createRestoreTestingSelection(state, ENV, { RestoreTestingPlanName, RestoreTestingSelection });
}

describe('plans', () => {
  const listed = (state: WorldState, env = ENV) =>
    listRestoreTestingPlans(state, env, {}).RestoreTestingPlans?.map((one) => one.RestoreTestingPlanName);

  test('are listed by name, those of an account and Region alone', () => {
    const state = world(START, {});
    NAMES.forEach((name) => plan(state, name));
    plan(state, 'x', IRELAND);
    plan(state, 'y', OTHER);
    expect([listed(state), listed(state, IRELAND), listed(state, OTHER)]).toEqual([['a', 'b', 'c', 'd'], ['x'], ['y']]);
    expect(listed(state, { ...OTHER, region: 'eu-west-1' })).toEqual([]);
  });

  test('have an ARN that follows from place and name, and another when they are made again', () => {
    const made = () => {
      const state = world(START, {});
      const first = plan(state, 'a');
      const others = [plan(state, 'b'), plan(state, 'a', IRELAND), plan(state, 'a', OTHER)];
      const ids = [first, ...others].map((arn) => arn.slice(-36));
      for (let n = 0; n < 2; n++) {
        deleteRestoreTestingPlan(state, ENV, { RestoreTestingPlanName: 'a' });
        ids.push(plan(state, 'a').slice(-36));
      }
      return ids;
    };
    expect(new Set(made()).size).toBe(6);
    expect(made()).toEqual(made());
    const alone = plan(world('2028-01-01', {}, 9), 'a');
    expect(alone.slice(-36)).toBe(made()[0]);
  });

  test('of a World are found everywhere by ARN, which is the order in which they run', () => {
    const state = backedUp([ORDERS]);
    NAMES.forEach((name) => plan(state, name));
    NAMES.forEach((name) => select(state, name, 's'));
    const arns = state.restoreTests.plans.everywhere().map(({ arn }) => arn);
    expect(arns).toEqual([...arns].sort());
    until(state, '2027-01-01T12:30Z');
    const ran = state.events().filter(({ kind, what }) => kind === 'restore-test' && what === 'plan ran');
    expect(ran).toHaveLength(4);
    const order = jobs(state).map((job) => job.CreatedBy?.RestoreTestingPlanArn);
    expect(order).toEqual(arns);
  });

  test('run at their instant of creation, and once when they are changed before or after their run', () => {
    const noon = { ScheduleExpression: 'cron(0 12 ? * * *)' };
    const state = until(backedUp([ORDERS]), '2027-01-01T12:00:00Z');
    tested(state, noon);
    until(state, '2027-01-01T13:00Z');
    expect(jobs(state)).toHaveLength(1);
    const again = () =>
      updateRestoreTestingPlan(state, ENV, { RestoreTestingPlanName: 'drill', RestoreTestingPlan: noon });
    until(state, '2027-01-02T12:00:00Z');
    again();
    again();
    until(state, '2027-01-02T14:00Z');
    expect(days(state)).toEqual(['01-01', '01-02']);
  });

  test('do not run again when they are changed at the very instant of their run', () => {
    const state = backedUp([ORDERS]);
    tested(state);
    until(state, '2027-01-01T12:00:00Z');
    state.runUntil(state.now + 1);
    expect(jobs(state)).toHaveLength(1);
    const RestoreTestingPlan = { ScheduleExpression: 'cron(0 12 ? * * *)', StartWindowHours: 2 };
    updateRestoreTestingPlan(state, ENV, { RestoreTestingPlanName: 'drill', RestoreTestingPlan });
    until(state, '2027-01-01T20:00Z');
    expect(jobs(state)).toHaveLength(1);
    until(state, '2027-01-02T20:00Z');
    expect(jobs(state)).toHaveLength(2);
  });
});

describe('selections', () => {
  test('are listed by name, and the first that has a resource restores it (B9.3/3)', () => {
    const state = backedUp([ORDERS, CARTS]);
    plan(state, 'drill');
    NAMES.forEach((name) => select(state, 'drill', name, { ValidationWindowHours: name === 'a' ? 100 : 1 }));
    const input = { RestoreTestingPlanName: 'drill' };
    const names = () =>
      listRestoreTestingSelections(state, ENV, input).RestoreTestingSelections?.map(
        (one) => one.RestoreTestingSelectionName,
      );
    expect(names()).toEqual(['a', 'b', 'c', 'd']);
    until(state, '2027-01-01T16:00Z');
    expect(jobs(state).map(({ ValidationStatus }) => ValidationStatus)).toEqual(['VALIDATING', 'VALIDATING']);
    deleteRestoreTestingSelection(state, ENV, { ...input, RestoreTestingSelectionName: 'b' });
    expect(names()).toEqual(['a', 'c', 'd']);
  });

  test('make their jobs by the ARN of the resource, whichever was backed up first (B9.3/3)', () => {
    const names = ['t3', 't1', 't2', 't0'];
    const tables = names.map((name) => resource('dynamodb-advanced', name));
    const state = world(START, { vaults: [vault('main')], resources: tables });
    for (const { arn } of tables) {
      startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: arn, IamRoleArn: ROLE });
      state.runUntil(state.now + HOUR);
    }
    tested(state);
    until(state, '2027-01-01T12:30Z');
    const order = jobs(state).map(({ SourceResourceArn }) => SourceResourceArn?.split('/').at(-1));
    expect(order).toEqual([...names].sort());
  });

  test('restore nothing of a resource whose points are all gone (B9.3/3)', () => {
    const state = until(backedUp([ORDERS, CARTS]), '2027-01-01T08:00Z');
    deleteRecoveryPoint(state, ENV, {
      BackupVaultName: 'main',
      RecoveryPointArn: state.pointsOf(ORDERS.arn)[0]?.recoveryPointArn,
    });
    tested(state);
    until(state, '2027-01-01T13:00Z');
    expect(jobs(state).map(({ SourceResourceArn }) => SourceResourceArn)).toEqual([CARTS.arn]);
  });

  test('whose restores are refused take no place from those of the next day (B9.3/4)', () => {
    const systems = Array.from({ length: 60 }, (_, n) => resource('efs', `fs-${n}`));
    const state = backedUp(systems);
    tested(state, {}, { ProtectedResourceType: 'EFS' });
    const fault = inject(state, { kind: 'role-unassumable', role: ROLE, from: '2027-01-01T11:00Z' });
    until(state, '2027-01-01T18:00Z');
    expect(new Set(jobs(state).map(({ Status }) => Status))).toEqual(new Set(['FAILED']));
    state.faults.clear(fault);
    until(state, '2027-01-02T18:00Z');
    expect(jobs(state).filter(({ Status }) => Status === 'COMPLETED')).toHaveLength(60);
  });

  test('take the latest of the points of several vaults, and none of another Region (B9.1/2, B9.3/1)', () => {
    const state = world(START, {
      vaults: [vault('zz'), vault('aa'), vault('far', { env: IRELAND })],
      resources: [ORDERS],
    });
    const back = (BackupVaultName: string, at: string) => {
      until(state, at);
      startBackupJob(state, ENV, { BackupVaultName, ResourceArn: ORDERS.arn, IamRoleArn: ROLE });
    };
    back('zz', '2027-01-01T01:00Z');
    back('aa', '2027-01-01T02:00Z');
    back('zz', '2027-01-01T03:00Z');
    until(state, '2027-01-01T04:00Z');
    startCopyJob(state, ENV, {
      SourceBackupVaultName: 'zz',
      DestinationBackupVaultArn: vaultArn('far', IRELAND),
      RecoveryPointArn: state.pointsOf(ORDERS.arn).at(-1)?.recoveryPointArn,
      IamRoleArn: ROLE,
    });
    until(state, '2027-01-01T05:00Z');
    expect(state.pointsOf(ORDERS.arn).filter(({ backupVaultName }) => backupVaultName === 'far')).toHaveLength(1);
    const [first, newest] = ['aa', 'zz'].map((name) =>
      state
        .pointsOf(ORDERS.arn)
        .filter(({ backupVaultName }) => backupVaultName === name)
        .at(-1),
    );
    expect(first?.createdAt).toBeLessThan(newest?.createdAt ?? 0);
    tested(state);
    until(state, '2027-01-01T13:00Z');
    expect(jobs(state).map(({ BackupVaultArn }) => BackupVaultArn)).toEqual([vaultArn('zz')]);
    expect(jobs(state)[0]?.RecoveryPointArn).toBe(newest?.recoveryPointArn);
  });

  test('without ARNs are for every resource of the type that fits (B9.2/2)', () => {
    const state = backedUp([ORDERS, CARTS]);
    const conditions = { StringEquals: [{ Key: 'aws:ResourceTag/tier', Value: 'gold' }] };
    tested(state, {}, { ProtectedResourceArns: undefined, ProtectedResourceConditions: conditions });
    until(state, '2027-01-01T04:00Z');
    state.addResource({ ...CARTS, tags: { tier: 'gold' } });
    until(state, '2027-01-01T13:00Z');
    expect(jobs(state).map(({ SourceResourceArn }) => SourceResourceArn)).toEqual([CARTS.arn]);
  });
});

describe('what was restored', () => {
  test('and that somebody deleted before is gone too, without a complaint (B9.3/6)', () => {
    const state = backedUp([ORDERS]);
    tested(state);
    until(state, '2027-01-01T13:30Z');
    const made = state.ledger.resources.list().find(({ arn }) => arn !== ORDERS.arn);
    if (made !== undefined) {
      state.removeResource(made);
    }
    until(state, '2027-01-01T20:00Z');
    expect(jobs(state)).toMatchObject([{ DeletionStatus: 'SUCCESSFUL' }]);
    expect(state.resources.map(({ arn }) => arn)).toEqual([ORDERS.arn]);
  });

  test('and has no tags at all is not deleted either (B9.3/6)', () => {
    const state = backedUp([ORDERS]);
    tested(state);
    until(state, '2027-01-01T13:30Z');
    const [, made] = state.resources;
    const { tags: _tags, ...bare } = made ?? ORDERS;
    state.addResource(bare);
    until(state, '2027-01-01T20:00Z');
    expect(jobs(state)).toMatchObject([{ DeletionStatus: 'FAILED' }]);
  });

  test('is told of by the log, from the result to the cleaning', () => {
    const state = backedUp([ORDERS]);
    tested(state);
    until(state, '2027-01-01T13:30Z');
    const RestoreJobId = jobs(state)[0]?.RestoreJobId;
    putRestoreValidationResult(state, ENV, { RestoreJobId, ValidationStatus: 'FAILED' });
    until(state, '2027-01-02T04:00Z');
    const told = state.events().filter(({ kind }) => kind === 'restore-test');
    expect(told.map(({ what }) => what)).toEqual(['plan created', 'selection put', 'plan ran', 'FAILED', 'cleaned up']);
    expect(told.at(-1)).toMatchObject({ resourceArn: ORDERS.arn, backupVaultArn: vaultArn('main') });
  });

  test('goes only when its own time has come, though its job once had other plans', () => {
    const state = backedUp([ORDERS]);
    tested(state, {}, { ValidationWindowHours: 3 });
    until(state, '2027-01-01T13:30Z');
    const job = jobs(state)[0];
    putRestoreValidationResult(state, ENV, { RestoreJobId: job?.RestoreJobId, ValidationStatus: 'SUCCESSFUL' });
    until(state, '2027-01-01T13:40Z');
    expect(jobs(state)[0]).toMatchObject({ ValidationStatus: 'SUCCESSFUL', DeletionStatus: 'SUCCESSFUL' });
    until(state, '2027-01-01T20:00Z');
    expect(jobs(state)[0]).toMatchObject({ ValidationStatus: 'SUCCESSFUL', DeletionStatus: 'SUCCESSFUL' });
    expect(state.resources).toHaveLength(1);
  });

  test('of a restore that failed is not validated', () => {
    const state = backedUp([ORDERS]);
    tested(state);
    inject(state, { kind: 'job-fails', jobs: 'restore' });
    until(state, '2027-01-01T20:00Z');
    const [job] = jobs(state);
    expect(job).toMatchObject({ Status: 'FAILED' });
    expect(job).not.toHaveProperty('ValidationStatus');
    expect(job).not.toHaveProperty('DeletionStatus');
  });
});

test('another suffix is drawn for each run, resource and selection', () => {
  const state = backedUp([ORDERS, CARTS]);
  tested(state, {}, { ValidationWindowHours: 0 });
  plan(state, 'other');
  select(state, 'other', 'tables');
  until(state, '2027-01-03T13:30Z');
  const made = jobs(state).map(({ CreatedResourceArn }) => CreatedResourceArn);
  expect(made).toHaveLength(12);
  expect(new Set(made).size).toBe(12);
});
