import {
  BackupEvent,
  BackupEventFilter,
  BackupEventPatterns,
  BackupEventRules,
  BackupEventSenders,
} from '@holdfast/model';
import { COPIES, HAPPENED, Happened, PLAN_ID, VAULT, VOLUME } from '../support/backup-events';
import { matchesPattern } from '../../engine/src/domain/event-pattern';
import { PLAIN, Row, testRows } from './rows';

interface Filtered {
  readonly kind: BackupEvent;
  readonly filter: BackupEventFilter;
}
const { BACKUP_JOB, COPY_JOB, RESTORE_JOB, RECOVERY_POINT, VAULT: OF_VAULT, PLAN, REGION_SETTING } = BackupEvent;
const backup = (filter: BackupEventFilter): Filtered => ({ kind: BACKUP_JOB, filter });
const restore = (filter: BackupEventFilter): Filtered => ({ kind: RESTORE_JOB, filter });
const copy = (filter: BackupEventFilter): Filtered => ({ kind: COPY_JOB, filter });

// prettier-ignore
const ROWS: Row<Filtered>[] = [
  ['event-state',         'passes', backup({ states: ['FAILED', 'EXPIRED'] })],
  ['event-state',         'fails',  backup({ states: ['FAILED', 'failed'] }), 'states[1]', 'failed'],
  ['event-state',         'fails',  copy({ states: ['EXPIRED'] }), 'states[0]', 'EXPIRED'],
  ['event-filter-empty',  'passes', backup({ backupVaultArns: [VAULT] })],
  ['event-filter-empty',  'fails',  backup({ backupVaultArns: [] }), 'backupVaultArns', '0'],
  ['event-filter-empty',  'fails',  backup({ states: [] }), 'states', '0'],
  ['event-filter',        'passes', backup({ backupVaultArns: [VAULT] })],
  ['event-filter',        'passes', backup({ states: ['FAILED'], backupPlanIds: [PLAN_ID] })],
  ['event-filter',        'fails',  backup({ states: ['CREATED', 'FAILED'], backupVaultArns: [VAULT] }), 'backupVaultArns', 'Backup Job State Change CREATED'],
  ['event-filter',        'passes', copy({ states: ['CREATED'], backupVaultArns: [VAULT] })],
  ['event-filter',        'fails',  copy({ states: ['CREATED'], resourceTypes: ['EBS'] }), 'resourceTypes', 'Copy Job State Change CREATED'],
  ['event-filter',        'passes', restore({ states: ['COMPLETED'], backupVaultArns: [VAULT], resourceArns: [VOLUME] })],
  ['event-filter',        'passes', restore({ states: ['FAILED'], resourceTypes: ['EBS'] })],
  ['event-filter',        'fails',  restore({ states: ['FAILED', 'ABORTED'], backupVaultArns: [VAULT] }), 'backupVaultArns', 'Restore Job State Change FAILED, ABORTED'],
  ['event-filter',        'fails',  restore({ states: ['RUNNING'], resourceArns: [VOLUME] }), 'resourceArns', 'Restore Job State Change RUNNING'],
  ['event-filter',        'fails',  restore({ backupPlanIds: [PLAN_ID] }), 'backupPlanIds', 'Restore Job State Change in every state'],
  ['event-filter',        'fails',  { kind: REGION_SETTING, filter: { backupVaultArns: [VAULT] } }, 'backupVaultArns', 'Region Setting State Change in every state'],
  ['event-filter',        'fails',  { kind: PLAN, filter: { resourceTypes: ['EBS'] } }, 'resourceTypes', 'Backup Plan State Change in every state'],
  ['event-resource-type', 'passes', backup({ resourceTypes: ['EBS', 'DynamoDB', 'SAP HANA on Amazon EC2'] })],
  ['event-resource-type', 'fails',  backup({ resourceTypes: ['EBS', 'ebs'] }), 'resourceTypes[1]', 'ebs'],
];

testRows(({ kind, filter }) => BackupEventRules.check(kind, filter, '', PLAIN), ROWS);

// prettier-ignore
const SENDERS: Row<BackupEventSenders>[] = [
  ['event-bus-sender', 'fails',  {}, 'organizationId', 'none'],
  ['event-bus-sender', 'fails',  { accounts: [] }, 'organizationId', 'none'],
  ['event-bus-sender', 'passes', { accounts: ['111122223333'] }],
  ['event-bus-sender', 'fails',  { accounts: ['111122223333', '11112222333'] }, 'accounts[1]', '11112222333'],
  ['event-bus-sender', 'passes', { organizationId: 'o-abcdefghij' }],
  ['event-bus-sender', 'fails',  { organizationId: 'o-abcdefghi' }, 'organizationId', 'o-abcdefghi'],
  ['event-bus-sender', 'fails',  { organizationId: 'ou-abcd-efghijkl' }, 'organizationId', 'ou-abcd-efghijkl'],
];

testRows((senders) => BackupEventRules.checkSenders(senders, '', PLAIN), SENDERS);

test('a list of kinds has at least one', () => {
  expect(BackupEventRules.checkKinds([BACKUP_JOB], 'kinds')).toEqual([]);
  expect(BackupEventRules.checkKinds([], 'kinds')[0]?.message).toBe('must be at least one value, or left out, got 0');
});

test('values that are known later are neither checked nor tripped over', () => {
  const later = { known: () => false };
  const filter = {
    states: ['?'],
    backupVaultArns: ['?'],
    resourceTypes: ['?'],
    resourceArns: ['?'],
    backupPlanIds: ['?'],
  };
  expect(BackupEventRules.check(BACKUP_JOB, filter, '', later)).toEqual([]);
  expect(BackupEventRules.checkSenders({ organizationId: '?', accounts: ['?'] }, '', later)).toEqual([]);
});

/** What a pattern matches of all that happened. */
function matched(pattern: Record<string, unknown>): string[] {
  return Object.keys(HAPPENED).filter((name) => matchesPattern(pattern, HAPPENED[name as Happened]));
}

const BY_PREFIX: readonly (readonly [kind: BackupEvent, prefix: RegExp])[] = [
  [BACKUP_JOB, /^backup job (?!stopped)/],
  [COPY_JOB, /^copy job/],
  [RESTORE_JOB, /^restore job/],
  [RECOVERY_POINT, /^recovery point (?!deletion)/],
  [OF_VAULT, /^vault (created|modified|locked|deleted)/],
  [PLAN, /^plan modified/],
  [REGION_SETTING, /^opt-in/],
  [BackupEvent.RECOVERY_POINT_INDEX, /^index/],
  [BackupEvent.SCAN_JOB, /^scan/],
];

test.each(BY_PREFIX)('a kind without a filter matches all of its events and no other: %#', (kind, prefix) => {
  const own = Object.keys(HAPPENED).filter((name) => prefix.test(name));
  expect(own.length).toBeGreaterThan(0);
  expect(matched(BackupEventPatterns.stateChange(kind))).toEqual(own);
});

test('every kind is in the list of kinds, under a detail type of its own', () => {
  expect(BY_PREFIX.map(([kind]) => kind)).toEqual(BackupEvent.all());
  expect(new Set(BackupEvent.all().map(({ detailType }) => detailType)).size).toBe(9);
});

// prettier-ignore
test.each<[kind: BackupEvent, filter: BackupEventFilter, happened: Happened[]]>([
  [BACKUP_JOB,     { states: ['FAILED', 'EXPIRED'] },        ['backup job failed', 'backup job expired']],
  [BACKUP_JOB,     { states: ['CREATED'] },                  ['backup job created']],
  [COPY_JOB,       { states: ['FAILED'] },                   ['copy job failed']],
  [RESTORE_JOB,    { states: ['FAILED'] },                   ['restore job failed']],
  [RESTORE_JOB,    { states: ['CREATED'] },                  ['restore job created']],
  [RESTORE_JOB,    { states: ['CREATED', 'FAILED'] },        ['restore job created', 'restore job failed']],
  [RECOVERY_POINT, { states: ['EXPIRED'] },                  ['recovery point expired']],
  [OF_VAULT,       { states: ['DELETED'] },                  ['vault deleted']],
  [BackupEvent.RECOVERY_POINT_INDEX, { states: ['FAILED'] }, ['index failed']],
  [BackupEvent.SCAN_JOB,             { states: ['FAILED'] }, ['scan failed']],
])('the state is asked for where the event keeps it: %#', (kind, filter, happened) => {
  expect(matched(BackupEventPatterns.stateChange(kind, filter))).toEqual(happened);
});

// prettier-ignore
test.each<[kind: BackupEvent, yes: BackupEventFilter, no: BackupEventFilter, happened: Happened]>([
  [BACKUP_JOB,     { backupVaultArns: [VAULT] },          { backupVaultArns: [COPIES] },   'backup job failed'],
  [BACKUP_JOB,     { backupPlanIds: ['other', PLAN_ID] }, { backupPlanIds: ['other'] },    'backup job failed'],
  [BACKUP_JOB,     { resourceTypes: ['EBS'] },            { resourceTypes: ['RDS'] },      'backup job failed'],
  [BACKUP_JOB,     { resourceArns: [VOLUME] },            { resourceArns: [`${VOLUME}1`] }, 'backup job failed'],
  [COPY_JOB,       { backupVaultArns: [VAULT] },          { backupVaultArns: ['other'] },  'copy job created'],
  [COPY_JOB,       { backupVaultArns: [COPIES] },         { backupVaultArns: ['other'] },  'copy job failed'],
  [COPY_JOB,       { backupPlanIds: [PLAN_ID] },          { backupPlanIds: ['other'] },    'copy job failed'],
  [RESTORE_JOB,    { backupVaultArns: [VAULT] },          { backupVaultArns: [COPIES] },   'restore job completed'],
  [RESTORE_JOB,    { resourceArns: [VOLUME] },            { resourceArns: ['other'] },     'restore job completed'],
  [RECOVERY_POINT, { backupVaultArns: [VAULT] },          { backupVaultArns: [COPIES] },   'recovery point expired'],
  [RECOVERY_POINT, { backupPlanIds: [PLAN_ID] },          { backupPlanIds: ['other'] },    'recovery point expired'],
  [OF_VAULT,       { backupVaultArns: [VAULT] },          { backupVaultArns: [COPIES] },   'vault deleted'],
  [PLAN,           { backupPlanIds: [PLAN_ID] },          { backupPlanIds: ['other'] },    'plan modified'],
  [BackupEvent.RECOVERY_POINT_INDEX, { resourceArns: [VOLUME] }, { resourceArns: ['other'] }, 'index failed'],
  [BackupEvent.SCAN_JOB,             { backupVaultArns: [VAULT] }, { backupVaultArns: [COPIES] }, 'scan failed'],
])('a filter is asked for where the event keeps it: %#', (kind, yes, no, happened) => {
  expect(matched(BackupEventPatterns.stateChange(kind, yes))).toContain(happened);
  expect(matched(BackupEventPatterns.stateChange(kind, no))).not.toContain(happened);
});

test('members of a filter are all asked', () => {
  const filter = { states: ['FAILED'], backupVaultArns: [COPIES], resourceTypes: ['EBS'], backupPlanIds: [PLAN_ID] };
  expect(matched(BackupEventPatterns.stateChange(COPY_JOB, filter))).toEqual(['copy job failed']);
  const other = { ...filter, resourceTypes: ['RDS'] };
  expect(matched(BackupEventPatterns.stateChange(COPY_JOB, other))).toEqual([]);
});

// prettier-ignore
test.each<[what: string, pattern: Record<string, unknown>, happened: Happened[]]>([
  ['completed with issues',  BackupEventPatterns.completedWithIssues(),                                ['backup job completed with issues']],
  ['… of a vault',           BackupEventPatterns.completedWithIssues({ backupVaultArns: [VAULT] }),    ['backup job completed with issues']],
  ['… of another vault',     BackupEventPatterns.completedWithIssues({ backupVaultArns: [COPIES] }),   []],
  ['threats found',          BackupEventPatterns.threatsFound(),                                       ['scan found threats']],
  ['… of a resource type',   BackupEventPatterns.threatsFound({ resourceTypes: ['S3'] }),              []],
  ['vault locked',           BackupEventPatterns.vaultLocked({ backupVaultArns: [VAULT] }),            ['vault locked']],
])('%s', (_, pattern, happened) => {
  expect(matched(pattern)).toEqual(happened);
});

test('every kind of a filter and state that the rules let pass matches an event that can be', () => {
  for (const kind of BackupEvent.all()) {
    for (const state of kind.states) {
      const filter = { states: [state], backupVaultArns: [VAULT] };
      if (BackupEventRules.check(kind, filter, '', PLAIN).length > 0) {
        continue;
      }
      const detail = { [kind.stateKey(state)]: state, backupVaultArn: VAULT, sourceBackupVaultArn: VAULT };
      const happened = { source: 'aws.backup', 'detail-type': kind.detailType, resources: [VAULT], detail };
      expect(matchesPattern(BackupEventPatterns.stateChange(kind, filter), happened)).toBe(true);
    }
  }
});

test('the samples have no member that the catalogue does not know', () => {
  for (const happened of Object.values(HAPPENED)) {
    const kind = BackupEvent.all().find(({ detailType }) => detailType === happened['detail-type']);
    const unknown = Object.keys(happened.detail as object).filter((key) => kind && !kind.detailKeys.includes(key));
    expect(unknown).toEqual([]);
  }
});
