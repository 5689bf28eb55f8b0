// Rules of several plans that come up together, and what the log keeps of a plan.
import type { BackupPlan } from '@holdfast/model';
import { createBackupPlan } from '../../../engine/src/operations/backup/create-backup-plan';
import { createBackupSelection } from '../../../engine/src/operations/backup/create-backup-selection';
import { deleteBackupPlan } from '../../../engine/src/operations/backup/delete-backup-plan';
import { listBackupPlans } from '../../../engine/src/operations/backup/list-backup-plans';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { ENV, plan, resource, ROLE, rule, until, vault, world } from '../scenarios/stage';

const FILES = resource('efs', 'fs-1');
const NOON = { scheduleExpression: 'cron(0 12 ? * * *)' };
const NAMES = ['cc', 'aa', 'dd', 'bb'];

function stage(plans: BackupPlan[]): WorldState {
  return world('2027-01-01', { vaults: [vault('main')], resources: [FILES], plans });
}

/** What a rule has that is due every day at a time, for others to be held against it. */
const at = (time: string, deleteAfterDays: number, more = {}) => ({
  scheduleExpression: `cron(${time} ? * * *)`,
  startWindowMinutes: 60,
  lifecycle: { deleteAfterDays },
  ...more,
});

/** Plans and rules in the order in which they came up. */
function due(state: WorldState): string[] {
  return state
    .events()
    .filter(({ kind, what }) => kind === 'run' && what === 'due')
    .map(({ ruleName }) => ruleName ?? '');
}

test('a run is logged as suppressed when only resources with point-in-time recovery lose it (B3.4/5)', () => {
  // Where all compete, the first keeps the second from running; where continuous rules stand apart, the second the third.
  const rules = [
    rule('first', at('0 5', 30, { enableContinuousBackup: true })),
    rule('second', at('30 5', 20)),
    rule('third', at('15 6', 10)),
  ];
  const state = until(stage([plan('p', rules)]), '2027-01-02');
  const suppressed = state.events().filter(({ kind, what }) => kind === 'run' && what === 'suppressed');
  expect(suppressed.map(({ ruleName }) => ruleName)).toEqual(['second', 'third']);
  expect(state.jobsOf(FILES.arn).map(({ ruleName }) => ruleName)).toEqual(['first', 'third']);
});

test('a plan has executed when a rule of it ran for anything that there may be, and not when none of it did (B3.4/5)', () => {
  const executed = (enableContinuousBackup: boolean) => {
    const first = rule('first', at('0 5', 30, { enableContinuousBackup }));
    const state = stage([plan('p', [first, rule('second', at('30 5', 20)), rule('third', at('15 6', 10))])]);
    return ['05:10', '05:40', '06:20'].map((time) => {
      until(state, `2027-01-01T${time}Z`);
      return listBackupPlans(state, ENV, {}).BackupPlansList?.[0]?.LastExecutionDate?.toISOString().slice(11, 16);
    });
  };
  // The second runs for what has point-in-time recovery alone, the third for what has none.
  expect(executed(true)).toEqual(['05:00', '05:30', '06:15']);
  expect(executed(false)).toEqual(['05:00', '05:00', '06:15']);
});

describe('rules that are due at one instant', () => {
  test('come up by plan and then by name, whichever was made first (B3.4/1)', () => {
    const rules = (of: string) => ['z', 'x', 'y'].map((name) => rule(`${of}-${name}`, NOON));
    const state = until(stage(NAMES.map((name) => plan(name, rules(name)))), '2027-01-01T13:00Z');
    const backwards = until(
      stage([...NAMES].reverse().map((name) => plan(name, rules(name).reverse()))),
      '2027-01-01T13:00Z',
    );
    expect(due(state)).toHaveLength(12);
    expect(due(state)).toEqual(due(backwards));
    const byPlan = due(state).map((name) => name.slice(0, 2));
    expect(byPlan.filter((name, at) => name !== byPlan[at - 1])).toHaveLength(4);
    for (const of of NAMES) {
      const own = due(state).filter((name) => name.startsWith(of));
      expect(own).toEqual([`${of}-x`, `${of}-y`, `${of}-z`]);
    }
    const arns = new Map(state.ledger.plans.list().map(({ arn, declaration }) => [declaration.backupPlanName, arn]));
    const order = [...new Set(byPlan)].map((name) => arns.get(name) ?? '');
    expect(order).toEqual([...order].sort());
  });

  test('of one name come up in the order of the document', () => {
    const twice = [rule('same', { ...NOON, lifecycle: { deleteAfterDays: 1 } }), rule('same', NOON)];
    const state = until(stage([plan('p', twice)]), '2027-01-01T13:00Z');
    expect(due(state)).toEqual(['same', 'same~1']);
  });
});

describe('a plan', () => {
  const make = (state: WorldState, BackupPlanName: string, more: object = {}) =>
    createBackupPlan(state, ENV, {
      BackupPlan: {
        BackupPlanName,
        Rules: [{ RuleName: 'r', TargetBackupVaultName: 'main', ScheduleExpression: NOON.scheduleExpression, ...more }],
      },
    }).BackupPlanId ?? '';
  const select = (state: WorldState, BackupPlanId: string) =>
    createBackupSelection(state, ENV, {
      BackupPlanId,
      BackupSelection: { SelectionName: 'all', IamRoleArn: ROLE, Resources: ['*'] },
    });

  test('that is made at the instant of its schedule runs then, and one that is made a moment later the next day', () => {
    const ran = (at: number) => {
      const state = stage([]);
      state.runUntil(Date.parse('2027-01-01T12:00Z') + at);
      select(state, make(state, 'pp'));
      until(state, '2027-01-02T11:00Z');
      return state.pointsOf(FILES.arn).length;
    };
    expect([ran(0), ran(1)]).toEqual([1, 0]);
  });

  test('is told by the log with all that its rules say', () => {
    const digest = (more: object) => {
      const state = stage([]);
      make(state, 'pp', more);
      return state.digest();
    };
    const digests = [{}, { StartWindowMinutes: 61 }, { Lifecycle: { DeleteAfterDays: 8 } }].map(digest);
    expect(new Set(digests).size).toBe(3);
    expect(digest({})).toBe(digests[0]);
  });

  test('that was deleted is listed among those once, in its last version, and in no other place', () => {
    const state = stage([]);
    const ids = [make(state, 'pp'), make(state, 'qq')];
    deleteBackupPlan(state, ENV, { BackupPlanId: ids[0] });
    const listed = (input: object, env = ENV) =>
      listBackupPlans(state, env, input).BackupPlansList?.map(({ BackupPlanName }) => BackupPlanName);
    expect([listed({}), listed({ IncludeDeleted: true })?.sort()]).toEqual([['qq'], ['pp', 'qq']]);
    expect(listed({ IncludeDeleted: true }, { ...ENV, region: 'eu-west-1' })).toEqual([]);
  });
});
