import { ReportBucket, ReportBucketProps, ReportEncryption, ReportPlan } from '@holdfast/cdk';
import { ReportTemplate } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, CfnParameter, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { cfnLint, naggedStack, nagFindings } from './support/scans';
import { annotations, refusal, stackOf } from './support/stacks';

const PLAN = 'AWS::Backup::ReportPlan';
const BUCKET = 'AWS::S3::Bucket';
const POLICY = 'AWS::S3::BucketPolicy';
const KEY = 'AWS::KMS::Key';
const SLOW = 120_000;
const ROLE =
  'arn:aws:iam::111122223333:role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports';

function reportInto(stack: Stack, bucket: s3.IBucket): void {
  new ReportPlan(stack, 'Jobs', { reportPlanName: 'jobs', reportTemplate: ReportTemplate.BACKUP_JOB, bucket });
}

/** A bucket with a report plan behind it, so that nothing is said about the role. */
function templateOf(props: ReportBucketProps = {}): Template {
  const stack = stackOf();
  reportInto(stack, new ReportBucket(stack, 'Reports', props).bucket);
  return Template.fromStack(stack);
}

test('is private, versioned, encrypted with a key of its own, and kept', () => {
  const template = templateOf();
  const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
  template.hasResource(KEY, { ...kept, Properties: { EnableKeyRotation: true } });
  template.hasResource(BUCKET, {
    ...kept,
    Metadata: Match.absent(),
    Properties: {
      BucketName: Match.absent(),
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ReportsKey'), 'Arn'] },
            },
          },
        ],
      },
      ObjectLockEnabled: Match.absent(),
      LoggingConfiguration: Match.absent(),
      Tags: Match.absent(),
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'expire',
            Status: 'Enabled',
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
            ExpirationInDays: Match.absent(),
            NoncurrentVersionExpiration: Match.absent(),
          },
        ],
      },
    },
  });
});

test('lets the role of AWS Backup write, and nobody do anything without TLS', () => {
  templateOf().hasResourceProperties(POLICY, {
    PolicyDocument: {
      Statement: [
        {
          Sid: 'AllowReportsOfAwsBackup',
          Effect: 'Allow',
          Principal: { AWS: ROLE },
          Action: 's3:PutObject',
          Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
        },
        Match.objectLike({
          Effect: 'Deny',
          Action: 's3:*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ],
    },
  });
});

test('lets that role use the key, by a condition, as the key comes before the role', () => {
  templateOf().hasResourceProperties(KEY, {
    KeyPolicy: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Principal: { AWS: '*' },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Condition: {
            StringEquals: {
              'aws:PrincipalArn': [ROLE],
              'kms:ViaService': 's3.eu-central-1.amazonaws.com',
            },
          },
        }),
      ]),
    },
  });
});

test('has its policy wait for the report plan, which makes the role that it names', () => {
  const template = templateOf();
  const [plan] = Object.keys(template.findResources(PLAN));
  template.hasResource(POLICY, { DependsOn: [plan] });
  template.resourceCountIs('AWS::IAM::ServiceLinkedRole', 0);
});

test('says that the role has to be there where no report plan comes before its policy', () => {
  const stack = stackOf();
  new ReportBucket(stack, 'Reports');
  expect(annotations(stack, 'info')).toEqual([expect.stringContaining('[report-bucket-role]')]);
});

test('of another stack cannot wait, and says so', () => {
  const app = new App();
  const env = { account: '111122223333', region: 'eu-central-1' };
  const [base, stack] = [new Stack(app, 'Base', { env }), new Stack(app, 'S', { env })];
  reportInto(stack, new ReportBucket(base, 'Reports').bucket);
  expect(annotations(base, 'info')).toEqual([expect.stringContaining('[report-bucket-role]')]);
  Template.fromStack(base).hasResource(POLICY, { DependsOn: Match.absent() });
});

test('makes the role where it is asked to, before policy and report plan', () => {
  const template = templateOf({ createServiceLinkedRole: true });
  template.hasResourceProperties('AWS::IAM::ServiceLinkedRole', { AWSServiceName: 'reports.backup.amazonaws.com' });
  const [role] = Object.keys(template.findResources('AWS::IAM::ServiceLinkedRole'));
  template.hasResource(POLICY, { DependsOn: [role] });
  template.hasResource(PLAN, { DependsOn: [role] });
});

test('takes reports of other accounts', () => {
  templateOf({ reportingAccounts: ['444455556666', '777788889999'] }).hasResourceProperties(POLICY, {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Principal: {
            AWS: [ROLE.replace('111122223333', '444455556666'), ROLE.replace('111122223333', '777788889999')],
          },
        }),
      ]),
    },
  });
});

test('deletes reports when it is asked to, and the versions that they leave', () => {
  templateOf({ expireAfter: Duration.days(396) }).hasResourceProperties(BUCKET, {
    LifecycleConfiguration: {
      Rules: [{ ExpirationInDays: 396, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }],
    },
  });
});

test('locks reports when it is asked to', () => {
  const objectLockRetention = s3.ObjectLockRetention.compliance(Duration.days(2192));
  templateOf({ objectLockRetention }).hasResourceProperties(BUCKET, {
    ObjectLockEnabled: true,
    ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 2192 } } },
  });
});

test('is encrypted with keys of S3, and has none of its own, when it is asked to', () => {
  const stack = stackOf();
  const made = new ReportBucket(stack, 'Reports', { encryption: ReportEncryption.s3Managed() });
  expect(made.encryptionKey).toBeUndefined();
  const template = Template.fromStack(stack);
  template.resourceCountIs(KEY, 0);
  template.hasResourceProperties(BUCKET, {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
  });
});

test('is encrypted with a key that exists, which lets the writer in where it is of the app', () => {
  const stack = stackOf();
  const key = new kms.Key(stack, 'Key');
  const made = new ReportBucket(stack, 'Reports', { encryption: ReportEncryption.key(key) });
  expect(made.encryptionKey).toBe(key);
  const template = Template.fromStack(stack);
  template.resourceCountIs(KEY, 1);
  template.hasResourceProperties(KEY, {
    KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'AllowReportsOfAwsBackup' })]) },
  });
});

test('takes a name, tags, access logs and a removal policy', () => {
  const stack = stackOf();
  new ReportBucket(stack, 'Reports', {
    bucketName: 'backup-reports',
    tags: { owner: 'platform' },
    serverAccessLogsBucket: s3.Bucket.fromBucketName(stack, 'Logs', 'logs'),
    serverAccessLogsPrefix: 'reports',
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const template = Template.fromStack(stack);
  const owner = [{ Key: 'owner', Value: 'platform' }];
  template.hasResource(KEY, { DeletionPolicy: 'Delete', Properties: { Tags: owner } });
  template.hasResource(BUCKET, {
    DeletionPolicy: 'Delete',
    Properties: {
      BucketName: 'backup-reports',
      Tags: owner,
      LoggingConfiguration: { DestinationBucketName: 'logs', LogFilePrefix: 'reports' },
    },
  });
});

test('fails for what S3 refuses, all of it at once', () => {
  const props = { bucketName: 'My_Reports', expireAfter: Duration.hours(36), reportingAccounts: ['mine'] };
  expect(refusal(() => new ReportBucket(stackOf(), 'Reports', props))).toBe(
    [
      'S/Reports: 3 value(s) that AWS Backup refuses',
      '  bucketName must be 3 to 63 lower-case letters, digits, dots and -, got My_Reports [report-bucket-name] (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html)',
      '  reportingAccounts[0] must be account ids of 12 digits, got mine [report-bucket-accounts] (AWS Backup facts B10.2/6)',
      '  expireAfterDays must be a whole number of days, at least 1, got 1.5 days [report-bucket-expiry] (https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html)',
    ].join('\n'),
  );
});

test('warns of reports that are to go before their lock lets them', () => {
  const stack = stackOf();
  new ReportBucket(stack, 'Reports', {
    expireAfter: Duration.days(30),
    objectLockRetention: s3.ObjectLockRetention.governance(Duration.days(31)),
    waivers: [{ rule: 'report-bucket-role', path: '*', reason: 'is there' }],
  });
  expect(annotations(stack, 'warning')).toEqual([expect.stringContaining('[report-bucket-expiry-in-lock]')]);
  Template.fromStack(stack).hasResource(BUCKET, {
    Metadata: { Holdfast: { waivers: [{ rule: 'report-bucket-role', path: '*', reason: 'is there' }] } },
  });
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  new ReportBucket(stack, 'Reports', {
    bucketName: text('Name'),
    reportingAccounts: [text('Account')],
    expireAfter: Duration.days(new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber),
    serverAccessLogsPrefix: text('Prefix'),
    tags: { owner: text('Owner') },
  });
  const template = Template.fromStack(stack);
  template.hasResourceProperties(BUCKET, {
    BucketName: { Ref: 'Name' },
    LifecycleConfiguration: { Rules: [{ ExpirationInDays: { Ref: 'Days' } }] },
    Tags: [{ Key: 'owner', Value: { Ref: 'Owner' } }],
  });
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  const made = new ReportBucket(stack, 'Reports', { createServiceLinkedRole: true });
  expect(made.node.findAll().map(({ node }) => node.path)).toEqual([
    'S/Reports',
    'S/Reports/Key',
    'S/Reports/Key/Resource',
    'S/Reports/Resource',
    'S/Reports/Resource/Resource',
    'S/Reports/Resource/Policy',
    'S/Reports/Resource/Policy/Resource',
    'S/Reports/Role',
  ]);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual([
    'ReportsKey3814F3D6',
    'Reports76CC4739',
    'ReportsPolicy428BAEBE',
    'ReportsRole23AAAD23',
  ]);
});

test(
  'without access logs, and encrypted with keys of S3, is clean under cdk-nag and cfn-lint',
  () => {
    const stack = naggedStack();
    reportInto(stack, new ReportBucket(stack, 'Own').bucket);
    new ReportBucket(stack, 'Plain', { encryption: ReportEncryption.s3Managed() });
    const app = stack.node.root as App;
    expect(nagFindings(app)).toEqual([]);
    expect(cfnLint(app, 'a bucket for reports')).toBe('');
  },
  SLOW,
);
