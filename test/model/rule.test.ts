import { BackupRule, BackupRuleRules } from '@holdfast/model';
import { many, PLAIN, Row, rule, tagsOf, testRows, vaultArn } from './rows';

const HOURLY = 'cron(0 * ? * * *)';
const DAILY = 'cron(0 5 ? * * *)';
const WEEKLY = 'cron(0 5 ? * SUN *)';
const MONTHLY = 'cron(0 5 1 * ? *)';
const RARE = 'cron(0 5 1 1 ? 2028,2031)';
const ONCE = 'cron(0 5 1 1 ? 2028)';
const WORKDAYS = 'cron(0 5 ? * MON-FRI *)';
const continuous = (deleteAfterDays?: number, scheduleExpression = DAILY): Partial<BackupRule> => ({
  enableContinuousBackup: true,
  scheduleExpression,
  lifecycle: { deleteAfterDays },
});
const kept = (deleteAfterDays: number, scheduleExpression: string): Partial<BackupRule> => ({
  scheduleExpression,
  lifecycle: { deleteAfterDays },
});
const archived = (scheduleExpression: string, moveToColdStorageAfterDays = 30): Partial<BackupRule> => ({
  scheduleExpression,
  lifecycle: { moveToColdStorageAfterDays, optInToArchiveForSupportedResources: true },
});
const copies = (count: number) => many(count, (i) => ({ destinationBackupVaultArn: vaultArn(`copy${i}`) }));
const copied = (deleteAfterDays: number | undefined, lifecycle: object): Partial<BackupRule> => ({
  lifecycle: { deleteAfterDays },
  copyActions: [{ destinationBackupVaultArn: vaultArn('copy'), lifecycle }],
});

// prettier-ignore
const ROWS: Row<Partial<BackupRule>>[] = [
  ['rule-name', 'fails',  { ruleName: '' },              'rules[0].ruleName', 'an empty name'],
  ['rule-name', 'passes', { ruleName: 'a' }],
  ['rule-name', 'passes', { ruleName: 'A.z-0_'.padEnd(50, 'a') }],
  ['rule-name', 'fails',  { ruleName: 'a'.repeat(51) },  'rules[0].ruleName', `51 characters: ${'a'.repeat(51)}`],
  ['rule-name', 'fails',  { ruleName: 'my rule' },       'rules[0].ruleName', 'my rule'],
  ['rule-target-vault-name', 'fails',  { targetBackupVaultName: 'a' },            'rules[0].targetBackupVaultName', 'a'],
  ['rule-target-vault-name', 'passes', { targetBackupVaultName: 'ab' }],
  ['rule-target-vault-name', 'passes', { targetBackupVaultName: 'a'.repeat(50) }],
  ['rule-target-vault-name', 'fails',  { targetBackupVaultName: 'a'.repeat(51) }, 'rules[0].targetBackupVaultName', `51 characters: ${'a'.repeat(51)}`],
  ['rule-air-gapped-target-arn', 'passes', { targetLogicallyAirGappedBackupVaultArn: vaultArn('gapped') }],
  ['rule-air-gapped-target-arn', 'fails',  { targetLogicallyAirGappedBackupVaultArn: 'gapped' }, 'rules[0].targetLogicallyAirGappedBackupVaultArn', 'gapped'],

  // Vector 2 of the reference.
  ['rule-start-window',      'fails',  { startWindowMinutes: 59 },            'rules[0].startWindowMinutes', '59'],
  ['rule-start-window',      'passes', { startWindowMinutes: 60 }],
  ['rule-start-window',      'passes', { startWindowMinutes: 52560000 }],
  ['rule-start-window',      'fails',  { startWindowMinutes: 52560001 },      'rules[0].startWindowMinutes', '52560001'],
  ['rule-start-window',      'fails',  { startWindowMinutes: 60.5 },          'rules[0].startWindowMinutes', '60.5'],
  ['rule-start-window',      'passes', { startWindowMinutes: undefined }],
  ['rule-completion-window', 'fails',  { completionWindowMinutes: 0 },        'rules[0].completionWindowMinutes', '0'],
  ['rule-completion-window', 'passes', { completionWindowMinutes: 1 }],
  ['rule-completion-window', 'passes', { completionWindowMinutes: 52560000 }],
  ['rule-completion-window', 'fails',  { completionWindowMinutes: 52560001 }, 'rules[0].completionWindowMinutes', '52560001'],
  ['rule-completion-after-start', 'fails',  { startWindowMinutes: 120, completionWindowMinutes: 120 }, 'rules[0].completionWindowMinutes', '120 minutes'],
  ['rule-completion-after-start', 'passes', { startWindowMinutes: 120, completionWindowMinutes: 121 }],
  ['rule-completion-after-start', 'fails',  { startWindowMinutes: undefined, completionWindowMinutes: 480 }, 'rules[0].completionWindowMinutes', '480 minutes'],
  ['rule-start-window-gap',  'passes', { startWindowMinutes: 60, scheduleExpression: HOURLY }],
  ['rule-start-window-gap',  'fails',  { startWindowMinutes: 61, scheduleExpression: HOURLY },        'rules[0].startWindowMinutes', '61 minutes'],
  ['rule-start-window-gap',  'fails',  { startWindowMinutes: undefined, scheduleExpression: HOURLY }, 'rules[0].startWindowMinutes', '480, the default'],
  ['rule-start-window-gap',  'passes', { startWindowMinutes: 1440, scheduleExpression: DAILY }],
  ['rule-start-window-gap',  'fails',  { startWindowMinutes: 1441, scheduleExpression: DAILY },       'rules[0].startWindowMinutes', '1441 minutes'],

  ['rule-copy-actions',        'passes', { copyActions: copies(5) }],
  ['rule-copy-actions',        'fails',  { copyActions: copies(6) },           'rules[0].copyActions', '6'],
  ['rule-recovery-point-tags', 'passes', { recoveryPointTags: tagsOf(10) }],
  ['rule-recovery-point-tags', 'fails',  { recoveryPointTags: tagsOf(11) },    'rules[0].recoveryPointTags', '11'],
  ['rule-index-actions',       'passes', { indexActions: ['EBS'] }],
  ['rule-index-actions',       'fails',  { indexActions: ['EBS', 'S3'] },      'rules[0].indexActions', '2'],
  ['rule-index-none',          'passes', { indexActions: ['EBS'] }],
  ['rule-index-none',          'passes', { indexActions: undefined }],
  ['rule-index-none',          'fails',  { indexActions: [] },               'rules[0].indexActions', '0 services'],
  ['rule-index-service',       'passes', { indexActions: ['S3'] }],
  ['rule-index-service',       'fails',  { indexActions: ['EFS'] },            'rules[0].indexActions[0]', 'EFS'],
  ['rule-index-air-gapped',    'passes', { indexActions: ['S3'] }],
  ['rule-index-air-gapped',    'fails',  { indexActions: ['S3'], targetLogicallyAirGappedBackupVaultArn: vaultArn('gapped') }, 'rules[0].indexActions', 'S3 with targetLogicallyAirGappedBackupVaultArn'],

  // Vector 4 of the reference.
  ['rule-continuous-retention', 'passes', continuous(35)],
  ['rule-continuous-retention', 'fails',  continuous(36),  'rules[0].lifecycle.deleteAfterDays', '36 days'],
  ['rule-continuous-retention', 'fails',  continuous(),    'rules[0].lifecycle.deleteAfterDays', 'none, which keeps for ever'],
  ['rule-continuous-retention', 'fails',  continuous(-1),  'rules[0].lifecycle.deleteAfterDays', '-1, which keeps for ever'],
  ['rule-continuous-retention', 'fails',  { enableContinuousBackup: true }, 'rules[0].lifecycle.deleteAfterDays', 'none, which keeps for ever'],
  ['rule-continuous-retention', 'passes', kept(36, DAILY)],
  ['rule-continuous-cold',      'fails',  { enableContinuousBackup: true, lifecycle: { moveToColdStorageAfterDays: 7, deleteAfterDays: 97 } }, 'rules[0].lifecycle.moveToColdStorageAfterDays', '7 days'],
  ['rule-continuous-cold',      'passes', { enableContinuousBackup: true, lifecycle: { moveToColdStorageAfterDays: -1, deleteAfterDays: 35 } }],
  ['rule-continuous-cold',      'passes', { lifecycle: { moveToColdStorageAfterDays: 7, deleteAfterDays: 97 } }],
  ['copy-action-of-continuous', 'fails',  { ...continuous(35), copyActions: copies(2) }, 'rules[0].copyActions', '2 copies of a rule with enableContinuousBackup'],
  ['copy-action-of-continuous', 'passes', { copyActions: copies(2) }],
  ['copy-action-of-continuous', 'passes', continuous(35)],
  ['rule-continuous-gap',       'fails',  continuous(1),          'rules[0].lifecycle.deleteAfterDays', '1 day'],
  ['rule-continuous-gap',       'passes', continuous(2)],
  ['rule-continuous-gap',       'fails',  continuous(7, WEEKLY),  'rules[0].lifecycle.deleteAfterDays', '7 days'],
  ['rule-continuous-gap',       'passes', continuous(8, WEEKLY)],
  ['rule-retention-gap',        'fails',  kept(30, MONTHLY),      'rules[0].lifecycle.deleteAfterDays', '30 days'],
  ['rule-retention-gap',        'passes', kept(31, MONTHLY)],
  ['rule-retention-gap',        'fails',  kept(2, WORKDAYS),      'rules[0].lifecycle.deleteAfterDays', '2 days'],
  ['rule-retention-gap',        'passes', kept(3, WORKDAYS)],
  ['rule-retention-gap',        'passes', kept(1, DAILY)],
  ['rule-retention-gap',        'passes', { ...kept(1, DAILY), scheduleExpressionTimezone: 'Europe/Berlin' }],
  ['rule-retention-gap',        'passes', { scheduleExpression: MONTHLY }],
  // Two runs in all, three years apart.
  ['rule-retention-gap',        'fails',  kept(1095, RARE),       'rules[0].lifecycle.deleteAfterDays', '1095 days'],
  ['rule-retention-gap',        'passes', kept(1096, RARE)],
  ['rule-retention-gap',        'passes', kept(1, ONCE)],
  ['rule-archive-frequency',    'passes', archived(MONTHLY)],
  ['rule-archive-frequency',    'fails',  archived(HOURLY), 'rules[0].scheduleExpression', 'cron(0 * ? * * *), runs as little as 60 minutes apart'],
  ['rule-archive-frequency',    'fails',  archived('cron(0 0/2 ? * * *)'), 'rules[0].scheduleExpression', 'cron(0 0/2 ? * * *), runs as little as 2 hours apart'],
  ['rule-archive-frequency',    'fails',  archived(WEEKLY), 'rules[0].scheduleExpression', 'cron(0 5 ? * SUN *), runs as little as 7 days apart'],
  ['rule-archive-frequency',    'passes', { scheduleExpression: WEEKLY, lifecycle: { moveToColdStorageAfterDays: 30 } }],
  ['rule-archive-frequency',    'passes', archived(WEEKLY, -1)],

  ['copy-action-keep-for-ever', 'fails',  copied(35, { deleteAfterDays: -1 }),        'rules[0].copyActions[0].lifecycle.deleteAfterDays', '-1 where the source is deleted after 35 days'],
  ['copy-action-keep-for-ever', 'passes', copied(35, { deleteAfterDays: 36500 })],
  ['copy-action-keep-for-ever', 'passes', copied(undefined, { deleteAfterDays: -1 })],
  ['copy-action-cold-gap',      'fails',  copied(119, { moveToColdStorageAfterDays: 30 }), 'rules[0].copyActions[0].lifecycle.moveToColdStorageAfterDays', '30 days'],
  ['copy-action-cold-gap',      'passes', copied(120, { moveToColdStorageAfterDays: 30 })],
  ['copy-action-cold-gap',      'passes', copied(35, { moveToColdStorageAfterDays: 30, deleteAfterDays: 120 })],
  ['copy-action-same-destination', 'passes', { copyActions: copies(2) }],
  ['copy-action-same-destination', 'fails',  { copyActions: [...copies(2), ...copies(1)] }, 'rules[0].copyActions[2].destinationBackupVaultArn', `${vaultArn('copy0')} twice`],
  ['copy-action-destination-arn',  'passes', { copyActions: copies(1) }],
  ['copy-action-destination-arn',  'fails',  { copyActions: [{ destinationBackupVaultArn: 'copy' }] }, 'rules[0].copyActions[0].destinationBackupVaultArn', 'copy'],
  ['copy-action-destination-arn',  'fails',  { copyActions: [{ destinationBackupVaultArn: vaultArn('copy').replace('backup-vault', 'vault') }] }, 'rules[0].copyActions[0].destinationBackupVaultArn', vaultArn('copy').replace('backup-vault', 'vault')],
  ['lifecycle-cold-gap',           'fails',  copied(35, { moveToColdStorageAfterDays: 30, deleteAfterDays: 60 }), 'rules[0].copyActions[0].lifecycle.deleteAfterDays', '60'],
  ['lifecycle-cold-gap',           'fails',  { lifecycle: { moveToColdStorageAfterDays: 30, deleteAfterDays: 60 } }, 'rules[0].lifecycle.deleteAfterDays', '60'],
  ['schedule-over',                'passes', { scheduleExpression: 'cron(0 5 1 1 ? 2025-2026)' }],
  ['schedule-over',                'fails',  { scheduleExpression: 'cron(0 5 1 1 ? 2020-2025)' }, 'rules[0].scheduleExpression', 'cron(0 5 1 1 ? 2020-2025)'],
  ['schedule-cron-form',           'fails',  { scheduleExpression: 'rate(1 day)' }, 'rules[0].scheduleExpression', 'rate(1 day)'],
];

testRows((over) => BackupRuleRules.check(rule(over), 'rules[0]', PLAIN), ROWS);

test('a rule with nothing but a name and a vault has no finding', () => {
  expect(BackupRuleRules.check({ ruleName: 'daily', targetBackupVaultName: 'main' }, '', PLAIN)).toEqual([]);
});

// prettier-ignore
test.each([
  [WEEKLY,                   'Etc/UTC',       '7 days'],
  // The end of daylight saving makes that week an hour longer.
  [WEEKLY,                   'Europe/Berlin', '7 days'],
  ['cron(0 0,12 ? * MON *)', 'Etc/UTC',       '156 hours'],
  ['cron(0 5 */2 * ? *)',    'Etc/UTC',       '2 days'],
])('names the time between the runs of %s in %s: %s', (scheduleExpression, scheduleExpressionTimezone, gap) => {
  const over = { ...kept(1, scheduleExpression), scheduleExpressionTimezone };
  const messages = BackupRuleRules.check(rule(over), '', PLAIN).map(({ message }) => message);
  expect(messages).toContain(
    `must be at least the ${gap} between two runs, or there are days without any recovery point and every backup is full, got 1 day`,
  );
});
