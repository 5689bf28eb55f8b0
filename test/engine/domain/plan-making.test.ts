import { DAY } from '../../../engine/src/kernel/instant';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { createBackupPlan } from '../../../engine/src/operations/backup/create-backup-plan';
import { createBackupSelection } from '../../../engine/src/operations/backup/create-backup-selection';
import { deleteBackupPlan } from '../../../engine/src/operations/backup/delete-backup-plan';
import { deleteBackupSelection } from '../../../engine/src/operations/backup/delete-backup-selection';
import { getBackupPlan } from '../../../engine/src/operations/backup/get-backup-plan';
import { updateBackupPlan } from '../../../engine/src/operations/backup/update-backup-plan';
import { ENV, plan, resource, ROLE, rule, until, vault, world } from '../scenarios/stage';

function deployed(rules = [rule('daily'), rule('weekly')]): WorldState {
  return world('2027-01-01', { vaults: [vault('main')], plans: [plan('p', rules)] });
}

function shown(state: WorldState) {
  const BackupPlanId = state.ledger.plans.list()[0]?.id;
  const { VersionId, BackupPlan } = getBackupPlan(state, ENV, { BackupPlanId });
  return { BackupPlanId, VersionId, rules: BackupPlan?.Rules?.map(({ RuleId }) => RuleId) ?? [] };
}

function update(state: WorldState, names: string[]): ReturnType<typeof shown> {
  const Rules = names.map((RuleName) => ({ RuleName, TargetBackupVaultName: 'main' }));
  updateBackupPlan(state, ENV, {
    BackupPlanId: shown(state).BackupPlanId,
    BackupPlan: { BackupPlanName: 'p', Rules },
  });
  return shown(state);
}

test('the ids of a plan follow from what it and its rules are called, and stay what they are', () => {
  expect(shown(deployed())).toEqual({
    BackupPlanId: 'd81de13a-2b1b-4a5c-b348-f5d5f39deba6',
    VersionId: 'OGM5ZTIxZmUtN2YzMC00MzUyLWFhZjItZDFiMWQwNGNmMTU1',
    rules: ['c1150666-f53e-4130-98ba-f1567ef11411', '517762b5-c3d2-4c3d-bccc-d70949cdc295'],
  });
  expect(shown(world('2028-05-05', { vaults: [vault('main')], plans: [plan('p', [rule('daily')])] })).rules).toEqual(
    shown(deployed()).rules.slice(0, 1),
  );
});

test('each version of a plan has an id of its own, the base64 of a UUID', () => {
  const state = deployed();
  const versions = [
    shown(state),
    update(state, ['daily']),
    update(state, ['daily', 'hourly']),
    update(state, ['daily']),
  ];
  expect(new Set(versions.map(({ VersionId }) => VersionId)).size).toBe(4);
  for (const { VersionId = '' } of versions) {
    expect(Buffer.from(VersionId, 'base64').toString('utf8')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  }
  const later = deployed();
  later.runUntil(later.now + DAY);
  expect(update(later, ['daily']).VersionId).toBe(versions[1]?.VersionId);
});

test('a rule keeps its id as long as it keeps its name, wherever it stands', () => {
  const state = deployed();
  const [daily, weekly] = shown(state).rules;
  expect(daily).not.toBe(weekly);
  const { rules } = update(state, ['hourly', 'weekly', 'daily']);
  expect(rules.slice(1)).toEqual([weekly, daily]);
  expect([daily, weekly]).not.toContain(rules[0]);
});

test('rules of one name are told apart by their order', () => {
  const state = deployed([rule('daily'), rule('daily'), rule('weekly'), rule('daily')]);
  const { rules } = shown(state);
  expect(new Set(rules).size).toBe(4);
  expect(shown(deployed([rule('daily'), rule('weekly')])).rules).toEqual([rules[0], rules[2]]);
  expect(update(state, ['weekly', 'daily', 'daily']).rules).toEqual([rules[2], rules[0], rules[1]]);
});

test('a plan is told from those of its name that are or were there, and from no others', () => {
  const make = (state: WorldState, BackupPlanName: string, caller = ENV) =>
    createBackupPlan(state, caller, {
      BackupPlan: {
        BackupPlanName,
        Rules: [{ RuleName: `r${state.ledger.plans.list().length}`, TargetBackupVaultName: 'main' }],
      },
    }).BackupPlanId ?? '';
  const env = { ...ENV, region: 'us-east-1' };
  const empty = () => world('2027-01-01', { vaults: [vault('main'), vault('main', { env })] });
  const alone = make(empty(), 'p');
  const state = empty();
  make(state, 'q');
  make(state, 'p', env);
  expect(make(state, 'p')).toBe(alone);
  const second = make(state, 'p');
  deleteBackupPlan(state, ENV, { BackupPlanId: second });
  const third = make(state, 'p');
  expect(new Set([alone, second, third]).size).toBe(3);
  expect(make(empty(), 'q')).not.toBe(alone);
});

test('a selection is told from those of its name that are or were in the plan, and from no others', () => {
  const add = (state: WorldState, SelectionName: string) =>
    createBackupSelection(state, ENV, {
      BackupPlanId: shown(state).BackupPlanId,
      BackupSelection: { SelectionName, IamRoleArn: ROLE, Resources: ['*'] },
      CreatorRequestId: `${SelectionName} ${state.ledger.plans.list()[0]?.selections.length}`,
    }).SelectionId;
  const empty = () =>
    world('2027-01-01', { vaults: [vault('main')], plans: [plan('p', [rule('r')], { selections: [] })] });
  const alone = add(empty(), 's');
  expect(alone).toBe('70d64ef7-829b-4f19-b47c-7fee2003f727');
  const state = empty();
  add(state, 't');
  expect(add(state, 's')).toBe(alone);
  const second = add(state, 's');
  deleteBackupSelection(state, ENV, { BackupPlanId: shown(state).BackupPlanId, SelectionId: second });
  expect(new Set([alone, second, add(state, 's')]).size).toBe(3);
});

test('rules of one name go by names of their own in what they make', () => {
  const state = deployed([rule('daily'), rule('weekly'), rule('daily'), rule('daily')]);
  const [made] = state.ledger.plans.list();
  const names = made?.rules.map(({ origin }) => origin.given.text.split('#')[1]);
  expect(names).toEqual(['daily', 'weekly', 'daily~1', 'daily~2']);
});

test('the order in which plans and rules stand that fall due together changes nothing of what happens', () => {
  const scheduleExpression = 'cron(0 5 * * ? *)';
  // Of rules that keep equally long the order in the document decides which runs (decision 0008).
  const days = { a: 30, b: 40, c: 50 };
  const ran = (plans: string[], rules: (keyof typeof days)[]) => {
    const rulesOf = () =>
      rules.map((one) => rule(one, { scheduleExpression, lifecycle: { deleteAfterDays: days[one] } }));
    const made = plans.map((name) => plan(name, rulesOf()));
    const data = ['a', 'b', 'c'].map((name) => resource('efs', name));
    const state = world('2027-01-01', { vaults: [vault('main')], plans: made, resources: data });
    return until(state, '2027-01-04');
  };
  const one = ran(['p', 'q', 'r'], ['a', 'b', 'c']);
  for (const plans of [
    ['r', 'q', 'p'],
    ['q', 'p', 'r'],
  ]) {
    for (const rules of [
      ['a', 'b', 'c'],
      ['c', 'b', 'a'],
      ['b', 'c', 'a'],
    ] as const) {
      expect(ran(plans, [...rules]).digest()).toBe(one.digest());
    }
  }
});

test('those who listen hear of a plan that is made, changed and deleted (B14.1/1)', () => {
  const state = world('2027-01-01', { vaults: [vault('main')] });
  const heard: string[] = [];
  state.ledger.observers.add((change) =>
    heard.push('state' in change ? `${change.kind} ${change.state}` : change.kind),
  );
  const Rules = [{ RuleName: 'r', TargetBackupVaultName: 'main' }];
  createBackupPlan(state, ENV, { BackupPlan: { BackupPlanName: 'p', Rules } });
  update(state, ['s']);
  deleteBackupPlan(state, ENV, { BackupPlanId: shown(state).BackupPlanId });
  expect(heard).toEqual(['plan CREATED', 'plan MODIFIED', 'plan DELETED']);
});

describe('a plan of an organization', () => {
  const management = (planId: string) => ({ planId, optIn: ENV, selections: [] });

  test('is no namesake of a plan of the account', () => {
    const idOf = (before: boolean) => {
      const state = world('2027-01-01', { vaults: [vault('main')] });
      if (before) {
        state.plans.add(plan('p', [rule('daily')]), undefined, management('orgs/one'));
      }
      return state.plans.add(plan('p', [rule('daily')]), undefined).id;
    };
    expect(idOf(true)).toBe(idOf(false));
  });

  test('has a version of its own for each instant at which it is made, one of the account has not', () => {
    const versionAt = (instant: string, ofOrganization: boolean) => {
      const state = until(world('2027-01-01', { vaults: [vault('main')] }), instant);
      const made = ofOrganization ? management('orgs/one') : undefined;
      return state.plans.add(plan('p', [rule('daily')]), undefined, made).versionId;
    };
    expect(versionAt('2027-01-02', true)).not.toBe(versionAt('2027-01-03', true));
    expect(versionAt('2027-01-02', false)).toBe(versionAt('2027-01-03', false));
  });
});

test('a selection that comes together with a resource picks it at the next run (B3.4/1)', () => {
  const [files, others] = [resource('efs', 'fs-1'), resource('efs', 'fs-2')];
  const selections = [{ selectionName: 'one', iamRoleArn: ROLE, resources: [files.arn] }];
  const daily = plan('p', [rule('daily', { scheduleExpression: 'cron(0 5 * * ? *)' })], { selections });
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [files], plans: [daily] });
  until(state, '2027-01-01T12:00Z');
  createBackupSelection(state, ENV, {
    BackupPlanId: shown(state).BackupPlanId,
    BackupSelection: { SelectionName: 'two', IamRoleArn: ROLE, Resources: [others.arn] },
  });
  state.addResource(others);
  until(state, '2027-01-02T12:00Z');
  expect([files, others].map(({ arn }) => state.jobsOf(arn).length)).toEqual([2, 1]);
});
