import type { Change } from '../../../engine/src/domain/changes';
import { updateRecoveryPointLifecycle } from '../../../engine/src/operations/backup/update-recovery-point-lifecycle';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { putBackupVaultLockConfiguration } from '../../../engine/src/operations/backup/put-backup-vault-lock-configuration';
import { deleteBackupVaultLockConfiguration } from '../../../engine/src/operations/backup/delete-backup-vault-lock-configuration';
import { updateRegionSettings } from '../../../engine/src/operations/backup/update-region-settings';
import { createBackupVault } from '../../../engine/src/operations/backup/create-backup-vault';
import { deleteBackupVault } from '../../../engine/src/operations/backup/delete-backup-vault';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { DAY, ENV, plan, resource, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const DAILY = 'cron(0 5 * * ? *)';
const DATA = [resource('dynamodb-advanced', 'orders')];

/** What a World tells, one line for each change. */
function listen(state: WorldState): string[] {
  const heard: string[] = [];
  state.ledger.observers.add((change) => heard.push(textOf(change)));
  return heard;
}

function textOf(change: Change): string {
  switch (change.kind) {
    case 'recovery-point':
      return `recovery-point ${change.status}`;
    case 'region-setting':
      return `region-setting ${JSON.stringify(change.resourceTypeOptInPreference)}`;
    case 'backup-job':
    case 'copy-job':
    case 'vault':
    case 'plan':
      return `${change.kind} ${change.state}`;
    default:
      return change.kind;
  }
}

test('a backup and its copy tell each of their states, points before the jobs that made them (B14.1/1)', () => {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('copies'), lifecycle: { deleteAfterDays: 100 } }];
  const rules = [rule('daily', { scheduleExpression: DAILY, lifecycle: { deleteAfterDays: 2 }, copyActions })];
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('copies')],
    resources: DATA,
    plans: [plan('p', rules)],
  });
  const heard = listen(state);
  until(state, '2027-01-01T12:00:00Z');
  expect(heard).toEqual([
    ...['backup-job CREATED', 'backup-job PENDING', 'backup-job RUNNING'],
    ...['recovery-point COMPLETED', 'backup-job COMPLETED'],
    ...['copy-job CREATED', 'copy-job RUNNING', 'recovery-point COMPLETED', 'copy-job COMPLETED'],
  ]);
  heard.length = 0;
  until(state, '2027-01-03T14:00:00Z');
  expect(heard.filter((line) => line === 'recovery-point DELETED')).toHaveLength(1);
});

test('a job that fails or waits at once tells that it was CREATED, and once (B14.1/1)', () => {
  const rules = [rule('nowhere', { targetBackupVaultName: 'missing', scheduleExpression: DAILY })];
  const state = world('2027-01-01', { resources: DATA, plans: [plan('p', rules)] });
  const heard = listen(state);
  until(state, '2027-01-01T12:00:00Z');
  expect(heard).toEqual(['backup-job CREATED', 'backup-job FAILED']);

  const twice = world('2027-01-01', {
    vaults: [vault('main')],
    resources: [resource('dynamodb-advanced', 'orders')],
    plans: ['a', 'b'].map((name) => plan(name, [rule('daily', { scheduleExpression: DAILY })])),
  });
  const both = listen(twice);
  until(twice, '2027-01-01T05:00:01Z');
  expect(both).toEqual(['backup-job CREATED', 'backup-job PENDING', 'backup-job CREATED']);
});

test('what callers change is told: lifecycle, deletion, lock, opt-in, vaults (B14.1/1, B14.1/5)', () => {
  const rules = [rule('daily', { scheduleExpression: DAILY })];
  const state = world('2027-01-01', { vaults: [vault('main')], resources: DATA, plans: [plan('p', rules)] });
  until(state, '2027-01-01T12:00:00Z');
  const heard = listen(state);
  const [point] = state.pointsOf(DATA[0]!.arn);
  const named = { BackupVaultName: 'main', RecoveryPointArn: point!.recoveryPointArn };
  updateRecoveryPointLifecycle(state, ENV, { ...named, Lifecycle: { DeleteAfterDays: 50 } });
  deleteRecoveryPoint(state, ENV, named);
  putBackupVaultLockConfiguration(state, ENV, { BackupVaultName: 'main', MinRetentionDays: 7 });
  deleteBackupVaultLockConfiguration(state, ENV, { BackupVaultName: 'main' });
  updateRegionSettings(state, ENV, { ResourceTypeOptInPreference: { Aurora: true } });
  createBackupVault(state, ENV, { BackupVaultName: 'other' });
  deleteBackupVault(state, ENV, { BackupVaultName: 'other' });
  expect(heard).toEqual([
    ...['recovery-point MODIFIED', 'recovery-point DELETED', 'vault MODIFIED', 'vault MODIFIED'],
    ...['region-setting {"Aurora":true}', 'vault CREATED', 'vault DELETED'],
  ]);
});

test('listening changes nothing of what happens', () => {
  const estate = () => ({
    vaults: [vault('main')],
    resources: DATA,
    plans: [plan('p', [rule('daily', { scheduleExpression: DAILY, lifecycle: { deleteAfterDays: 3 } })])],
  });
  const quiet = world('2027-01-01', estate());
  const heard = world('2027-01-01', estate());
  listen(heard);
  for (const state of [quiet, heard]) {
    state.runUntil(state.now + 30 * DAY);
  }
  expect(quiet.ledger.observers.listening).toBe(false);
  expect(heard.digest()).toBe(quiet.digest());
});
