import { DeployRefusal, World } from '@holdfast/engine';
import {
  BackupPlan,
  BackupRule,
  BackupSelection,
  Effect,
  Estate,
  EstateRules,
  PlainValues,
  RuleCatalog,
  ScanAction,
  ScanSetting,
} from '@holdfast/model';
import { nounOf } from '../../../tools/generate-rules-table';
import { airGapped, ENV, many, plan, rule, selection, tagsOf, vault, vaultArn } from '../../model/rows';

const ELSEWHERE = { ...ENV, region: 'us-gov-west-1', partition: 'aws-us-gov' };
const TAG = { conditionKey: 'k', conditionValue: 'v' };
const CONDITION = { conditionKey: 'aws:ResourceTag/k', conditionValue: 'v' };
const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:topic';

const ofPlan = (over: Partial<BackupPlan>): Estate => ({ plans: [plan(over)] });
const ofRule = (over: Partial<BackupRule>): Estate => ofPlan({ rules: [rule(over)] });
const ofScan = (action: ScanAction, setting: ScanSetting): Estate =>
  ofPlan({ rules: [rule({ scanActions: [action] })], scanSettings: [setting] });
const ofCron = (scheduleExpression: string): Estate => ofRule({ scheduleExpression });
const ofSelection = (over: Partial<BackupSelection>): Estate => ofPlan({ selections: [selection(over)] });
const ofVault = (over: Parameters<typeof vault>[0]): Estate => ({ vaults: [vault(over)] });
const ofAirGapped = (over: Parameters<typeof airGapped>[0]): Estate => ({
  logicallyAirGappedVaults: [airGapped(over)],
});
const policy = (statement: object): object => ({ Version: '2012-10-17', Statement: [statement] });
const COPY = { destinationBackupVaultArn: vaultArn('copy') };

/** One estate for each rule that AWS enforces at deploy time, and the call that answers with an error. */
// prettier-ignore
const ROWS: [rule: string, estate: Estate, operation: string][] = [
  ['schedule-cron-form',                           ofCron('rate(1 day)'),                                             'CreateBackupPlan'],
  ['schedule-fields',                              ofCron('cron(0 25 ? * * *)'),                                      'CreateBackupPlan'],
  ['schedule-day-fields',                          ofCron('cron(0 5 * * * *)'),                                       'CreateBackupPlan'],
  ['schedule-hourly-finest',                       ofCron('cron(0/15 * ? * * *)'),                                    'CreateBackupPlan'],
  ['schedule-time-zone',                           ofRule({ scheduleExpressionTimezone: 'Mars/Olympus' }),            'CreateBackupPlan'],
  ['lifecycle-delete-after',                       ofRule({ lifecycle: { deleteAfterDays: 0 } }),                     'CreateBackupPlan'],
  ['lifecycle-cold-after',                         ofRule({ lifecycle: { moveToColdStorageAfterDays: 36501 } }),      'CreateBackupPlan'],
  ['lifecycle-cold-gap',                           ofRule({ lifecycle: { moveToColdStorageAfterDays: 30, deleteAfterDays: 119 } }), 'CreateBackupPlan'],
  ['rule-name',                                    ofRule({ ruleName: 'with space' }),                                'CreateBackupPlan'],
  ['rule-target-vault-name',                       ofRule({ targetBackupVaultName: 'x' }),                            'CreateBackupPlan'],
  ['rule-air-gapped-target-arn',                   ofRule({ targetLogicallyAirGappedBackupVaultArn: 'gapped' }),      'CreateBackupPlan'],
  ['rule-air-gapped-target-place',                 ofRule({ targetLogicallyAirGappedBackupVaultArn: vaultArn('gapped', { region: 'eu-west-1' }) }), 'CreateBackupPlan'],
  ['rule-start-window',                            ofRule({ startWindowMinutes: 59 }),                                'CreateBackupPlan'],
  ['rule-completion-window',                       ofRule({ completionWindowMinutes: 0 }),                            'CreateBackupPlan'],
  ['rule-copy-actions',                            ofRule({ copyActions: many(6, () => COPY) }),                      'CreateBackupPlan'],
  ['rule-recovery-point-tags',                     ofRule({ recoveryPointTags: tagsOf(11) }),                         'CreateBackupPlan'],
  ['rule-index-actions',                           ofRule({ indexActions: ['EBS', 'S3'] }),                           'CreateBackupPlan'],
  ['rule-index-service',                           ofRule({ indexActions: ['RDS'] }),                                 'CreateBackupPlan'],
  ['rule-continuous-cold',                         ofRule({ enableContinuousBackup: true, lifecycle: { deleteAfterDays: 97, moveToColdStorageAfterDays: 7 } }), 'CreateBackupPlan'],
  ['rule-continuous-retention',                    ofRule({ enableContinuousBackup: true, lifecycle: { deleteAfterDays: 36 } }), 'CreateBackupPlan'],
  ['copy-action-destination-arn',                  ofRule({ copyActions: [{ destinationBackupVaultArn: 'copy' }] }),  'CreateBackupPlan'],
  ['plan-name',                                    ofPlan({ backupPlanName: '' }),                                    'CreateBackupPlan'],
  ['plan-rules',                                   ofPlan({ rules: [] }),                                             'CreateBackupPlan'],
  ['plan-selections',                              ofPlan({ selections: many(101, (i) => selection({ selectionName: `s${i}` })) }), 'CreateBackupSelection'],
  ['plan-tag-selections',                          ofPlan({ selections: many(11, (i) => selection({ selectionName: `s${i}`, listOfTags: [TAG] })) }), 'CreateBackupSelection'],
  ['plan-advanced-setting-type',                   ofPlan({ advancedBackupSettings: [{ resourceType: 'RDS', backupOptions: {} }] }), 'CreateBackupPlan'],
  ['plan-advanced-setting-option',                 ofPlan({ advancedBackupSettings: [{ resourceType: 'EC2', backupOptions: { VSS: 'enabled' } }] }), 'CreateBackupPlan'],
  ['plan-advanced-setting-value',                  ofPlan({ advancedBackupSettings: [{ resourceType: 'EC2', backupOptions: { WindowsVSS: 'on' } }] }), 'CreateBackupPlan'],
  ['plan-document-unique',                         { plans: [plan(), plan({ declaredAt: 'second' })] },                'CreateBackupPlan'],
  ['scan-action-scanner',                          ofScan({ malwareScanner: 'CLAMAV' }, {}),                          'CreateBackupPlan'],
  ['scan-action-mode',                             ofScan({ scanMode: 'HALF_SCAN' }, {}),                             'CreateBackupPlan'],
  ['scan-setting-scanner',                         ofScan({}, { malwareScanner: 'CLAMAV' }),                          'CreateBackupPlan'],
  ['scan-setting-resource-type',                   ofScan({}, { resourceTypes: ['RDS'] }),                            'CreateBackupPlan'],
  ['scan-setting-role-arn',                        ofScan({}, { scannerRoleArn: 'scanner' }),                         'CreateBackupPlan'],
  ['selection-name',                               ofSelection({ selectionName: 'with space' }),                      'CreateBackupSelection'],
  ['selection-role-arn',                           ofSelection({ iamRoleArn: 'backup' }),                             'CreateBackupSelection'],
  ['selection-empty',                              ofSelection({ resources: [] }),                                    'CreateBackupSelection'],
  ['selection-arns',                               ofSelection({ resources: many(501, (i) => `arn:aws:s3:::b${i}`) }), 'CreateBackupSelection'],
  ['selection-wildcard-arns',                      ofSelection({ resources: many(31, (i) => `arn:aws:s3:::b${i}*`) }), 'CreateBackupSelection'],
  ['selection-tags',                               ofSelection({ listOfTags: many(31, (i) => ({ ...TAG, conditionValue: `v${i}` })) }), 'CreateBackupSelection'],
  ['selection-conditions',                         ofSelection({ conditions: { stringLike: many(31, (i) => ({ ...CONDITION, conditionValue: `v${i}` })) } }), 'CreateBackupSelection'],
  ['selection-condition-type',                     ofSelection({ listOfTags: [{ ...TAG, conditionType: 'STRINGLIKE' }] }), 'CreateBackupSelection'],
  ['vault-name',                                   ofVault({ backupVaultName: 'v' }),                                 'CreateBackupVault'],
  ['vault-encryption-key-arn',                     ofVault({ encryptionKeyArn: 'alias/mine' }),                       'CreateBackupVault'],
  ['vault-access-policy-json',                     ofVault({ accessPolicy: 'deny' }),                                 'PutBackupVaultAccessPolicy'],
  ['vault-access-policy-statement',                ofVault({ accessPolicy: policy({ Effect: 'Deny' }) }),             'PutBackupVaultAccessPolicy'],
  ['vault-access-policy-wildcard',                 ofVault({ accessPolicy: policy({ Effect: 'Deny', Principal: '*', Action: 'backup:*', Resource: '*' }) }), 'PutBackupVaultAccessPolicy'],
  ['vault-notification-event',                     ofVault({ notifications: { snsTopicArn: TOPIC, backupVaultEvents: ['BACKUP_JOB_DONE'] } }), 'PutBackupVaultNotifications'],
  ['vault-notification-topic-arn',                 ofVault({ notifications: { snsTopicArn: 'topic', backupVaultEvents: ['COPY_JOB_FAILED'] } }), 'PutBackupVaultNotifications'],
  ['vault-name-unique',                            { vaults: [vault(), vault({ declaredAt: 'second' })] },            'CreateBackupVault'],
  ['vault-lock-min-retention',                     ofVault({ vaultLock: { minRetentionDays: 0 } }),                   'PutBackupVaultLockConfiguration'],
  ['vault-lock-max-retention',                     ofVault({ vaultLock: { maxRetentionDays: 36501 } }),               'PutBackupVaultLockConfiguration'],
  ['vault-lock-bounds',                            ofVault({ vaultLock: { minRetentionDays: 8, maxRetentionDays: 7 } }), 'PutBackupVaultLockConfiguration'],
  ['vault-lock-grace-time',                        ofVault({ vaultLock: { changeableForDays: 2 } }),                  'PutBackupVaultLockConfiguration'],
  ['logically-air-gapped-vault-name',              ofAirGapped({ backupVaultName: 'v' }),                             'CreateLogicallyAirGappedBackupVault'],
  ['logically-air-gapped-vault-min-retention',     ofAirGapped({ minRetentionDays: 6 }),                              'CreateLogicallyAirGappedBackupVault'],
  ['logically-air-gapped-vault-max-retention',     ofAirGapped({ maxRetentionDays: 36501 }),                          'CreateLogicallyAirGappedBackupVault'],
  ['logically-air-gapped-vault-bounds',            ofAirGapped({ minRetentionDays: 30, maxRetentionDays: 29 }),       'CreateLogicallyAirGappedBackupVault'],
  ['logically-air-gapped-vault-region',            ofAirGapped({ env: ELSEWHERE }),                                   'CreateLogicallyAirGappedBackupVault'],
  ['region-settings-opt-in-key',                   { regionSettings: [{ env: ENV, resourceTypeOptInPreference: { aurora: true } }] }, 'UpdateRegionSettings'],
  ['region-settings-management-key',               { regionSettings: [{ env: ENV, resourceTypeManagementPreference: { RDS: true } }] }, 'UpdateRegionSettings'],
];

/** Nouns of what an estate holds, which the engine deploys. */
const DEPLOYED = [
  ...['schedule', 'lifecycle', 'rule', 'copy-action', 'plan', 'scan-action', 'scan-setting', 'selection'],
  ...['vault', 'vault-lock', 'vault-encryption', 'logically-air-gapped-vault', 'region-settings'],
];
/** Approval teams of vaults are associated by a call of their own, which the engine does not make. */
const TEAM = /^logically-air-gapped-vault-team-/;

/** Policies decide where a World lets them: role-findings.test.ts and enforce-iam.test.ts hold the two ends. */
const BY_POLICIES = 'selection-role-usable';

test('every rule that AWS enforces at deploy time has a row', () => {
  const enforced = RuleCatalog.all().filter(
    ({ effect, rule: id }) =>
      effect === Effect.REFUSED_BY_AWS && DEPLOYED.includes(nounOf(id) ?? '') && !TEAM.test(id) && id !== BY_POLICIES,
  );
  expect(ROWS.map(([id]) => id).sort()).toEqual(enforced.map(({ rule: id }) => id).sort());
});

test.each(ROWS)('what check finds with %s, the deploy fails at, naming the call', async (id, estate, operation) => {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  const refusal = await world.deploy(estate).then(
    () => 'deployed',
    (fault: unknown) => fault,
  );
  expect(refusal).toBeInstanceOf(DeployRefusal);
  expect(refusal).toMatchObject({ operation });
  const findings = EstateRules.check(estate, new PlainValues()).filter(
    (found) => found.effect === Effect.REFUSED_BY_AWS,
  );
  expect(findings.map((found) => found.rule)).toContain(id);
});
