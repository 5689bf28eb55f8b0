// What becomes of a point that is deleted, by its lifecycle or by a call, and of one that AWS Backup may not delete.
import type { StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { deleteRole } from '../../../engine/src/operations/iam/delete-role';
import { deleteBackupPlan } from '../../../engine/src/operations/backup/delete-backup-plan';
import { deleteBackupSelection } from '../../../engine/src/operations/backup/delete-backup-selection';
import { deleteBackupVault } from '../../../engine/src/operations/backup/delete-backup-vault';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { listBackupPlans } from '../../../engine/src/operations/backup/list-backup-plans';
import { listBackupSelections } from '../../../engine/src/operations/backup/list-backup-selections';
import { listRecoveryPointsByBackupVault } from '../../../engine/src/operations/backup/list-recovery-points-by-backup-vault';
import { ENV, plan, resource, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const VOLUME = resource('ebs', 'vol-1');
const FS = resource('efs', 'fs-1');

/** A World whose role has made one point of each resource, and is gone by the second day. */
function withoutRole(...resources: StatefulResource[]): WorldState {
  const once = rule('once', { scheduleExpression: 'cron(0 5 1 1 ? 2027)', lifecycle: { deleteAfterDays: 3 } });
  const state = world('2027-01-01T00:00:00Z', { vaults: [vault('main')], resources, plans: [plan('p', [once])] });
  createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: TRUST });
  until(state, '2027-01-02T00:00:00Z');
  deleteRole(state, ENV, { RoleName: 'backup' });
  return state;
}

function statuses(state: WorldState, { arn }: StatefulResource): string[] {
  return state.pointsOf(arn).map(({ status }) => status);
}

function remove(state: WorldState, { arn }: StatefulResource): void {
  const [point] = state.pointsOf(arn);
  deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn ?? '' });
}

test('a deletion that the role lacks rights for answers as ever, and the point turns EXPIRED (vector 15, B5.1/1)', () => {
  const state = withoutRole(VOLUME);
  remove(state, VOLUME);
  expect(statuses(state, VOLUME)).toEqual(['EXPIRED']);
  expect(state.summary().recoveryPoints).toMatchObject({ live: 1, deleted: 0 });
  expect(state.pointsOf(VOLUME.arn)[0]?.whyUntil).toContain('AWS Backup was not permitted to delete it');
  const listed = listRecoveryPointsByBackupVault(state, ENV, { BackupVaultName: 'main' });
  expect(listed.RecoveryPoints?.map(({ Status }) => Status)).toEqual(['EXPIRED']);
  expect(() => deleteBackupVault(state, ENV, { BackupVaultName: 'main' })).toThrow('contains recovery points');
});

test('so does one whose lifecycle ends, within 8 hours after its time, and nothing tries again (B5.1/1, B5.2/2)', () => {
  const state = until(withoutRole(VOLUME), '2027-01-04T05:00:00Z');
  expect(statuses(state, VOLUME)).toEqual(['COMPLETED']);
  until(state, '2027-01-04T13:10:00Z');
  expect(statuses(state, VOLUME)).toEqual(['EXPIRED']);
  createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: TRUST });
  until(state, '2027-03-01T00:00:00Z');
  expect(statuses(state, VOLUME)).toEqual(['EXPIRED']);
  expect(state.events().filter(({ what }) => what === 'EXPIRED')).toHaveLength(1);
});

test('a point that a call left EXPIRED is not tried again when its lifecycle ends (B5.1/1)', () => {
  const state = withoutRole(VOLUME);
  remove(state, VOLUME);
  createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: TRUST });
  until(state, '2027-03-01T00:00:00Z');
  expect(statuses(state, VOLUME)).toEqual(['EXPIRED']);
});

test('a point goes back to the role of its selection, though the selection and the plan are gone (B5.1/1, B5.2/8)', () => {
  const state = withoutRole(VOLUME);
  const [{ BackupPlanId = '' } = {}] = listBackupPlans(state, ENV, {}).BackupPlansList ?? [];
  const [{ SelectionId } = {}] = listBackupSelections(state, ENV, { BackupPlanId }).BackupSelectionsList ?? [];
  deleteBackupSelection(state, ENV, { BackupPlanId, SelectionId });
  deleteBackupPlan(state, ENV, { BackupPlanId });
  remove(state, VOLUME);
  expect(statuses(state, VOLUME)).toEqual(['EXPIRED']);
});

test('who has the role back deletes it by hand', () => {
  const state = withoutRole(VOLUME);
  remove(state, VOLUME);
  createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: TRUST });
  remove(state, VOLUME);
  expect(statuses(state, VOLUME)).toEqual([]);
});

test('a copy in another account goes by the service-linked role there, whatever became of the role that copied (B12)', () => {
  const env = { ...ENV, account: '444455556666' };
  const lifecycle = { deleteAfterDays: 3 };
  const copyActions = [{ destinationBackupVaultArn: vaultArn('central', env), lifecycle }];
  const once = rule('once', { scheduleExpression: 'cron(0 5 1 1 ? 2027)', lifecycle, copyActions });
  const open = { Effect: 'Allow', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*' };
  const central = vault('central', { env, accessPolicy: { Version: '2012-10-17', Statement: [open] } });
  const estate = { vaults: [vault('main'), central], resources: [VOLUME], plans: [plan('p', [once])] };
  const state = world('2027-01-01T00:00:00Z', estate);
  createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: TRUST });
  until(state, '2027-01-02T00:00:00Z');
  expect(statuses(state, VOLUME)).toEqual(['COMPLETED', 'COMPLETED']);
  deleteRole(state, ENV, { RoleName: 'backup' });
  until(state, '2027-01-05T00:00:00Z');
  const left = state.pointsOf(VOLUME.arn).map(({ status, backupVaultArn }) => [status, backupVaultArn]);
  expect(left).toEqual([['EXPIRED', vaultArn('main')]]);
});

test('services other than EBS and EC2 are deleted by the service-linked role, whatever became of the role that backed up', () => {
  const state = until(withoutRole(FS), '2027-01-05T00:00:00Z');
  expect(statuses(state, FS)).toEqual([]);
});
