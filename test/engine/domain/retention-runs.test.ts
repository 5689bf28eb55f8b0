// What is told of points as they age, to those who listen.
import type { BackupRule, StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { updateBackupPlan } from '../../../engine/src/operations/backup/update-backup-plan';
import { ENV, plan, resource, rule, until, vault, world } from '../scenarios/stage';

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
