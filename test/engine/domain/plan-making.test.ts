import { DAY } from '../../../engine/src/kernel/instant';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { getBackupPlan } from '../../../engine/src/operations/backup/get-backup-plan';
import { updateBackupPlan } from '../../../engine/src/operations/backup/update-backup-plan';
import { ENV, plan, rule, vault, world } from '../scenarios/stage';

function deployed(rules = [rule('daily'), rule('weekly')]): WorldState {
  return world('2027-01-01', { vaults: [vault('main')], plans: [plan('p', rules)] });
}

function shown(state: WorldState) {
  const [{ id: BackupPlanId }] = state.ledger.plans.list() as [{ id: string }];
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
  const versions = [shown(state), update(state, ['daily']), update(state, ['daily', 'hourly']), update(state, ['daily'])];
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
