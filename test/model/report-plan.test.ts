import {
  BackupReportBucket,
  BackupReportBucketRules,
  BackupReportPlan,
  BackupReportPlanRules,
  EstateRules,
  IValueProbe,
  ReportPolicies,
  ReportTemplate,
} from '@holdfast/model';
import { ENV, many, PLAIN, Row, testRows } from './rows';

function reportPlan(over: Partial<BackupReportPlan> = {}): BackupReportPlan {
  return { reportPlanName: 'jobs', env: ENV, reportTemplate: 'BACKUP_JOB_REPORT', s3BucketName: 'reports', ...over };
}

const frameworkArn = (n: number) => `arn:aws:backup:eu-central-1:123456789012:framework:f${n}-0000`;
const compliance = { reportTemplate: ReportTemplate.RESOURCE_COMPLIANCE, frameworkArns: [frameworkArn(0)] };
const TEMPLATES =
  'RESOURCE_COMPLIANCE_REPORT, CONTROL_COMPLIANCE_REPORT, BACKUP_JOB_REPORT, COPY_JOB_REPORT, RESTORE_JOB_REPORT, SCAN_JOB_REPORT';

// prettier-ignore
const PLANS: Row<Partial<BackupReportPlan>>[] = [
  ['report-plan-name',        'passes', { reportPlanName: 'a' }],
  ['report-plan-name',        'passes', { reportPlanName: `a${'_'.repeat(255)}` }],
  ['report-plan-name',        'fails',  { reportPlanName: `a${'_'.repeat(256)}` }, 'reportPlanName', `a${'_'.repeat(256)}`],
  ['report-plan-name',        'fails',  { reportPlanName: 'my-jobs' }, 'reportPlanName', 'my-jobs'],
  ['report-plan-description', 'passes', { reportPlanDescription: 'x'.repeat(1024) }],
  ['report-plan-description', 'fails',  { reportPlanDescription: 'x'.repeat(1025) }, 'reportPlanDescription', '1025 characters'],
  ['report-plan-description', 'fails',  { reportPlanDescription: '\t' }, 'reportPlanDescription', 'spaces alone'],
  ['report-plan-template',    'passes', { reportTemplate: ReportTemplate.SCAN_JOB }],
  ['report-plan-template',    'fails',  { reportTemplate: 'JOB_REPORT' }, 'reportTemplate', 'JOB_REPORT'],
  ['report-plan-frameworks',  'passes', compliance],
  ['report-plan-frameworks',  'passes', { ...compliance, frameworkArns: many(1000, frameworkArn) }],
  ['report-plan-frameworks',  'fails',  { ...compliance, frameworkArns: many(1001, frameworkArn) }, 'frameworkArns', '1001'],
  ['report-plan-frameworks',  'fails',  { ...compliance, frameworkArns: undefined }, 'frameworkArns', '0'],
  ['report-plan-frameworks',  'fails',  { ...compliance, reportTemplate: ReportTemplate.CONTROL_COMPLIANCE, frameworkArns: [] }, 'frameworkArns', '0'],
  ['report-plan-framework-arn', 'passes', { ...compliance, frameworkArns: ['arn:aws:backup:us-east-1:123456789012:framework/Control1-ce7655ae'] }],
  ['report-plan-framework-arn', 'fails',  { ...compliance, frameworkArns: ['daily'] }, 'frameworkArns[0]', 'daily'],
  ['report-plan-frameworks-unused', 'passes', compliance],
  ['report-plan-frameworks-unused', 'fails',  { frameworkArns: [frameworkArn(0)] }, 'frameworkArns', '1 with BACKUP_JOB_REPORT'],
  ['report-plan-format',      'passes', { formats: ['CSV', 'JSON'] }],
  ['report-plan-format',      'fails',  { formats: ['PDF'] }, 'formats[0]', 'PDF'],
  ['report-plan-format',      'fails',  { formats: ['CSV', 'CSV'] }, 'formats[1]', 'CSV'],
  ['report-plan-formats',     'passes', { formats: ['JSON'], accounts: [ENV.account], regions: [ENV.region] }],
  ['report-plan-formats',     'passes', { formats: ['CSV'], accounts: ['ROOT'], regions: ['*'] }],
  ['report-plan-formats',     'fails',  { formats: ['JSON'], accounts: ['111122223333'] }, 'formats', 'JSON for other accounts'],
  ['report-plan-formats',     'fails',  { formats: ['CSV', 'JSON'], accounts: ['ROOT'] }, 'formats', 'JSON for other accounts'],
  ['report-plan-formats',     'fails',  { formats: ['JSON'], organizationUnits: ['ou-abcd-1234wxyz'] }, 'formats', 'JSON for organizational units'],
  ['report-plan-formats',     'fails',  { formats: ['JSON'], regions: ['*'] }, 'formats', 'JSON for other Regions'],
  ['report-plan-formats',     'fails',  { formats: ['JSON'], regions: ['eu-central-1', 'eu-west-1'] }, 'formats', 'JSON for other Regions'],
  ['report-plan-accounts',    'passes', { accounts: ['111122223333'] }],
  ['report-plan-accounts',    'fails',  { accounts: ['11112222333'] }, 'accounts[0]', '11112222333'],
  ['report-plan-accounts',    'fails',  { accounts: ['root'] }, 'accounts[0]', 'root'],
  ['report-plan-root',        'passes', { accounts: ['ROOT'] }],
  ['report-plan-root',        'fails',  { accounts: ['ROOT', '111122223333'] }, 'accounts', 'ROOT with 1 more'],
  ['report-plan-root',        'fails',  { accounts: ['ROOT'], organizationUnits: ['ou-abcd-1234wxyz'] }, 'accounts', 'ROOT with 1 more'],
  ['report-plan-organization-units', 'passes', { organizationUnits: ['ou-abcd-1234wxyz'] }],
  ['report-plan-organization-units', 'fails',  { organizationUnits: ['r-abcd'] }, 'organizationUnits[0]', 'r-abcd'],
  ['report-plan-organization', 'passes', { accounts: [ENV.account] }],
  ['report-plan-organization', 'fails',  { accounts: ['ROOT'] }, 'accounts', 'a report on the whole organization'],
  ['report-plan-organization', 'fails',  { accounts: ['111122223333'] }, 'accounts', 'a report on 1 accounts and organizational units'],
  ['report-plan-organization', 'fails',  { organizationUnits: ['ou-abcd-1234wxyz'] }, 'organizationUnits', 'a report on 1 accounts and organizational units'],
  ['report-plan-regions',     'passes', { regions: ['eu-west-1', 'us-gov-east-1'] }],
  ['report-plan-regions',     'passes', { regions: ['*'] }],
  ['report-plan-regions',     'fails',  { regions: ['eu-west-1', '*'] }, 'regions[1]', '*'],
  ['report-plan-regions',     'fails',  { regions: ['Frankfurt'] }, 'regions[0]', 'Frankfurt'],
  ['report-plan-bucket-name', 'passes', { s3BucketName: 'abc' }],
  ['report-plan-bucket-name', 'passes', { s3BucketName: 'a'.repeat(63) }],
  ['report-plan-bucket-name', 'fails',  { s3BucketName: 'ab' }, 's3BucketName', 'ab'],
  ['report-plan-bucket-name', 'fails',  { s3BucketName: 'a'.repeat(64) }, 's3BucketName', 'a'.repeat(64)],
  ['report-plan-bucket-name', 'fails',  { s3BucketName: 'arn:aws:s3:::reports' }, 's3BucketName', 'arn:aws:s3:::reports'],
  ['report-plan-key-prefix',  'passes', { s3KeyPrefix: 'audit/backup' }],
  ['report-plan-key-prefix',  'fails',  { s3KeyPrefix: 'audit/' }, 's3KeyPrefix', 'audit/'],
  ['report-plan-key-prefix',  'fails',  { s3KeyPrefix: '/audit' }, 's3KeyPrefix', '/audit'],
];

testRows((over) => BackupReportPlanRules.check(reportPlan(over), '', PLAIN), PLANS);

test('names the templates that there are', () => {
  const [finding] = BackupReportPlanRules.check(reportPlan({ reportTemplate: 'x' }), '', PLAIN);
  expect(finding?.message).toBe(`must be one of ${TEMPLATES}, got x`);
});

const some = (count: number) => many(count, (n) => reportPlan({ reportPlanName: `r${n}` }));

// prettier-ignore
const TOGETHER: Row<BackupReportPlan[]>[] = [
  ['report-plan-name-unique', 'passes', [reportPlan(), reportPlan({ env: { ...ENV, region: 'eu-west-1' } })]],
  ['report-plan-name-unique', 'fails',  [reportPlan({ declaredAt: 'A' }), reportPlan({ declaredAt: 'B' })], 'B.reportPlanName', 'jobs again, as in A'],
  ['report-plan-quota',       'passes', some(20)],
  ['report-plan-quota',       'fails',  some(21), 'r0', '21'],
];

testRows((reportPlans) => EstateRules.check({ reportPlans }, PLAIN), TOGETHER);

// prettier-ignore
const BUCKETS: Row<BackupReportBucket>[] = [
  ['report-bucket-name',     'passes', {}],
  ['report-bucket-name',     'passes', { bucketName: 'abc' }],
  ['report-bucket-name',     'fails',  { bucketName: 'ab' }, 'bucketName', 'ab'],
  ['report-bucket-name',     'fails',  { bucketName: 'Reports' }, 'bucketName', 'Reports'],
  ['report-bucket-accounts', 'passes', { reportingAccounts: ['111122223333'] }],
  ['report-bucket-accounts', 'fails',  { reportingAccounts: ['111122223333', 'mine'] }, 'reportingAccounts[1]', 'mine'],
  ['report-bucket-expiry',   'passes', { expireAfterDays: 1 }],
  ['report-bucket-expiry',   'fails',  { expireAfterDays: 0 }, 'expireAfterDays', '0 days'],
  ['report-bucket-expiry',   'fails',  { expireAfterDays: 1.5 }, 'expireAfterDays', '1.5 days'],
  ['report-bucket-lock-days', 'passes', { objectLockDays: 1 }],
  ['report-bucket-lock-days', 'fails',  { objectLockDays: 0 }, 'objectLockDays', '0 days'],
  ['report-bucket-lock-days', 'passes', { objectLockDays: 36500 }],
  ['report-bucket-lock-days', 'fails',  { objectLockDays: 36501 }, 'objectLockDays', '36501 days'],
  ['report-bucket-expiry-in-lock', 'passes', { expireAfterDays: 365, objectLockDays: 365 }],
  ['report-bucket-expiry-in-lock', 'fails',  { expireAfterDays: 364, objectLockDays: 365 }, 'expireAfterDays', '364 days'],
];

testRows((bucket) => BackupReportBucketRules.check(bucket, '', PLAIN), BUCKETS);

// prettier-ignore
const ROLES: Row<boolean>[] = [
  ['report-bucket-role', 'passes', true],
  ['report-bucket-role', 'fails',  false, 'reportingAccounts', 'neither for certain'],
];

testRows((comesAfter) => BackupReportBucketRules.checkRole(comesAfter, ''), ROLES);

test('tokens are neither checked nor tripped over', () => {
  const token = '${Token}';
  const probe: IValueProbe = { known: (value) => value !== token && value !== -1e289 };
  const everything = {
    reportPlanName: token,
    reportTemplate: token,
    s3BucketName: token,
    s3KeyPrefix: token,
    reportPlanDescription: token,
    formats: [token],
    frameworkArns: [token],
    accounts: [token],
    organizationUnits: [token],
    regions: [token],
  };
  const bucket = { bucketName: token, reportingAccounts: [token], expireAfterDays: -1e289, objectLockDays: -1e289 };
  expect(BackupReportPlanRules.check(reportPlan(everything), '', probe)).toEqual([]);
  expect(BackupReportBucketRules.check(bucket, '', probe)).toEqual([]);
});

test('the policy of the bucket lets the role of each account put reports, and nobody do anything without TLS', () => {
  const options = { partition: 'aws', reportingAccounts: ['111122223333', '444455556666'] };
  const role = (account: string) =>
    `arn:aws:iam::${account}:role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports`;
  expect(ReportPolicies.bucket({ ...options, bucketArn: 'arn:aws:s3:::reports' })).toEqual([
    {
      Sid: 'AllowReportsOfAwsBackup',
      Effect: 'Allow',
      Principal: { AWS: [role('111122223333'), role('444455556666')] },
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::reports/*',
      Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
    {
      Sid: 'DenyWithoutTls',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Resource: ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]);
  expect(ReportPolicies.key({ ...options, region: 'eu-central-1' })).toEqual([
    {
      Sid: 'AllowReportsOfAwsBackup',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: {
        StringEquals: {
          'aws:PrincipalArn': [role('111122223333'), role('444455556666')],
          'kms:ViaService': 's3.eu-central-1.amazonaws.com',
        },
      },
    },
  ]);
});
