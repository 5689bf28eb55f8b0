import { BackupSignal, BackupSignalGroup } from '@holdfast/model';
import { COPIES, HAPPENED, Happened, VAULT } from '../support/backup-events';
import { matchesPattern } from '../../engine/src/domain/event-pattern';

const OTHER = { backupVaultArns: [`${COPIES}2`], backupVaultNames: ['other'] };
const PRIMARY = { backupVaultArns: [VAULT], backupVaultNames: ['primary'] };

function matched(signal: BackupSignal, scope: object): string[] {
  const pattern = signal.eventPattern(scope) as Record<string, unknown>;
  return Object.keys(HAPPENED).filter((name) => matchesPattern(pattern, HAPPENED[name as Happened]));
}

// prettier-ignore
test.each<[signal: BackupSignal, happened: Happened[]]>([
  [BackupSignal.BACKUP_JOBS_WITH_ISSUES,     ['backup job completed with issues']],
  [BackupSignal.NO_BACKUP_JOB_SUCCEEDED,     ['backup job completed', 'backup job completed, message empty', 'backup job completed with issues']],
  [BackupSignal.NO_COPY_JOB_SUCCEEDED,       ['copy job completed']],
  [BackupSignal.VAULT_LOCK_CHANGED,          ['lock put', 'lock removed']],
  [BackupSignal.VAULT_ACCESS_POLICY_CHANGED, ['access policy put']],
  [BackupSignal.VAULT_NOTIFICATIONS_CHANGED, ['notifications removed']],
  [BackupSignal.RECOVERY_POINTS_REMOVED,     ['recovery point deletion']],
  [BackupSignal.REMOVAL_DENIED,              ['lock removal denied', 'recovery point deletion denied']],
  [BackupSignal.THREATS_FOUND,               ['scan found threats']],
])('a signal comes from its events, of its vaults: %#', (signal, happened) => {
  expect(matched(signal, {})).toEqual(happened);
  expect(matched(signal, PRIMARY)).toEqual(happened);
  expect(matched(signal, OTHER)).toEqual([]);
});

test('anything that succeeded ends the silence: backups into the vault and copies into it, not from it', () => {
  const backups = ['backup job completed', 'backup job completed, message empty', 'backup job completed with issues'];
  expect(matched(BackupSignal.NOTHING_SUCCEEDED, {})).toEqual([...backups, 'copy job completed']);
  expect(matched(BackupSignal.NOTHING_SUCCEEDED, PRIMARY)).toEqual(backups);
  expect(matched(BackupSignal.NOTHING_SUCCEEDED, { backupVaultArns: [COPIES] })).toEqual(['copy job completed']);
  expect(matched(BackupSignal.NOTHING_SUCCEEDED, OTHER)).toEqual([]);
});

test('a change of plans is of no vault', () => {
  expect(matched(BackupSignal.PLAN_CHANGED, OTHER)).toEqual(['plan update', 'selection deletion']);
});

test('a signal comes from metrics or from events; silence from either', () => {
  const [metrics, events, either] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const signal of BackupSignal.all()) {
    const counted = signal.failures.length + signal.successes.length > 0;
    const told = signal.eventPattern() !== undefined;
    (counted && told ? either : counted ? metrics : events).add(signal.id);
    expect(counted || told).toBe(true);
  }
  expect([...either]).toEqual(['NothingSucceeded', 'NoBackupJobSucceeded', 'NoCopyJobSucceeded']);
  expect(metrics.size).toBe(5);
  expect(events.size).toBe(8);
});

test('what takes protection away is an incident of its own', () => {
  const protection = BackupSignal.all().filter(({ group }) => group === BackupSignalGroup.PROTECTION);
  expect(protection.map(({ id }) => id)).toEqual([
    'VaultLockChanged',
    'VaultAccessPolicyChanged',
    'RecoveryPointsRemoved',
    'RemovalDenied',
    'ThreatsFound',
    'VaultNotificationsChanged',
    'PlanChanged',
  ]);
});

test('deployments set off no signal of the defaults, and ids are unique', () => {
  const ids = BackupSignal.all().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const left = ids.filter((id) => !BackupSignal.defaults().some((signal) => signal.id === id));
  expect(left).toEqual(['NoBackupJobSucceeded', 'NoCopyJobSucceeded', 'VaultNotificationsChanged', 'PlanChanged']);
});
