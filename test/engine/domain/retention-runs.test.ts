// What is told of points as they age, to those who listen.
import type { BackupRule, StatefulResource } from '@holdfast/model';
import { POINT_EXPIRED, POINT_STOPPED } from '../../../engine/src/domain/event-codes';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { disassociateRecoveryPoint } from '../../../engine/src/operations/backup/disassociate-recovery-point';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { updateRecoveryPointLifecycle } from '../../../engine/src/operations/backup/update-recovery-point-lifecycle';
import { updateBackupPlan } from '../../../engine/src/operations/backup/update-backup-plan';
import { inject } from '../scenarios/fault-stage';
import { ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const BUCKET = resource('s3', 'docs');

/** A World, and what it tells of points from now on: day and state. */
function aging(one: StatefulResource, made: Partial<BackupRule>): { state: WorldState; told: string[] } {
  const plans = [plan('p', [rule('r', made)])];
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [one], plans });
  const told: string[] = [];
  state.ledger.observers.add((change) => {
    if (change.kind === 'recovery-point') {
      told.push(`${new Date(state.now).toISOString().slice(0, 10)} ${change.status}`);
    }
  });
  return { state, told };
}

test('a point is told as made, moved to cold storage and deleted (B5.2/2, B14.1/1)', () => {
  const lifecycle = { moveToColdStorageAfterDays: 1, deleteAfterDays: 91 };
  const { state, told } = aging(resource('efs', 'fs-1'), { scheduleExpression: 'cron(0 5 1 1 ? *)', lifecycle });
  until(state, '2027-05-01');
  expect(told).toEqual(['2027-01-01 COMPLETED', '2027-01-02 COLD', '2027-04-02 DELETED']);
});

test('a continuous point that no run renews in time is told as EXPIRED once, and as MODIFIED when one does (B5.3/5)', () => {
  const { state, told } = aging(BUCKET, {
    enableContinuousBackup: true,
    scheduleExpression: 'cron(0 5 ? * FRI *)',
    lifecycle: { deleteAfterDays: 3 },
  });
  until(state, '2027-01-09');
  expect(told).toEqual(['2027-01-01 COMPLETED', '2027-01-04 EXPIRED', '2027-01-08 MODIFIED']);
});

test('a continuous point of S3 whose retention is changed is told as STOPPED by the next run, which makes another (B5.3/4)', () => {
  const scheduleExpression = 'cron(0 5 ? * * *)';
  const lifecycle = { deleteAfterDays: 10 };
  const { state, told } = aging(BUCKET, { enableContinuousBackup: true, scheduleExpression, lifecycle });
  until(state, '2027-01-01T12:00Z');
  const Rules = [
    {
      RuleName: 'r',
      TargetBackupVaultName: 'main',
      ScheduleExpression: scheduleExpression,
      EnableContinuousBackup: true,
      Lifecycle: { DeleteAfterDays: 20 },
    },
  ];
  const BackupPlanId = state.ledger.plans.list()[0]?.id;
  updateBackupPlan(state, ENV, { BackupPlanId, BackupPlan: { BackupPlanName: 'p', Rules } });
  until(state, '2027-01-02T12:00Z');
  expect(told).toEqual(['2027-01-01 COMPLETED', '2027-01-02 STOPPED', '2027-01-02 COMPLETED']);
});

const FILES = resource('efs', 'fs-1');
const DAILY = 'cron(0 5 ? * * *)';

describe('cold storage', () => {
  const lifecycle = { moveToColdStorageAfterDays: 2, deleteAfterDays: 92 };
  const once = { scheduleExpression: 'cron(0 5 1 1 ? *)', lifecycle };
  const change = (state: WorldState, more: object) =>
    updateRecoveryPointLifecycle(state, ENV, {
      BackupVaultName: 'main',
      RecoveryPointArn: state.pointsOf(FILES.arn)[0]?.recoveryPointArn,
      Lifecycle: more,
    });

  test('takes a point once, on the day that was last said (B5.2/4)', () => {
    const { state, told } = aging(FILES, once);
    until(state, '2027-01-02');
    change(state, { MoveToColdStorageAfterDays: 5, DeleteAfterDays: 95 });
    until(state, '2027-01-05');
    expect(told.filter((line) => line.endsWith('COLD'))).toEqual([]);
    until(state, '2027-02-01');
    expect(told.filter((line) => line.endsWith('COLD'))).toEqual(['2027-01-06 COLD']);
    expect(state.ledger.vaults.tryFindByArn(vaultArn('main'))?.cold).toBe(1);
  });

  test('takes none that is gone, though another is in its place (B5.2/3)', () => {
    const { state, told } = aging(FILES, once);
    until(state, '2027-01-01T12:00Z');
    deleteRecoveryPoint(state, ENV, {
      BackupVaultName: 'main',
      RecoveryPointArn: state.pointsOf(FILES.arn)[0]?.recoveryPointArn,
    });
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: FILES.arn, IamRoleArn: ROLE });
    until(state, '2027-02-01');
    expect(told.filter((line) => line.endsWith('COLD'))).toEqual([]);
    expect(state.pointsOf(FILES.arn)).toHaveLength(1);
  });

  test('waits for a Region that is out, and not for another (B5.2/4)', () => {
    const moved = (region: string) => {
      const { state, told } = aging(FILES, once);
      inject(state, { kind: 'region-out', region, from: '2027-01-02T00:00Z', to: '2027-01-10T00:00Z' });
      until(state, '2027-02-01');
      return told.filter((line) => line.endsWith('COLD'));
    };
    expect(moved(ENV.region)).toEqual(['2027-01-10 COLD']);
    expect(moved('us-east-1')).toEqual(['2027-01-03 COLD']);
  });
});

describe('a point that is late', () => {
  const weekly = {
    enableContinuousBackup: true,
    scheduleExpression: 'cron(0 5 ? * FRI *)',
    lifecycle: { deleteAfterDays: 3 },
  };

  test('turns EXPIRED once, and is renewed each week as long as its plan selects it (B5.3/5)', () => {
    const { state, told } = aging(BUCKET, weekly);
    until(state, '2027-01-23');
    expect(told).toEqual([
      '2027-01-01 COMPLETED',
      '2027-01-04 EXPIRED',
      '2027-01-08 MODIFIED',
      '2027-01-11 EXPIRED',
      '2027-01-15 MODIFIED',
      '2027-01-18 EXPIRED',
      '2027-01-22 MODIFIED',
    ]);
  });

  test('is told of by the log with the resource, the vault and the rule (B5.3/5)', () => {
    const { state } = aging(BUCKET, weekly);
    until(state, '2027-01-05');
    const expired = state.events().filter(({ kind, what }) => kind === 'recovery-point' && what === 'EXPIRED');
    expect(expired).toMatchObject([{ resourceArn: BUCKET.arn, ruleName: 'r' }]);
    expect(expired[0]?.backupVaultArn).toContain(':main');
  });

  test('goes at its time when its Region was out then and is back (B5.2/2)', () => {
    const { state, told } = aging(FILES, {
      scheduleExpression: 'cron(0 5 1 1 ? *)',
      lifecycle: { deleteAfterDays: 3 },
    });
    inject(state, { kind: 'region-out', region: ENV.region, from: '2027-01-03T00:00Z', to: '2027-01-09T00:00Z' });
    until(state, '2027-01-10');
    expect(told).toEqual(['2027-01-01 COMPLETED', '2027-01-09 DELETED']);
  });
});

describe('a continuous point that is stopped', () => {
  const daily = { enableContinuousBackup: true, scheduleExpression: DAILY, lifecycle: { deleteAfterDays: 10 } };

  test('stays as it is while the next run makes another, and stopping the old one leaves the new one alone (B5.1/2, B5.3/6)', () => {
    const { state, told } = aging(BUCKET, daily);
    until(state, '2027-01-01T12:00Z');
    const [point] = state.pointsOf(BUCKET.arn);
    disassociateRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn });
    until(state, '2027-01-03T12:00Z');
    expect(told).toEqual(['2027-01-01 COMPLETED', '2027-01-01 STOPPED', '2027-01-02 COMPLETED', '2027-01-03 MODIFIED']);
    const stopped = state.events().filter(({ kind, what }) => kind === 'recovery-point' && what === 'STOPPED');
    expect(stopped).toMatchObject([{ resourceArn: BUCKET.arn, ruleName: 'r' }]);
    until(state, '2027-01-14');
    expect(told.filter((line) => line.endsWith('DELETED'))).toEqual(['2027-01-11 DELETED']);
  });
});

test('the log has the size and the creation of a point that turns EXPIRED or is STOPPED (B5.3/5, B5.1/2)', () => {
  const { state } = aging(BUCKET, {
    enableContinuousBackup: true,
    scheduleExpression: 'cron(0 5 ? * FRI *)',
    lifecycle: { deleteAfterDays: 3 },
  });
  until(state, '2027-01-05');
  const [point] = state.pointsOf(BUCKET.arn);
  disassociateRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn });
  const { log } = state.ledger;
  const kept = Array.from({ length: log.keptCount }, (_, row) => log.event(row));
  for (const code of [POINT_EXPIRED, POINT_STOPPED]) {
    expect(kept.filter((event) => event.code === code)).toMatchObject([
      { amount: point?.sizeBytes, until: point?.createdAt },
    ]);
  }
});

test('a point that is late twice stays as long as its plan selects it, and is told as EXPIRED once (B5.3/5)', () => {
  const { state, told } = aging(BUCKET, {
    enableContinuousBackup: true,
    scheduleExpression: 'cron(0 5 ? * FRI *)',
    lifecycle: { deleteAfterDays: 3 },
  });
  inject(state, { kind: 'job-fails', jobs: 'backup', from: '2027-01-08', to: '2027-01-09' });
  until(state, '2027-01-16');
  expect(told).toEqual(['2027-01-01 COMPLETED', '2027-01-04 EXPIRED', '2027-01-15 MODIFIED']);
});

test('a point that is gone does not turn cold (B5.2/3)', () => {
  const lifecycle = { moveToColdStorageAfterDays: 2, deleteAfterDays: 92 };
  const { state, told } = aging(FILES, { scheduleExpression: 'cron(0 5 1 1 ? 2027)', lifecycle });
  until(state, '2027-01-01T12:00Z');
  const [point] = state.pointsOf(FILES.arn);
  deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn });
  until(state, '2027-02-01');
  expect(told).toEqual(['2027-01-01 COMPLETED', '2027-01-01 DELETED']);
  expect(state.summary().recoveryPoints).toMatchObject({ liveCold: 0, liveWarm: 0 });
});

test.each([1, 2, 3, 4, 5, 6])(
  'with seed %d a parent goes with the last of its members, not before (B4.5/4)',
  (seed) => {
    const table = resource('dynamodb-advanced', 'orders');
    const shop = resource('cloudformation', 'shop', {
      members: { Orders: table.arn, Files: FILES.arn },
      sizeGiB: 0.01,
    });
    const once = rule('once', { scheduleExpression: 'cron(0 5 1 1 ? 2027)', lifecycle: { deleteAfterDays: 3 } });
    const selections = [{ selectionName: 's', iamRoleArn: ROLE, resources: [shop.arn] }];
    const estate = {
      vaults: [vault('main')],
      resources: [shop, table, FILES],
      plans: [plan('p', [once], { selections })],
    };
    const state = until(world('2027-01-01', estate, seed), '2027-01-02');
    const gone: boolean[] = [];
    state.ledger.observers.add((change) => {
      if (change.kind === 'recovery-point' && change.status === 'DELETED') {
        gone.push(state.ledger.composites.isParent(change.row));
      }
    });
    until(state, '2027-01-10');
    expect(gone).toEqual([false, false, false, true]);
  },
);
