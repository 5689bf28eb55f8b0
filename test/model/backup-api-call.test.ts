import * as backup from '@aws-sdk/client-backup';
import {
  BackupApiCall,
  BackupApiCallFilter,
  BackupApiCallOutcome,
  BackupApiCallPatterns,
  BackupApiCallRules,
} from '@holdfast/model';
import { HAPPENED, Happened, PLAN_ID } from '../support/backup-events';
import { matchesPattern } from '../../engine/src/domain/event-pattern';
import { PLAIN, Row, testRows } from './rows';

interface Filtered {
  readonly calls: BackupApiCall[];
  readonly filter: BackupApiCallFilter;
}
const { VAULT_LOCK, LEGAL_HOLD, PLAN, SELECTION, RECOVERY_POINT_REMOVAL } = BackupApiCall;

// prettier-ignore
const ROWS: Row<Filtered>[] = [
  ['event-filter',       'passes', { calls: [VAULT_LOCK], filter: { backupVaultNames: ['primary'] } }],
  ['event-filter',       'fails',  { calls: [VAULT_LOCK, LEGAL_HOLD], filter: { backupVaultNames: ['primary'] } }, 'backupVaultNames', 'CreateLegalHold, CancelLegalHold'],
  ['event-filter',       'passes', { calls: [PLAN, SELECTION], filter: { backupPlanIds: [PLAN_ID] } }],
  ['event-filter',       'fails',  { calls: [VAULT_LOCK], filter: { backupPlanIds: [PLAN_ID] } }, 'backupPlanIds', 'PutBackupVaultLockConfiguration, DeleteBackupVaultLockConfiguration'],
  ['event-filter-empty', 'fails',  { calls: [VAULT_LOCK], filter: { backupVaultNames: [] } }, 'backupVaultNames', '0'],
  ['event-filter-empty', 'passes', { calls: [VAULT_LOCK], filter: {} }],
];

testRows(({ calls, filter }) => BackupApiCallRules.check(calls, filter, '', PLAIN), ROWS);

function matched(calls: BackupApiCall[], filter?: BackupApiCallFilter): string[] {
  const pattern = BackupApiCallPatterns.of(calls, filter) as Record<string, unknown>;
  return Object.keys(HAPPENED).filter((name) => matchesPattern(pattern, HAPPENED[name as Happened]));
}

// prettier-ignore
test.each<[calls: BackupApiCall, happened: Happened[]]>([
  [VAULT_LOCK,                        ['lock put', 'lock removed']],
  [BackupApiCall.VAULT_ACCESS_POLICY, ['access policy put']],
  [BackupApiCall.VAULT_NOTIFICATIONS, ['notifications removed']],
  [BackupApiCall.VAULT,               ['vault deletion']],
  [PLAN,                              ['plan update']],
  [SELECTION,                         ['selection deletion']],
  [LEGAL_HOLD,                        ['legal hold cancelled']],
  [RECOVERY_POINT_REMOVAL,            ['recovery point deletion']],
  [BackupApiCall.JOB_STOP,            ['backup job stopped']],
  [BackupApiCall.SETTINGS,            ['region settings updated']],
])('calls that succeeded match the kind that they are of: %#', (calls, happened) => {
  expect(matched([calls])).toEqual(happened);
});

test('every kind is in the list of kinds', () => {
  expect(matched(BackupApiCall.all()).length).toBe(11);
});

test('calls that were denied are told from those that succeeded', () => {
  const denied = ['lock removal denied', 'recovery point deletion denied'];
  expect(matched(BackupApiCall.all(), { outcome: BackupApiCallOutcome.DENIED })).toEqual(denied);
  expect(matched([VAULT_LOCK], { outcome: BackupApiCallOutcome.ANY })).toEqual([
    'lock put',
    'lock removed',
    'lock removal denied',
  ]);
});

test('calls are told apart by vault and by plan', () => {
  expect(matched([RECOVERY_POINT_REMOVAL], { backupVaultNames: ['primary'] })).toEqual(['recovery point deletion']);
  expect(matched([RECOVERY_POINT_REMOVAL], { backupVaultNames: ['other'] })).toEqual([]);
  expect(matched([PLAN, SELECTION], { backupPlanIds: [PLAN_ID] })).toEqual(['plan update', 'selection deletion']);
  expect(matched([PLAN, SELECTION], { backupPlanIds: ['other'] })).toEqual([]);
});

test('every operation is one of the API', () => {
  const unknown = BackupApiCall.all()
    .flatMap(({ operations }) => operations)
    .filter((operation) => !(`${operation}Command` in backup));
  expect(unknown).toEqual([]);
});
