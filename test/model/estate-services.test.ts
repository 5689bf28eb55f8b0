import { BackupRule, CopyAction, Estate, EstateRules, StatefulResource } from '@holdfast/model';
import {
  airGapped,
  checkEstate,
  plan,
  PLAIN,
  resource,
  Row,
  rule,
  selection,
  tagsOf,
  testRows,
  vault,
  vaultArn,
} from './rows';

const EBS = resource('ebs', 'vol-1');
const EFS = resource('efs', 'fs-1');
const RDS = resource('rds', 'orders');
const S3 = resource('s3', 'bucket');
const EC2 = resource('ec2', 'i-1');
const STACK = resource('cloudformation', 'stack/1');
const LUSTRE = resource('fsx-lustre', 'fs-2');
const DOCUMENTDB = resource('documentdb', 'docs');
const NEPTUNE = resource('neptune', 'graph');
const DYNAMODB = resource('dynamodb', 'basic');

/** One rule over one resource that its plan selects. */
function over(one: StatefulResource, rules: Partial<BackupRule>, more: Estate = {}): Estate {
  const selections = [selection({ resources: [one.arn] })];
  return { vaults: [vault()], resources: [one], plans: [plan({ rules: [rule(rules)], selections })], ...more };
}
function copied(one: StatefulResource, to: string, action: Partial<CopyAction> = {}, more: Estate = {}): Estate {
  return over(one, { copyActions: [{ destinationBackupVaultArn: to, ...action }] }, more);
}
const cold = (optIn?: boolean): Partial<BackupRule> => ({
  scheduleExpression: 'cron(0 5 1 * ? *)',
  lifecycle: { moveToColdStorageAfterDays: 30, deleteAfterDays: 120, optInToArchiveForSupportedResources: optIn },
});
const continuous: Partial<BackupRule> = { enableContinuousBackup: true, lifecycle: { deleteAfterDays: 35 } };
const gapped: Partial<BackupRule> = { targetLogicallyAirGappedBackupVaultArn: vaultArn('gapped') };
const gappedVault: Estate = { logicallyAirGappedVaults: [airGapped()] };
const region = vaultArn('copy', { region: 'eu-west-1' });
const account = vaultArn('copy', { account: '210987654321' });
const both = vaultArn('copy', { region: 'eu-west-1', account: '210987654321' });
const keyed = (...statements: object[]): StatefulResource => ({ ...EBS, keyPolicy: { Statement: statements } });
const OWN = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'kms:*', Resource: '*' };
const THERE = { ...OWN, Principal: { AWS: 'arn:aws:iam::210987654321:root' } };
const SERVICE = { ...OWN, Principal: { Service: 'logs.amazonaws.com' } };
const managed = 'arn:aws:kms:eu-central-1:123456789012:alias/aws/ebs';

const LIFECYCLE = 'plan.rules[0].lifecycle';
const COPY = 'plan.rules[0].copyActions[0]';
const ARN = `${COPY}.destinationBackupVaultArn`;

// prettier-ignore
const ROWS: Row<Estate>[] = [
  ['rule-cold-unsupported',       'passes', over(EFS, cold())],
  ['rule-cold-unsupported',       'fails',  over(RDS, cold()), `${LIFECYCLE}.moveToColdStorageAfterDays`, '1 of Amazon RDS DB instance (single-AZ or Multi-AZ instance): orders'],
  ['rule-cold-unsupported',       'passes', over(RDS, { lifecycle: { moveToColdStorageAfterDays: -1 } })],
  ['rule-cold-archive-opt-in',    'passes', over(EBS, cold(true))],
  ['rule-cold-archive-opt-in',    'passes', over(EFS, cold())],
  ['rule-cold-archive-opt-in',    'fails',  over(EBS, cold()),      `${LIFECYCLE}.optInToArchiveForSupportedResources`, '1 of Amazon EBS: vol-1'],
  ['rule-cold-archive-opt-in',    'fails',  over(EBS, cold(false)), `${LIFECYCLE}.optInToArchiveForSupportedResources`, '1 of Amazon EBS: vol-1'],
  ['rule-continuous-unsupported', 'passes', over(S3, continuous)],
  ['rule-continuous-unsupported', 'fails',  over(EFS, continuous),  'plan.rules[0].enableContinuousBackup', '1 of Amazon EFS: fs-1'],
  ['rule-air-gapped-unsupported', 'passes', over(EBS, gapped, gappedVault)],
  ['rule-air-gapped-unsupported', 'fails',  over(DYNAMODB, gapped, gappedVault), 'plan.rules[0].targetLogicallyAirGappedBackupVaultArn', '1 of Amazon DynamoDB (without advanced features): basic'],

  ['rule-air-gapped-key',         'passes', over(EBS, gapped, gappedVault)],
  ['rule-air-gapped-key',         'passes', over({ ...EFS, encryptedWith: managed }, gapped, gappedVault)],
  ['rule-air-gapped-key',         'fails',  over({ ...EBS, encryptedWith: managed }, gapped, gappedVault), 'plan.rules[0].targetLogicallyAirGappedBackupVaultArn', `1 of Amazon EBS: vol-1 under alias/aws/ebs`],
  ['rule-air-gapped-plain',       'passes', over({ ...NEPTUNE, encryptedWith: managed }, gapped, gappedVault)],
  ['rule-air-gapped-plain',       'passes', over(EBS, gapped, gappedVault)],
  ['rule-air-gapped-plain',       'fails',  over(NEPTUNE, gapped, gappedVault), 'plan.rules[0].targetLogicallyAirGappedBackupVaultArn', '1 of Amazon Neptune: graph'],
  ['copy-action-air-gapped-plain', 'passes', copied({ ...DOCUMENTDB, encryptedWith: managed }, vaultArn('gapped'), {}, gappedVault)],
  ['copy-action-air-gapped-plain', 'passes', copied(DOCUMENTDB, vaultArn('other'))],
  ['copy-action-air-gapped-plain', 'fails',  copied(DOCUMENTDB, vaultArn('gapped'), {}, gappedVault), ARN, '1 of Amazon DocumentDB: docs'],
  ['copy-action-air-gapped-key',  'passes', copied(EBS, vaultArn('gapped'), {}, gappedVault)],
  ['copy-action-air-gapped-key',  'fails',  copied({ ...EBS, encryptedWith: managed }, vaultArn('gapped'), {}, gappedVault), ARN, `1 of Amazon EBS: vol-1 under alias/aws/ebs`],
  ['resource-versioning',         'passes', over(S3, {})],
  ['resource-versioning',         'passes', over({ ...S3, versioning: true }, {})],
  ['resource-versioning',         'fails',  over({ ...S3, versioning: false, declaredAt: 't.json: Docs' }, {}), 't.json: Docs.versioning', 'off'],
  ['rule-service-window',         'passes', over({ ...RDS, preferredMaintenanceWindow: 'fri:05:00-fri:05:30' }, { scheduleExpression: 'cron(59 3 ? * * *)' })],
  ['rule-service-window',         'fails',  over({ ...RDS, preferredMaintenanceWindow: 'fri:05:00-fri:05:30' }, { scheduleExpression: 'cron(0 4 ? * * *)' }), 'plan.rules[0].scheduleExpression', '58 of 400 runs, the first 2027-01-01T04:00Z, for orders'],
  ['rule-service-window',         'fails',  over({ ...RDS, preferredBackupWindow: '04:00-04:30' }, { scheduleExpression: 'cron(0 4 ? * * *)' }), 'plan.rules[0].scheduleExpression', '400 of 400 runs, the first 2027-01-01T04:00Z, for orders'],
  ['rule-service-window',         'passes', over({ ...RDS, preferredBackupWindow: '04:00-04:30' }, { scheduleExpression: 'cron(30 4 ? * * *)' })],
  ['rule-service-window',         'passes', over({ ...RDS, preferredBackupWindow: '04:00-04:30', automatedBackupDays: 0 }, { scheduleExpression: 'cron(0 4 ? * * *)' })],
  ['rule-service-window',         'passes', over({ ...RDS, preferredBackupWindow: '04:00-04:30' }, { ...continuous, scheduleExpression: 'cron(0 4 ? * * *)' })],
  ['rule-service-window',         'passes', over({ ...resource('aurora', 'c'), preferredBackupWindow: '04:00-04:30' }, { scheduleExpression: 'cron(0 4 ? * * *)' })],
  ['rule-service-window',         'fails',  over({ ...LUSTRE, preferredBackupWindow: '04:00-04:30' }, { scheduleExpression: 'cron(0 0 ? * * *)' }), 'plan.rules[0].scheduleExpression', '400 of 400 runs, the first 2027-01-01T00:00Z, for fs-2'],
  // Vector 24 of the reference.
  ['rule-resultant-tags',         'passes', over({ ...EFS, tags: tagsOf(50) }, { recoveryPointTags: { key0: 'again' } })],
  ['rule-resultant-tags',         'fails',  over({ ...EFS, tags: tagsOf(50) }, { recoveryPointTags: { more: 'one' } }), 'plan.rules[0].recoveryPointTags', '51 for fs-1'],

  ['copy-action-cold-unsupported', 'passes', copied(EFS, vaultArn('copy'), { lifecycle: { moveToColdStorageAfterDays: 30 } })],
  ['copy-action-cold-unsupported', 'fails',  copied(EC2, vaultArn('copy'), { lifecycle: { moveToColdStorageAfterDays: 30 } }), `${COPY}.lifecycle.moveToColdStorageAfterDays`, '1 of Amazon EC2: i-1'],
  ['copy-action-unsupported',      'passes', copied(EBS, vaultArn('copy'))],
  ['copy-action-unsupported',      'fails',  copied(DYNAMODB, vaultArn('copy')), ARN, '1 of Amazon DynamoDB (without advanced features): basic'],
  ['copy-action-cross-region',     'passes', copied(EBS, region)],
  ['copy-action-cross-region',     'passes', copied(DYNAMODB, vaultArn('copy'))],
  ['copy-action-cross-region',     'fails',  copied(DYNAMODB, region), ARN, '1 of Amazon DynamoDB (without advanced features): basic'],
  ['copy-action-cross-account',    'passes', copied(EBS, account)],
  ['copy-action-cross-account',    'fails',  copied(DYNAMODB, account), ARN, '1 of Amazon DynamoDB (without advanced features): basic'],
  ['copy-action-cross-region-and-account', 'passes', copied(EBS, both)],
  ['copy-action-cross-region-and-account', 'fails',  copied(DYNAMODB, both), ARN, '1 of Amazon DynamoDB (without advanced features): basic'],
  ['copy-action-opt-in-region',    'passes', copied(EBS, vaultArn('copy', { region: 'eu-south-1' }))],
  ['copy-action-opt-in-region',    'passes', copied(DOCUMENTDB, region)],
  ['copy-action-opt-in-region',    'fails',  copied(DOCUMENTDB, vaultArn('copy', { region: 'eu-south-1' })), ARN, '1 of Amazon DocumentDB: docs with eu-south-1'],
  ['copy-action-opt-in-region',    'passes', copied(NEPTUNE, vaultArn('copy', { region: 'eu-south-1' }))],
  ['copy-action-opt-in-region',    'fails',  copied(NEPTUNE, vaultArn('copy', { region: 'eu-south-1', account: '210987654321' })), ARN, '1 of Amazon Neptune: graph with eu-south-1'],
  ['copy-action-opt-in-region',    'passes', copied(LUSTRE, vaultArn('copy', { region: 'eu-south-1' }))],
  ['copy-action-opt-in-region',    'fails',  copied(LUSTRE, vaultArn('copy', { region: 'me-south-1' })), ARN, '1 of Amazon FSx for Lustre: fs-2 with me-south-1'],
  // What cannot be copied anywhere is told of by the rule on services.
  ['copy-action-opt-in-region',    'passes', copied(DYNAMODB, vaultArn('copy', { region: 'eu-south-1' }))],
  ['copy-action-air-gapped',       'passes', copied(EBS, vaultArn('gapped'), {}, gappedVault)],
  ['copy-action-air-gapped',       'fails',  copied(DYNAMODB, vaultArn('gapped'), {}, gappedVault), ARN, '1 of Amazon DynamoDB (without advanced features): basic'],
  ['copy-action-cross-account-source-key', 'passes', copied(EBS, account)],
  ['copy-action-cross-account-key-policy', 'passes', copied(keyed(OWN, THERE), account)],
  ['copy-action-cross-account-key-policy', 'passes', copied(keyed(OWN), region)],
  ['copy-action-cross-account-key-policy', 'passes', copied(EBS, account)],
  ['copy-action-cross-account-key-policy', 'passes', copied({ ...EFS, keyPolicy: { Statement: [OWN] } }, account)],
  ['copy-action-cross-account-key-policy', 'passes', copied(keyed({ ...THERE, Action: ['kms:CreateGrant', 'kms:De*'], Condition: { Bool: {} } }), account)],
  ['copy-action-cross-account-key-policy', 'passes', copied(keyed({ ...OWN, Principal: '*' }), account)],
  ['copy-action-cross-account-key-policy', 'passes', copied({ ...EBS, keyPolicy: JSON.stringify({ Statement: THERE }) }, account)],
  ['copy-action-cross-account-key-policy', 'fails',  copied(keyed(OWN), account), ARN, '1 of Amazon EBS: vol-1 without kms:CreateGrant, kms:Decrypt, kms:DescribeKey for 210987654321'],
  ['copy-action-cross-account-key-policy', 'fails',  copied(keyed(OWN, SERVICE), account), ARN, '1 of Amazon EBS: vol-1 without kms:CreateGrant, kms:Decrypt, kms:DescribeKey for 210987654321'],
  ['copy-action-cross-account-key-policy', 'fails',  copied(keyed(OWN, { ...THERE, Effect: 'Deny' }), account), ARN, '1 of Amazon EBS: vol-1 without kms:CreateGrant, kms:Decrypt, kms:DescribeKey for 210987654321'],
  ['copy-action-cross-account-key-policy', 'fails',  copied(keyed(OWN, { ...THERE, Action: ['kms:Decrypt', 'kms:DescribeKey'] }), account), ARN, '1 of Amazon EBS: vol-1 without kms:CreateGrant for 210987654321'],
  ['copy-action-cross-account-source-key', 'passes', copied({ ...EBS, encryptedWith: managed }, region)],
  ['copy-action-cross-account-source-key', 'passes', copied({ ...EFS, encryptedWith: managed }, account)],
  ['copy-action-cross-account-source-key', 'fails',  copied({ ...EBS, encryptedWith: managed }, account), ARN, `1 of Amazon EBS: vol-1 under alias/aws/ebs`],
];

testRows(checkEstate, ROWS);

test('counts the resources of a service and names the first three', () => {
  const resources = ['a', 'b', 'c', 'd', 'e'].map((name) => resource('rds', name));
  const selections = [selection({ resources: ['arn:aws:rds:*:*:db:*'] })];
  const findings = EstateRules.check({ resources, plans: [plan({ rules: [rule(cold())], selections })] }, PLAIN);
  const given = findings.filter((one) => one.rule === 'rule-cold-unsupported').map(({ message }) => message);
  expect(given).toEqual([expect.stringMatching(/got 5 of Amazon RDS .*: a, b, c and 2 more$/)]);
});

test('tells all services that cannot do what is asked at once', () => {
  const selections = [selection({ resources: ['*'] })];
  const continuous = rule({ enableContinuousBackup: true, lifecycle: { deleteAfterDays: 35 } });
  const estate = { resources: [RDS, EBS, EFS], plans: [plan({ rules: [continuous], selections })] };
  const found = EstateRules.check(estate, PLAIN).filter((one) => one.rule === 'rule-continuous-unsupported');
  expect(found.map(({ message }) => message)).toEqual([
    expect.stringMatching(/got 1 of Amazon EBS: vol-1; 1 of Amazon EFS: fs-1$/),
  ]);
});

test('resources that no selection takes ask nothing of a rule', () => {
  const findings = EstateRules.check(
    { resources: [RDS, STACK, LUSTRE], plans: [plan({ rules: [rule(cold())] })] },
    PLAIN,
  );
  expect(findings.map((one) => one.rule)).not.toContain('rule-cold-unsupported');
});
