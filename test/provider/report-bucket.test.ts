import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import {
  BackupKey,
  ObjectLockRetention,
  ReportBucket,
  ReportBucketProps,
  ReportEncryption,
  ReportPlan,
} from '@holdfast/cdktf';
import { ReportTemplate } from '@holdfast/model';
import { App, TerraformStack, Testing } from 'cdktf';
import {
  addresses,
  all,
  annotations,
  comment,
  message,
  only,
  refusal,
  resolve,
  sentence,
  stackOf,
  variables,
} from './support/stacks';

const BUCKET = 'aws_s3_bucket';
const POLICY = 'aws_s3_bucket_policy';
const KEY = 'aws_kms_key';
const PLAN = 'aws_backup_report_plan';
const ROLE = 'aws_iam_service_linked_role';
const REF = '${aws_s3_bucket.Reports_65402A0A.bucket}';
const WRITER =
  'arn:aws:iam::111122223333:role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports';

interface Statement {
  readonly Sid?: string;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

function reportInto(stack: TerraformStack, bucketName: string): void {
  new ReportPlan(stack, 'Jobs', { reportPlanName: 'jobs', reportTemplate: ReportTemplate.BACKUP_JOB, bucketName });
}

/** A bucket with a report plan behind it, so that nothing is said about the role. */
function stackWith(props?: ReportBucketProps, stack = stackOf()): TerraformStack {
  reportInto(stack, new ReportBucket(stack, 'Reports', props).bucketName);
  return stack;
}

function statements(stack: TerraformStack, type: string): Statement[] {
  return (JSON.parse(only(stack, type).policy as string) as { Statement: Statement[] }).Statement;
}

test('is private, versioned, encrypted with a key of its own, and not destroyed', () => {
  const stack = stackWith();
  const lifecycle = { prevent_destroy: true };
  expect(only(stack, BUCKET)).toEqual({ lifecycle });
  expect(comment(stack, BUCKET)).toBeUndefined();
  expect(only(stack, KEY)).toMatchObject({
    description: 'Encrypts the reports of AWS Backup',
    enable_key_rotation: true,
    deletion_window_in_days: 30,
    lifecycle,
  });
  expect(only(stack, 'aws_s3_bucket_public_access_block')).toEqual({
    bucket: REF,
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(only(stack, 'aws_s3_bucket_ownership_controls')).toEqual({
    bucket: REF,
    rule: { object_ownership: 'BucketOwnerEnforced' },
  });
  expect(only(stack, 'aws_s3_bucket_versioning')).toEqual({
    bucket: REF,
    versioning_configuration: { status: 'Enabled' },
  });
  expect(only(stack, 'aws_s3_bucket_server_side_encryption_configuration')).toEqual({
    bucket: REF,
    rule: [
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: 'aws:kms',
          kms_master_key_id: '${aws_kms_key.Reports_Key_5D5830A5.arn}',
        },
        bucket_key_enabled: true,
      },
    ],
  });
  expect(only(stack, 'aws_s3_bucket_lifecycle_configuration')).toEqual({
    bucket: REF,
    rule: [
      {
        id: 'expire',
        status: 'Enabled',
        filter: [{}],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ],
    depends_on: ['aws_s3_bucket_versioning.Reports_Versioning_BA0D8723'],
  });
  for (const type of ['aws_s3_bucket_logging', 'aws_s3_bucket_object_lock_configuration', ROLE]) {
    expect(all(stack, type)).toEqual([]);
  }
});

test('lets the role of AWS Backup write, and nobody do anything without TLS', () => {
  expect(statements(stackWith(), POLICY)).toEqual([
    expect.objectContaining({
      Sid: 'AllowReportsOfAwsBackup',
      Principal: { AWS: [WRITER] },
      Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
    expect.objectContaining({ Sid: 'DenyWithoutTls', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  ]);
});

test('lets that role use the key, by a condition, as the key comes before the role', () => {
  expect(statements(stackWith(), KEY)).toEqual([
    expect.objectContaining({ Sid: 'LeaveToIam', Principal: { AWS: ['arn:aws:iam::111122223333:root'] } }),
    expect.objectContaining({
      Sid: 'AllowReportsOfAwsBackup',
      Condition: {
        StringEquals: { 'aws:PrincipalArn': [WRITER], 'kms:ViaService': 's3.eu-central-1.amazonaws.com' },
      },
    }),
  ]);
});

test('asks who calls where the provider does not say its account', () => {
  const stack = new TerraformStack(Testing.app(), 'S');
  new AwsProvider(stack, 'Aws', { region: 'eu-central-1' });
  stackWith(undefined, stack);
  expect(addresses(stack)).toContain('data.aws_caller_identity.Reports_Caller_0BB11A1E');
  expect(statements(stack, POLICY)[0]?.Principal).toEqual({
    AWS: [WRITER.replace('111122223333', '${data.aws_caller_identity.Reports_Caller_0BB11A1E.account_id}')],
  });
});

describe('the policy', () => {
  test('waits for the report plan, which makes the role that it names', () => {
    const stack = stackWith();
    expect(only(stack, POLICY).depends_on).toEqual([
      'aws_s3_bucket_public_access_block.Reports_PublicAccess_14753462',
      'aws_backup_report_plan.Jobs_DF1CC2D4',
    ]);
    expect(only(stack, PLAN).depends_on).toBeUndefined();
    expect(annotations(stack, 'info')).toEqual([]);
  });

  test('waits for it where the bucket is named twice, too', () => {
    const stack = stackOf();
    new ReportBucket(stack, 'Reports', { bucketName: 'backup-reports' });
    reportInto(stack, 'backup-reports');
    expect(only(stack, POLICY).depends_on).toContain('aws_backup_report_plan.Jobs_DF1CC2D4');
    expect(only(stack, PLAN).depends_on).toEqual(['aws_s3_bucket.Reports_65402A0A']);
  });

  test('says that the role has to be there where no report plan comes before it', () => {
    const stack = stackOf();
    new ReportBucket(stack, 'Reports');
    expect(annotations(stack, 'info')).toEqual([expect.stringContaining('[report-bucket-role]')]);
  });

  test('of another stack cannot wait, and says so', () => {
    const stack = stackOf();
    const { bucketName } = new ReportBucket(stack, 'Reports', { bucketName: 'backup-reports' });
    const other = new TerraformStack(stack.node.root as App, 'Other');
    new AwsProvider(other, 'Aws', { region: 'eu-central-1', allowedAccountIds: ['111122223333'] });
    reportInto(other, bucketName);
    expect(annotations(stack, 'info')).toEqual([expect.stringContaining('[report-bucket-role]')]);
  });

  test('comes after the role where it is to be made, and so does the report plan', () => {
    const stack = stackWith({ createServiceLinkedRole: true, tags: { owner: 'platform' } });
    expect(only(stack, ROLE)).toEqual({
      aws_service_name: 'reports.backup.amazonaws.com',
      tags: { owner: 'platform' },
    });
    const role = 'aws_iam_service_linked_role.Reports_Role_23AAAD23';
    expect(only(stack, POLICY).depends_on).toContain(role);
    expect(only(stack, PLAN).depends_on).toEqual([role]);
    expect(annotations(stack, 'info')).toEqual([]);
  });
});

test('takes reports of other accounts', () => {
  const accounts = ['444455556666', '777788889999'];
  expect(statements(stackWith({ reportingAccounts: accounts }), POLICY)[0]?.Principal).toEqual({
    AWS: accounts.map((account) => WRITER.replace('111122223333', account)),
  });
});

test('deletes reports when it is asked to, and the versions that they leave', () => {
  expect(only(stackWith({ expireAfterDays: 396 }), 'aws_s3_bucket_lifecycle_configuration').rule).toEqual([
    expect.objectContaining({
      expiration: [{ days: 396 }],
      noncurrent_version_expiration: [{ noncurrent_days: 1 }],
    }),
  ]);
});

// prettier-ignore
test.each([
  ['GOVERNANCE', ObjectLockRetention.governance(396)],
  ['COMPLIANCE', ObjectLockRetention.compliance(396)],
])('locks reports in %s mode when it is asked to', (mode, objectLockRetention) => {
  const stack = stackWith({ objectLockRetention });
  expect(only(stack, BUCKET)).toMatchObject({ object_lock_enabled: true });
  expect(only(stack, 'aws_s3_bucket_object_lock_configuration')).toEqual({
    bucket: REF,
    rule: { default_retention: { mode, days: 396 } },
    depends_on: ['aws_s3_bucket_versioning.Reports_Versioning_BA0D8723'],
  });
});

test('is encrypted with keys of S3, and has none of its own, when it is asked to', () => {
  const stack = stackOf();
  const made = new ReportBucket(stack, 'Reports', { encryption: ReportEncryption.s3Managed() });
  expect([made.encryptionKey, made.encryptionKeyArn]).toEqual([undefined, undefined]);
  expect(all(stack, KEY)).toEqual([]);
  expect(only(stack, 'aws_s3_bucket_server_side_encryption_configuration').rule).toEqual([
    { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
  ]);
});

test('is encrypted with a key that exists, which lets the writer in where it is of the app', () => {
  const stack = stackOf();
  const key = new BackupKey(stack, 'Key');
  const made = new ReportBucket(stack, 'Reports', { encryption: ReportEncryption.key(key) });
  expect(made.encryptionKeyArn).toBe(key.keyArn);
  expect(statements(stack, KEY).map(({ Sid }) => Sid)).toContain('AllowReportsOfAwsBackup');
  const elsewhere = 'arn:aws:kms:eu-central-1:111122223333:key/0000';
  const encryption = ReportEncryption.key(BackupKey.fromKeyArn(elsewhere));
  expect(new ReportBucket(stack, 'Other', { encryption }).encryptionKeyArn).toBe(elsewhere);
});

test('takes a name, tags, access logs, waivers, and that it may be destroyed', () => {
  const waivers = [{ rule: 'report-bucket-role', path: '*', reason: 'is there' }];
  const stack = stackWith({
    bucketName: 'backup-reports',
    tags: { owner: 'platform' },
    serverAccessLogsBucketName: 'logs',
    serverAccessLogsPrefix: 'reports/',
    preventDestroy: false,
    waivers,
  });
  const common = { tags: { owner: 'platform' }, lifecycle: { prevent_destroy: false } };
  expect(only(stack, BUCKET)).toEqual({ bucket: 'backup-reports', ...common });
  expect(only(stack, KEY)).toMatchObject(common);
  expect(only(stack, 'aws_s3_bucket_logging')).toEqual({
    bucket: REF,
    target_bucket: 'logs',
    target_prefix: 'reports/',
  });
  expect(comment(stack, BUCKET)).toEqual({ waivers });
});

test('fails for what S3 refuses, all of it at once', () => {
  const props = { bucketName: 'My_Reports', expireAfterDays: 1.5, reportingAccounts: ['mine'] };
  expect(refusal(() => new ReportBucket(stackOf(), 'Reports', props))).toBe(
    message('S/Reports', [
      sentence('report-bucket-name', 'bucketName', 'My_Reports'),
      sentence('report-bucket-accounts', 'reportingAccounts[0]', 'mine'),
      sentence('report-bucket-expiry', 'expireAfterDays', '1.5 days'),
    ]),
  );
});

test('fails for a lock of no days', () => {
  const objectLockRetention = ObjectLockRetention.compliance(0);
  expect(refusal(() => new ReportBucket(stackOf(), 'Reports', { objectLockRetention }))).toBe(
    message('S/Reports', [sentence('report-bucket-lock-days', 'objectLockDays', '0 days')]),
  );
});

test('warns of reports that are to go before their lock lets them', () => {
  const stack = stackWith({ expireAfterDays: 30, objectLockRetention: ObjectLockRetention.governance(31) });
  expect(annotations(stack, 'warn')).toEqual([expect.stringContaining('[report-bucket-expiry-in-lock]')]);
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const { text, number } = variables(stack);
  stackWith(
    {
      bucketName: text('name'),
      reportingAccounts: [text('account')],
      expireAfterDays: number('days'),
      objectLockRetention: ObjectLockRetention.governance(number('lock')),
      serverAccessLogsBucketName: text('logs'),
      serverAccessLogsPrefix: text('prefix'),
      tags: { owner: text('owner') },
    },
    stack,
  );
  expect(only(stack, BUCKET)).toMatchObject({ bucket: '${var.name}', tags: { owner: '${var.owner}' } });
  expect(only(stack, 'aws_s3_bucket_lifecycle_configuration').rule).toMatchObject([
    { expiration: [{ days: '${var.days}' }] },
  ]);
  expect(only(stack, 'aws_s3_bucket_object_lock_configuration')).toMatchObject({
    rule: { default_retention: { days: '${var.lock}' } },
  });
  expect(only(stack, 'aws_s3_bucket_logging')).toMatchObject({
    target_bucket: '${var.logs}',
    target_prefix: '${var.prefix}',
  });
});

test('keeps its addresses', () => {
  const stack = stackOf();
  const made = new ReportBucket(stack, 'Reports', {
    createServiceLinkedRole: true,
    objectLockRetention: ObjectLockRetention.governance(1),
    serverAccessLogsBucketName: 'logs',
  });
  expect(addresses(stack)).toEqual([
    'aws_iam_service_linked_role.Reports_Role_23AAAD23',
    'aws_kms_key.Reports_Key_5D5830A5',
    'aws_s3_bucket.Reports_65402A0A',
    'aws_s3_bucket_lifecycle_configuration.Reports_Lifecycle_34BBC8E4',
    'aws_s3_bucket_logging.Reports_AccessLogs_182B7FE2',
    'aws_s3_bucket_object_lock_configuration.Reports_ObjectLock_4BCDEAEA',
    'aws_s3_bucket_ownership_controls.Reports_Ownership_749DF069',
    'aws_s3_bucket_policy.Reports_Policy_A5364387',
    'aws_s3_bucket_public_access_block.Reports_PublicAccess_14753462',
    'aws_s3_bucket_server_side_encryption_configuration.Reports_Encryption_B2D41721',
    'aws_s3_bucket_versioning.Reports_Versioning_BA0D8723',
  ]);
  expect(resolve(stack, made.bucketName)).toBe(REF);
});
