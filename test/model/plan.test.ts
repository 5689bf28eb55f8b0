import { BackupPlan, BackupPlanRules } from '@holdfast/model';
import { ENV, many, plan, PLAIN, Row, rule, selection, testRows, vaultArn } from './rows';

const rules = (count: number) => many(count, (i) => rule({ ruleName: `rule${i}` }));
const selections = (count: number) => many(count, (i) => selection({ selectionName: `selection${i}` }));
const byTag = { listOfTags: [{ conditionKey: 'backup', conditionValue: 'daily' }] };
const tagged = (count: number) => many(count, (i) => selection({ selectionName: `tagged${i}`, ...byTag }));
const setting = (resourceType: string, backupOptions: { [key: string]: string }): Partial<BackupPlan> => ({
  advancedBackupSettings: [{ resourceType, backupOptions }],
});
const gapped = (over: object): Partial<BackupPlan> => ({
  rules: [rule({ targetLogicallyAirGappedBackupVaultArn: vaultArn('gapped', over) })],
});
const at = (arn: string): Partial<BackupPlan> => ({ selections: [selection({ resources: [arn] })] });
const roleOf = (account: string, arn: string): Partial<BackupPlan> => ({
  selections: [selection({ iamRoleArn: `arn:aws:iam::${account}:role/backup`, resources: [arn] })],
});
const where = 'where the plan is in aws 123456789012 eu-central-1';

// prettier-ignore
const ROWS: Row<Partial<BackupPlan>>[] = [
  ['plan-name', 'fails',  { backupPlanName: '' },             'p.backupPlanName', 'an empty name'],
  ['plan-name', 'passes', { backupPlanName: 'a' }],
  ['plan-name', 'passes', { backupPlanName: 'a'.repeat(50) }],
  ['plan-name', 'fails',  { backupPlanName: 'a'.repeat(51) }, 'p.backupPlanName', `51 characters: ${'a'.repeat(51)}`],
  ['plan-name', 'fails',  { backupPlanName: 'nightly plan' }, 'p.backupPlanName', 'nightly plan'],
  ['plan-rules', 'fails',  { rules: [] },       'p.rules', '0'],
  ['plan-rules', 'passes', { rules: rules(1) }],
  ['plan-rules', 'passes', { rules: rules(10) }],
  ['plan-rules', 'fails',  { rules: rules(11) }, 'p.rules', '11'],
  ['plan-rule-names', 'passes', { rules: rules(2) }],
  ['plan-rule-names', 'passes', { rules: [rule({ ruleName: 'a' }), rule({ ruleName: 'A' })] }],
  ['plan-rule-names', 'fails',  { rules: [rule(), rule({ ruleName: 'b' }), rule()] }, 'p.rules[2].ruleName', 'daily again, as in rules[0]'],
  ['plan-selections', 'passes', { selections: selections(100) }],
  ['plan-selections', 'fails',  { selections: selections(101) }, 'p.selections', '101'],
  ['plan-tag-selections', 'passes', { selections: [...tagged(10), ...selections(2)] }],
  ['plan-tag-selections', 'fails',  { selections: tagged(11) }, 'p.selections', '11'],
  ['plan-selection-names', 'passes', { selections: selections(2) }],
  ['plan-selection-names', 'fails',  { selections: [selection(), selection()] }, 'p.selections[1].selectionName', 'all again, as in selections[0]'],
  ['plan-advanced-setting-type',   'passes', setting('EC2', { WindowsVSS: 'enabled' })],
  ['plan-advanced-setting-type',   'fails',  setting('EBS', { WindowsVSS: 'enabled' }), 'p.advancedBackupSettings[0].resourceType', 'EBS'],
  ['plan-advanced-setting-option', 'passes', setting('S3', { BackupACLs: 'disabled', BackupObjectTags: 'enabled' })],
  ['plan-advanced-setting-option', 'fails',  setting('S3', { WindowsVSS: 'enabled' }),  'p.advancedBackupSettings[0].backupOptions.WindowsVSS', 'WindowsVSS'],
  ['plan-advanced-setting-value',  'passes', setting('EC2', { WindowsVSS: 'disabled' })],
  ['plan-advanced-setting-value',  'fails',  setting('EC2', { WindowsVSS: 'true' }),    'p.advancedBackupSettings[0].backupOptions.WindowsVSS', 'true'],
  ['plan-advanced-setting-twice',  'passes', { advancedBackupSettings: [...setting('EC2', {}).advancedBackupSettings!, ...setting('S3', {}).advancedBackupSettings!] }],
  ['plan-advanced-setting-twice',  'fails',  { advancedBackupSettings: [...setting('S3', {}).advancedBackupSettings!, ...setting('S3', {}).advancedBackupSettings!] }, 'p.advancedBackupSettings[1].resourceType', 'S3 again, as in advancedBackupSettings[0]'],

  ['rule-air-gapped-target-place', 'passes', gapped({})],
  ['rule-air-gapped-target-place', 'fails',  gapped({ region: 'eu-west-1' }),     'p.rules[0].targetLogicallyAirGappedBackupVaultArn', '123456789012 eu-west-1, where the plan is in 123456789012 eu-central-1'],
  ['rule-air-gapped-target-place', 'fails',  gapped({ account: '210987654321' }), 'p.rules[0].targetLogicallyAirGappedBackupVaultArn', '210987654321 eu-central-1, where the plan is in 123456789012 eu-central-1'],

  ['selection-resource-place', 'passes', at('arn:aws:ec2:eu-central-1:123456789012:volume/vol-1')],
  ['selection-resource-place', 'passes', at('arn:aws:ec2:eu-*:*:volume/*')],
  ['selection-resource-place', 'passes', at('arn:aws:s3:::bucket')],
  ['selection-resource-place', 'passes', at('arn:aws:rds:*')],
  ['selection-resource-place', 'fails',  at('arn:aws:ec2:us-east-1:123456789012:volume/vol-1'),    'p.selections[0].resources[0]', `arn:aws:ec2:us-east-1:123456789012:volume/vol-1, ${where}`],
  ['selection-resource-place', 'fails',  at('arn:aws:ec2:eu-central-1:210987654321:volume/vol-1'), 'p.selections[0].resources[0]', `arn:aws:ec2:eu-central-1:210987654321:volume/vol-1, ${where}`],
  ['selection-resource-place', 'fails',  at('arn:aws-cn:s3:::bucket'),                             'p.selections[0].resources[0]', `arn:aws-cn:s3:::bucket, ${where}`],
  // A template with the numbers of one account, read as if it were for another.
  ['selection-resource-place', 'passes', roleOf('210987654321', 'arn:aws:ec2:eu-central-1:210987654321:volume/vol-1')],
  ['selection-resource-place', 'fails',  roleOf('210987654321', 'arn:aws:ec2:eu-central-1:123456789012:volume/vol-1'), 'p.selections[0].resources[0]', `arn:aws:ec2:eu-central-1:123456789012:volume/vol-1, ${where}`],
  ['selection-role-account',   'passes', roleOf('123456789012', '*')],
  ['selection-role-account',   'fails',  roleOf('210987654321', '*'), 'p.selections[0].iamRoleArn', '210987654321, where the plan is in 123456789012'],

  ['rule-start-window', 'fails', { rules: [rule(), rule({ ruleName: 'b', startWindowMinutes: 30 })] }, 'p.rules[1].startWindowMinutes', '30'],
  ['selection-name',    'fails', { selections: [selection({ selectionName: 'my selection' })] },       'p.selections[0].selectionName', 'my selection'],
  ['selection-name',    'fails', { selections: [selection({ selectionName: '', declaredAt: 'Stack/Selection' })] }, 'Stack/Selection.selectionName', 'an empty name'],
];

testRows((over) => BackupPlanRules.check(plan(over), 'p', PLAIN), ROWS);

test('a plan without selections has no finding by itself: they may be declared elsewhere', () => {
  expect(BackupPlanRules.check({ backupPlanName: 'plan', env: ENV, rules: [rule()] }, '', PLAIN)).toEqual([]);
});
