// The life of a continuous point: its retention changes, runs come too late, its rule goes, its database is slow to begin.
import type { BackupPlan, BackupRule, Estate, StatefulResource } from '@holdfast/model';
import { isContinuous } from '../../../engine/src/domain/continuous';
import { CONTINUOUS_BY_RULE, CONTINUOUS_REFRESHED, SNAPSHOT_BY_RULE } from '../../../engine/src/domain/reasons';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { deleteBackupPlan } from '../../../engine/src/operations/backup/delete-backup-plan';
import { deleteBackupSelection } from '../../../engine/src/operations/backup/delete-backup-selection';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { describeRecoveryPoint } from '../../../engine/src/operations/backup/describe-recovery-point';
import { listBackupSelections } from '../../../engine/src/operations/backup/list-backup-selections';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { updateBackupPlan } from '../../../engine/src/operations/backup/update-backup-plan';
import { inject } from '../scenarios/fault-stage';
import { ENV, plan, resource, ROLE, rule, until, vault, world } from '../scenarios/stage';

const BUCKET = resource('s3', 'docs');
const DATABASE = resource('rds', 'orders');
const CLUSTER = resource('aurora', 'ledger');
const DAILY = 'cron(0 5 ? * * *)';

function continuous(days: number, more: Partial<BackupRule> = {}): BackupRule {
  const lifecycle = { deleteAfterDays: days };
  return rule('r', { enableContinuousBackup: true, scheduleExpression: DAILY, lifecycle, ...more });
}

function ran(one: StatefulResource, rules: BackupRule[], to: string, more: Estate = {}): WorldState {
  const plans: BackupPlan[] = [plan('p', rules)];
  return until(world('2027-01-01', { vaults: [vault('main')], resources: [one], plans, ...more }), to);
}

function planIdOf(state: WorldState, name = 'p'): string | undefined {
  return state.ledger.plans.list().find((one) => one.declaration.backupPlanName === name)?.id;
}

/** The rule of plan p keeps for other days from now on. */
function change(state: WorldState, DeleteAfterDays: number): void {
  const Rules = [
    {
      RuleName: 'r',
      TargetBackupVaultName: 'main',
      ScheduleExpression: DAILY,
      EnableContinuousBackup: true,
      Lifecycle: { DeleteAfterDays },
    },
  ];
  updateBackupPlan(state, ENV, { BackupPlanId: planIdOf(state), BackupPlan: { BackupPlanName: 'p', Rules } });
}

function pointsOf(state: WorldState, { arn }: StatefulResource) {
  return state.pointsOf(arn).map(({ status, deleteAt = NaN, continuous: kept }) => {
    return `${kept ? 'continuous' : 'snapshot'} ${status} until ${new Date(deleteAt).toISOString().slice(0, 16)}`;
  });
}

test('a run that fails for want of its role leaves the point as it is (B5.3/4)', () => {
  const state = ran(BUCKET, [continuous(10)], '2027-01-03T12:00Z');
  inject(state, { kind: 'role-unassumable', role: ROLE });
  until(state, '2027-01-04T12:00Z');
  expect(state.jobsOf(BUCKET.arn).at(-1)?.state).toBe('FAILED');
  expect(pointsOf(state, BUCKET)).toEqual(['continuous COMPLETED until 2027-01-13T05:00']);
});

describe('a retention that is changed', () => {
  // prettier-ignore
  test.each([
    ['longer',  20, '2027-01-24T05:00'],
    ['shorter', 3,  '2027-01-07T05:00'],
  ])('to a %s one counts for RDS and Aurora from the next run, for the same point (B5.3/4, B2.3/8)', (_, days, end) => {
    for (const one of [DATABASE, CLUSTER]) {
      const state = ran(one, [continuous(10)], '2027-01-03T12:00Z');
      const [before] = state.pointsOf(one.arn);
      change(state, days);
      expect(pointsOf(state, one)).toEqual(['continuous COMPLETED until 2027-01-13T05:00']);
      until(state, '2027-01-04T12:00Z');
      expect(pointsOf(state, one)).toEqual([`continuous COMPLETED until ${end}`]);
      const [after] = state.pointsOf(one.arn);
      expect(after?.recoveryPointArn).toBe(before?.recoveryPointArn);
      expect(after?.whyUntil).toBe(`${days} days from the last run of its rule, then within 8 hours`);
      const shown = describeRecoveryPoint(state, ENV, {
        BackupVaultName: 'main',
        RecoveryPointArn: after?.recoveryPointArn,
      });
      expect(shown.Lifecycle?.DeleteAfterDays).toBe(days);
    }
  });

  test.each([20, 3])('to %d days stops the point of a bucket, and the next run makes another (B5.3/4)', (days) => {
    const state = ran(BUCKET, [continuous(10)], '2027-01-03T12:00Z');
    const [before] = state.pointsOf(BUCKET.arn);
    change(state, days);
    until(state, '2027-01-04T12:00Z');
    expect(pointsOf(state, BUCKET)).toEqual([
      'continuous STOPPED until 2027-01-13T05:00',
      `continuous COMPLETED until 2027-01-${String(4 + days).padStart(2, '0')}T05:00`,
    ]);
    expect(state.pointsOf(BUCKET.arn)[1]?.recoveryPointArn).not.toBe(before?.recoveryPointArn);
    until(state, '2027-01-13T13:00Z');
    expect(pointsOf(state, BUCKET)).toHaveLength(1);
  });

  test('to the same one leaves the point of a bucket alone (B5.3/4)', () => {
    const state = ran(BUCKET, [continuous(10)], '2027-01-03T12:00Z');
    change(state, 10);
    until(state, '2027-01-04T12:00Z');
    expect(pointsOf(state, BUCKET)).toEqual(['continuous COMPLETED until 2027-01-14T05:00']);
  });

  test('sets how far back a restore reaches (B5.3/1, B5.3/4)', () => {
    const state = ran(DATABASE, [continuous(10)], '2027-01-12T12:00Z');
    const restore = (RestoreTime: string) => () =>
      startRestoreJob(state, ENV, {
        RecoveryPointArn: state.pointsOf(DATABASE.arn)[0]?.recoveryPointArn,
        Metadata: { DBInstanceIdentifier: `at-${RestoreTime}`, RestoreTime },
        IamRoleArn: ROLE,
      });
    expect(restore('2027-01-08T00:00:00Z')).not.toThrow();
    change(state, 3);
    until(state, '2027-01-13T12:00Z');
    expect(restore('2027-01-08T00:00:00Z')).toThrow();
    expect(restore('2027-01-11T00:00:00Z')).not.toThrow();
  });
});

test('a restore reaches to the end of the point that it is from, be there another before or after it (B5.1, B5.3/1)', () => {
  const state = ran(BUCKET, [continuous(10)], '2027-01-03T12:00Z');
  change(state, 9);
  until(state, '2027-01-06T12:00Z');
  const [stopped, follows] = state.pointsOf(BUCKET.arn);
  expect([stopped?.status, follows?.status]).toEqual(['STOPPED', 'COMPLETED']);
  const restore = (point: typeof stopped, RestoreTime: string) => () =>
    startRestoreJob(state, ENV, {
      RecoveryPointArn: point?.recoveryPointArn,
      Metadata: { DestinationBucketName: 'docs', RestoreTime },
      IamRoleArn: ROLE,
    });
  expect(restore(stopped, '2027-01-04T04:00:00Z')).not.toThrow();
  expect(restore(stopped, '2027-01-06T11:00:00Z')).toThrow();
  expect(restore(follows, '2027-01-06T11:00:00Z')).not.toThrow();
});

describe('of two rules with one vault', () => {
  const both = (first: number, second: number) =>
    ran(
      BUCKET,
      [continuous(first), continuous(second, { ruleName: 's', scheduleExpression: 'cron(0 16 ? * * *)' })],
      '2027-01-03T12:00Z',
    );

  // prettier-ignore
  test.each([[10, 20], [20, 10]])('that keep %d and %d days the longer retention wins, for one point (B5.3/2)', (first, second) => {
    const state = both(first, second);
    expect(pointsOf(state, BUCKET)).toEqual([
      `continuous COMPLETED until ${first > second ? '2027-01-23T05:00' : '2027-01-22T16:00'}`,
    ]);
  });
});

test('of two rules that kept as long each, and of one that is longer, the longest counts to the end (B5.3/2)', () => {
  const until_ = (first: number, second: number, third: number) => {
    const at = (ruleName: string, hour: number, days: number) =>
      continuous(days, { ruleName, scheduleExpression: `cron(0 ${hour} ? * * *)` });
    const rules = [at('a', 4, first), at('b', 10, second), at('c', 16, third)];
    return pointsOf(ran(BUCKET, rules, '2027-01-03T12:00Z'), BUCKET);
  };
  expect(until_(10, 20, 10)).toEqual(['continuous COMPLETED until 2027-01-23T10:00']);
  expect(until_(20, 10, 10)).toEqual(['continuous COMPLETED until 2027-01-23T04:00']);
  expect(until_(10, 10, 20)).toEqual(['continuous COMPLETED until 2027-01-22T16:00']);
});

describe('a retention shorter than the time between runs', () => {
  const weekly = continuous(3, { scheduleExpression: 'cron(0 5 ? * FRI *)' });

  test.each([BUCKET, DATABASE, CLUSTER])('leaves the point of %j EXPIRED until the next run (B5.3/5)', (one) => {
    const state = ran(one, [weekly], '2027-01-04T04:59Z');
    expect(pointsOf(state, one)).toEqual(['continuous COMPLETED until 2027-01-04T05:00']);
    until(state, '2027-01-04T13:00Z');
    expect(pointsOf(state, one)).toEqual(['continuous EXPIRED until 2027-01-04T05:00']);
    expect(state.pointsOf(one.arn)[0]?.whyUntil).toBe(
      'EXPIRED: its time was over before the next run of its rule, which renews it',
    );
    until(state, '2027-01-08T06:00Z');
    expect(pointsOf(state, one)).toEqual(['continuous COMPLETED until 2027-01-11T05:00']);
    expect(state.summary().recoveryPoints).toMatchObject({ created: 1, deleted: 0, live: 1 });
  });

  test('is no matter while each run comes in time (B5.3/5)', () => {
    const state = ran(BUCKET, [continuous(2)], '2027-01-20');
    expect(state.events().filter(({ what }) => what === 'EXPIRED')).toEqual([]);
  });

  test('lets the point go when its plan was deleted meanwhile, or selects it no more (B5.3/5, B5.3/6)', () => {
    for (const deletePlan of [true, false]) {
      const state = ran(BUCKET, [weekly], '2027-01-05');
      const BackupPlanId = planIdOf(state);
      for (const { SelectionId } of listBackupSelections(state, ENV, { BackupPlanId }).BackupSelectionsList ?? []) {
        deleteBackupSelection(state, ENV, { BackupPlanId, SelectionId });
      }
      if (deletePlan) {
        deleteBackupPlan(state, ENV, { BackupPlanId });
      }
      expect(pointsOf(until(state, '2027-01-08'), BUCKET)).toHaveLength(1);
      expect(pointsOf(until(state, '2027-01-10'), BUCKET)).toEqual([]);
    }
  });
});

test('when its plan is deleted a point ages by the retention that it had (B5.3/6, B2.6/2)', () => {
  const state = ran(DATABASE, [continuous(10)], '2027-01-03T12:00Z');
  const BackupPlanId = planIdOf(state);
  const [selection] = listBackupSelections(state, ENV, { BackupPlanId }).BackupSelectionsList ?? [];
  deleteBackupSelection(state, ENV, { BackupPlanId, SelectionId: selection?.SelectionId });
  deleteBackupPlan(state, ENV, { BackupPlanId });
  expect(pointsOf(until(state, '2027-01-13T05:00Z'), DATABASE)).toEqual([
    'continuous COMPLETED until 2027-01-13T05:00',
  ]);
  expect(pointsOf(until(state, '2027-01-13T13:00Z'), DATABASE)).toEqual([]);
});

describe('a database with a maintenance window', () => {
  // A Tuesday.
  const window = { preferredMaintenanceWindow: 'tue:05:30-tue:06:00' };

  test('without automated backups has snapshots until the window has come (B5.3/8)', () => {
    const one = resource('rds', 'orders', { ...window, automatedBackupDays: 0 });
    const state = ran(one, [continuous(10)], '2027-01-05T12:00Z');
    expect(pointsOf(state, one).map((text) => text.split(' ')[0])).toEqual(Array(5).fill('snapshot'));
    expect(state.pointsOf(one.arn)[0]?.why).toBe(
      'rule r of plan p made it as a snapshot: continuous backup begins with the next maintenance window',
    );
    until(state, '2027-01-06T12:00Z');
    expect(pointsOf(state, one).at(-1)).toBe('continuous COMPLETED until 2027-01-16T05:00');
  });

  test('has a continuous point at once where it makes automated backups, or is no instance of RDS (B5.3/8)', () => {
    for (const one of [
      resource('rds', 'orders', { ...window, automatedBackupDays: 1 }),
      resource('rds', 'orders', window),
      resource('aurora', 'ledger', { ...window, automatedBackupDays: 0 }),
    ]) {
      expect(pointsOf(ran(one, [continuous(10)], '2027-01-01T12:00Z'), one)).toEqual([
        'continuous COMPLETED until 2027-01-11T05:00',
      ]);
    }
  });

  test('whose point is deleted has another at the next run, but after the window it has to wait again (B5.3/6)', () => {
    const one = resource('rds', 'orders', window);
    const deleted = (instant: string): WorldState => {
      const state = ran(one, [continuous(10)], instant);
      const RecoveryPointArn = state.pointsOf(one.arn)[0]?.recoveryPointArn;
      deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn });
      return state;
    };
    expect(pointsOf(until(deleted('2027-01-03T12:00Z'), '2027-01-04T12:00Z'), one)).toEqual([
      'continuous COMPLETED until 2027-01-14T05:00',
    ]);
    // The point goes on Tuesday at 05:20, the window is at 05:30, the next run on Wednesday at 05:00.
    expect(pointsOf(until(deleted('2027-01-05T05:20Z'), '2027-01-06T12:00Z'), one)).toEqual([
      'snapshot COMPLETED until 2027-01-16T05:00',
    ]);
  });
});

// prettier-ignore
test.each([
  ['the longer one',  [20, 10], '2027-01-24T05:00'],
  ['the shorter one', [10, 20], '2027-01-23T16:00'],
])('of two plans whose first point is of %s, the shorter one that is changed leaves the retention alone (B5.3/2, B5.3/4)', (_, [morning = 0, evening = 0], end) => {
  const plans = [
    plan('morning', [continuous(morning)]),
    plan('evening', [continuous(evening, { scheduleExpression: 'cron(0 16 ? * * *)' })]),
  ];
  const state = ran(DATABASE, [], '2027-01-03T12:00Z', { plans });
  const [name, expression] = morning < evening ? ['morning', DAILY] : ['evening', 'cron(0 16 ? * * *)'];
  const Rules = [
    {
      RuleName: 'r',
      TargetBackupVaultName: 'main',
      ScheduleExpression: expression,
      EnableContinuousBackup: true,
      Lifecycle: { DeleteAfterDays: 5 },
    },
  ];
  updateBackupPlan(state, ENV, { BackupPlanId: planIdOf(state, name), BackupPlan: { BackupPlanName: name, Rules } });
  expect(pointsOf(until(state, '2027-01-04T12:00Z'), DATABASE)).toEqual([`continuous COMPLETED until ${end}`]);
});

test('a run that renews a point adds what it moved to what is stored, and those who listen hear of it (B5.3/4, B14.1/1)', () => {
  const one = resource('s3', 'docs', { sizeGiB: 100, dailyChangePercent: 10 });
  const state = ran(one, [continuous(10)], '2027-01-01T12:00Z');
  const [row = -1] = state.ledger.points.rowsOf(0);
  const before = state.ledger.points.stored[row] ?? NaN;
  const heard: string[] = [];
  state.ledger.observers.add((change) => heard.push(change.kind === 'recovery-point' ? change.status : change.kind));
  until(state, '2027-01-02T12:00Z');
  expect(state.ledger.points.stored[row]).toBeGreaterThan(before);
  expect(heard).toEqual(['backup-job', 'backup-job', 'backup-job', 'MODIFIED', 'backup-job']);
});

test('a database that a rule backs up by snapshots does not begin to wait for its maintenance window (B5.3/8)', () => {
  const one = resource('rds', 'orders', { preferredMaintenanceWindow: 'tue:05:30-tue:06:00', automatedBackupDays: 0 });
  const state = ran(one, [continuous(10, { enableContinuousBackup: false })], '2027-01-06T12:00Z');
  change(state, 10);
  until(state, '2027-01-07T12:00Z');
  expect(pointsOf(state, one).at(-1)).toMatch(/^snapshot/);
});

test('a run that begins a continuous backup and one that renews it are of one, snapshots are not (B5.3/1)', () => {
  const decisions = [CONTINUOUS_BY_RULE, CONTINUOUS_REFRESHED, SNAPSHOT_BY_RULE];
  expect(decisions.map(isContinuous)).toEqual([true, true, false]);
});
