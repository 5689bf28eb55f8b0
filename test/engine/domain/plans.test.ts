import { planRoster, rosterOf } from '../../../engine/src/domain/selections';
import { deleteBackupPlan } from '../../../engine/src/operations/backup/delete-backup-plan';
import { listBackupPlans } from '../../../engine/src/operations/backup/list-backup-plans';
import { updateBackupPlan } from '../../../engine/src/operations/backup/update-backup-plan';
import { ENV, plan, resource, ROLE, rule, vault, world } from '../scenarios/stage';

const FILES = ['a', 'b', 'c'].map((name) => resource('efs', name));

function planned(...names: string[]) {
  const plans = names.map((name) => plan(name, [rule('r')], { selections: [] }));
  return world('2027-01-01', { vaults: [vault('main')], plans });
}

test('deleted plans are listed once, in their last version, beside those that stand (B2.6/2)', () => {
  const state = planned('kept', 'updated', 'gone');
  const idOf = (name: string) => state.ledger.plans.list().find((one) => one.declaration.backupPlanName === name)?.id;
  const update = (name: string, RuleName: string) =>
    updateBackupPlan(state, ENV, {
      BackupPlanId: idOf(name),
      BackupPlan: { BackupPlanName: name, Rules: [{ RuleName, TargetBackupVaultName: 'main' }] },
    }).VersionId;
  update('updated', 's');
  update('gone', 's');
  const last = update('gone', 't');
  const gone = idOf('gone') ?? '';
  deleteBackupPlan(state, ENV, { BackupPlanId: gone });
  const listed = (IncludeDeleted: boolean) =>
    (listBackupPlans(state, ENV, { IncludeDeleted }).BackupPlansList ?? []).map((one) => one.BackupPlanName).sort();
  expect(listed(false)).toEqual(['kept', 'updated']);
  expect(listed(true)).toEqual(['gone', 'kept', 'updated']);
  expect(state.ledger.plans.deleted().map(({ versionId }) => versionId)).toEqual([last]);
  expect(state.ledger.plans.versionsOf(gone)).toHaveLength(3);
  expect(state.ledger.plans.tryFind(gone)).toBeUndefined();
});

test('a plan that another version follows is found in that version', () => {
  const state = planned('p');
  const [first] = state.ledger.plans.list();
  const Rules = [{ RuleName: 's', TargetBackupVaultName: 'main' }];
  updateBackupPlan(state, ENV, { BackupPlanId: first?.id, BackupPlan: { BackupPlanName: 'p', Rules } });
  const [second, ...more] = state.ledger.plans.list();
  expect(more).toEqual([]);
  expect(state.ledger.plans.tryFind(first?.id ?? '')).toBe(second);
  expect(second?.rules.map(({ number }) => state.ledger.plans.rule(number))).toEqual(second?.rules);
});

test('a roster has what any of the selections names, each once, in the order of the resources', () => {
  const state = world('2027-01-01', { vaults: [vault('main')], resources: FILES });
  const all = state.ledger.resources.at(state.ledger.names.intern(`aws/${ENV.account}/${ENV.region}`));
  const selection = (...arns: string[]) => ({ selectionName: 's', iamRoleArn: ROLE, resources: arns });
  const [a, b, c] = FILES.map(({ arn }) => arn) as [string, string, string];
  const picked = (...selections: ReturnType<typeof selection>[]) =>
    rosterOf(selections, all, undefined).map(({ arn }) => arn);
  expect(picked()).toEqual([]);
  expect(picked(selection(b))).toEqual([b]);
  expect(picked(selection(c, b), selection(b, a))).toEqual([a, b, c]);
});

test('a roster is found anew when a resource comes', () => {
  const selections = [{ selectionName: 's', iamRoleArn: ROLE, resources: ['*'] }];
  const plans = [plan('p', [rule('r')], { selections })];
  const state = world('2027-01-01', { vaults: [vault('main')], plans, resources: FILES.slice(1) });
  const [made] = state.ledger.plans.list();
  expect(planRoster(state.ledger, made!)).toHaveLength(2);
  state.addResource(FILES[0]!);
  expect(planRoster(state.ledger, made!).map(({ arn }) => arn)).toEqual(FILES.map(({ arn }) => arn));
});
