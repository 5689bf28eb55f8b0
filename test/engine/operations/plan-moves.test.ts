// A plan's life: versions, selections that come and go, deletion; and what its jobs and points keep of it.
import type { BackupPlanInput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { createBackupPlan } from '../../../engine/src/operations/backup/create-backup-plan';
import { createBackupSelection } from '../../../engine/src/operations/backup/create-backup-selection';
import { deleteBackupPlan } from '../../../engine/src/operations/backup/delete-backup-plan';
import { deleteBackupSelection } from '../../../engine/src/operations/backup/delete-backup-selection';
import { getBackupPlan } from '../../../engine/src/operations/backup/get-backup-plan';
import { getBackupSelection } from '../../../engine/src/operations/backup/get-backup-selection';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { listBackupPlanVersions } from '../../../engine/src/operations/backup/list-backup-plan-versions';
import { listBackupPlans } from '../../../engine/src/operations/backup/list-backup-plans';
import { listBackupSelections } from '../../../engine/src/operations/backup/list-backup-selections';
import { updateBackupPlan } from '../../../engine/src/operations/backup/update-backup-plan';
import { ENV, resource, ROLE, until, vault, world } from '../scenarios/stage';

const FS = resource('efs', 'fs-1');

function daily(hour: number, days: number, more: object = {}): BackupPlanInput {
  const ScheduleExpression = `cron(0 ${hour} ? * * *)`;
  const rule = { RuleName: 'daily', TargetBackupVaultName: 'main', ScheduleExpression, StartWindowMinutes: 60 };
  return { BackupPlanName: 'p', Rules: [{ ...rule, Lifecycle: { DeleteAfterDays: days } }], ...more };
}

function begun(document = daily(5, 10)): { state: WorldState; planId: string; selectionId: string } {
  const state = world('2027-01-01T00:00:00Z', { vaults: [vault('main')], resources: [FS] });
  const planId = createBackupPlan(state, ENV, { BackupPlan: document }).BackupPlanId ?? '';
  const BackupSelection = { SelectionName: 'all', IamRoleArn: ROLE, Resources: ['*'] };
  const { SelectionId = '' } = createBackupSelection(state, ENV, { BackupPlanId: planId, BackupSelection });
  return { state, planId, selectionId: SelectionId };
}

function points(state: WorldState): string[] {
  return state.pointsOf(FS.arn).map(({ createdAt, deleteAt }) => {
    const days = ((deleteAt ?? Infinity) - createdAt) / 86_400_000;
    return `${new Date(createdAt).toISOString().slice(0, 13)} ${days}`;
  });
}

test('an update holds for the points that are made from then on, and the version of each job is the one that made it (B2.3/8, B2.6/1)', () => {
  const { state, planId } = begun();
  const first = getBackupPlan(state, ENV, { BackupPlanId: planId });
  until(state, '2027-01-02T00:00:00Z');
  const updated = updateBackupPlan(state, ENV, { BackupPlanId: planId, BackupPlan: daily(7, 20) });
  expect(updated.VersionId).not.toBe(first.VersionId);
  until(state, '2027-01-04T00:00:00Z');
  expect(points(state)).toEqual(['2027-01-01T05 10', '2027-01-02T07 20', '2027-01-03T07 20']);
  const jobs = listBackupJobs(state, ENV, {}).BackupJobs ?? [];
  expect(jobs.map(({ CreatedBy }) => CreatedBy?.BackupPlanVersion)).toEqual([
    updated.VersionId,
    updated.VersionId,
    first.VersionId,
  ]);
  expect(new Set(jobs.map(({ CreatedBy }) => CreatedBy?.BackupPlanId))).toEqual(new Set([planId]));
});

test('earlier versions can be read and are listed; a rule keeps its id as long as its name (B2.6/1)', () => {
  const { state, planId } = begun();
  const first = getBackupPlan(state, ENV, { BackupPlanId: planId });
  updateBackupPlan(state, ENV, { BackupPlanId: planId, BackupPlan: daily(7, 20) });
  const second = getBackupPlan(state, ENV, { BackupPlanId: planId });
  const renamed = daily(7, 20);
  updateBackupPlan(state, ENV, {
    BackupPlanId: planId,
    BackupPlan: { ...renamed, Rules: renamed.Rules?.map((rule) => ({ ...rule, RuleName: 'other' })) },
  });
  const third = getBackupPlan(state, ENV, { BackupPlanId: planId });
  const [one, two, three] = [first, second, third].map(({ BackupPlan }) => BackupPlan?.Rules?.[0]?.RuleId);
  expect(two).toBe(one);
  expect(three).not.toBe(one);
  expect(getBackupPlan(state, ENV, { BackupPlanId: planId, VersionId: first.VersionId })).toEqual(first);
  const listed = listBackupPlanVersions(state, ENV, { BackupPlanId: planId }).BackupPlanVersionsList ?? [];
  expect(listed.map(({ VersionId }) => VersionId)).toEqual([first.VersionId, second.VersionId, third.VersionId]);
  expect(() => getBackupPlan(state, ENV, { BackupPlanId: planId, VersionId: 'none' })).toThrow('in version none');
});

test('fails to update what AWS refuses, and changes nothing then', () => {
  const { state, planId } = begun();
  const before = [state.digest(), getBackupPlan(state, ENV, { BackupPlanId: planId })];
  const bad = { BackupPlanId: planId, BackupPlan: daily(5, 0) };
  expect(() => updateBackupPlan(state, ENV, bad)).toThrow('Error in rule daily');
  expect(() => updateBackupPlan(state, ENV, { BackupPlanId: 'none', BackupPlan: daily(5, 1) })).toThrow('Cannot find');
  expect([state.digest(), getBackupPlan(state, ENV, { BackupPlanId: planId })]).toEqual(before);
});

test('a plan with selections is not deleted; without them it goes, and what it made stays (B2.6/2, B5.2/8)', () => {
  const { state, planId, selectionId } = begun();
  until(state, '2027-01-02T00:00:00Z');
  const remove = () => deleteBackupPlan(state, ENV, { BackupPlanId: planId });
  expect(remove).toThrow('Related backup plan selections must be deleted prior to backup plan deletion');
  deleteBackupSelection(state, ENV, { BackupPlanId: planId, SelectionId: selectionId });
  expect(remove()).toMatchObject({ BackupPlanId: planId, DeletionDate: new Date('2027-01-02T00:00:00Z') });
  expect(remove).toThrow('Cannot find Backup plan');
  until(state, '2027-01-05T00:00:00Z');
  expect(points(state)).toEqual(['2027-01-01T05 10']);
  until(state, '2027-01-12T00:00:00Z');
  expect(points(state)).toEqual([]);
});

test('a deleted plan is listed on request alone, and can be read (B2.6/2)', () => {
  const { state, planId, selectionId } = begun();
  deleteBackupSelection(state, ENV, { BackupPlanId: planId, SelectionId: selectionId });
  deleteBackupPlan(state, ENV, { BackupPlanId: planId });
  expect(listBackupPlans(state, ENV, {}).BackupPlansList).toEqual([]);
  const [listed] = listBackupPlans(state, ENV, { IncludeDeleted: true }).BackupPlansList ?? [];
  expect(listed).toMatchObject({ BackupPlanId: planId, DeletionDate: new Date('2027-01-01T00:00:00Z') });
  expect(getBackupPlan(state, ENV, { BackupPlanId: planId }).DeletionDate).toBeDefined();
  const again = createBackupPlan(state, ENV, { BackupPlan: daily(5, 10) });
  expect(again.BackupPlanId).not.toBe(planId);
  expect(listBackupPlans(state, ENV, {}).BackupPlansList).toHaveLength(1);
});

test('a selection that is deleted has no runs any more, while its running job goes on (B2.6/3)', () => {
  const { state, planId, selectionId } = begun();
  until(state, '2027-01-01T05:01:00Z');
  expect(getBackupSelection(state, ENV, { BackupPlanId: planId, SelectionId: selectionId })).toMatchObject({
    BackupSelection: { SelectionName: 'all', IamRoleArn: ROLE, Resources: ['*'] },
  });
  deleteBackupSelection(state, ENV, { BackupPlanId: planId, SelectionId: selectionId });
  expect(listBackupSelections(state, ENV, { BackupPlanId: planId }).BackupSelectionsList).toEqual([]);
  until(state, '2027-01-04T00:00:00Z');
  expect(state.summary().backupJobs).toEqual({ COMPLETED: 1 });
  const gone = { BackupPlanId: planId, SelectionId: selectionId };
  expect(() => getBackupSelection(state, ENV, gone)).toThrow('Cannot find Backup selection');
  const BackupSelection = { SelectionName: 'all', IamRoleArn: ROLE, Resources: ['*'] };
  expect(createBackupSelection(state, ENV, { BackupPlanId: planId, BackupSelection }).SelectionId).not.toBe(
    selectionId,
  );
});

test('coming runs are shown up to ten, without those that a longer rule suppresses (B2.2/6)', () => {
  const [rule] = daily(5, 10).Rules ?? [];
  const weekly = {
    ...rule,
    RuleName: 'weekly',
    ScheduleExpression: 'cron(0 5 ? * SUN *)',
    Lifecycle: { DeleteAfterDays: 90 },
  };
  const pitr = { ...rule, RuleName: 'pitr', ScheduleExpression: 'cron(0 9 ? * * *)', EnableContinuousBackup: true };
  const Rules = [rule, weekly, pitr] as BackupPlanInput['Rules'];
  const { state, planId } = begun({ BackupPlanName: 'p', Rules });
  const shown = (count: number) => getBackupPlan(state, ENV, { BackupPlanId: planId, MaxScheduledRunsPreview: count });
  const { BackupPlan, ScheduledRunsPreview = [] } = shown(6);
  const name = (id: string | undefined) => BackupPlan?.Rules?.find(({ RuleId }) => RuleId === id)?.RuleName;
  expect(
    ScheduledRunsPreview.map((run) => [
      run.ExecutionTime?.toISOString().slice(5, 13),
      name(run.RuleId),
      run.RuleExecutionType,
    ]),
  ).toEqual([
    ['01-01T05', 'daily', 'SNAPSHOTS'],
    ['01-01T09', 'pitr', 'CONTINUOUS_AND_SNAPSHOTS'],
    ['01-02T05', 'daily', 'SNAPSHOTS'],
    ['01-02T09', 'pitr', 'CONTINUOUS_AND_SNAPSHOTS'],
    ['01-03T05', 'weekly', 'SNAPSHOTS'],
    ['01-03T09', 'pitr', 'CONTINUOUS_AND_SNAPSHOTS'],
  ]);
  expect(shown(0).ScheduledRunsPreview).toBeUndefined();
  expect(shown(10).ScheduledRunsPreview).toHaveLength(10);
  expect(() => shown(11)).toThrow('must be 0 to 10, got 11');
});
