import {
  AuditConfigRules,
  AuditConfigRulesProps,
  AuditFramework,
  BackupConfigRecorder,
  BackupConfigRecorderProps,
} from '@holdfast/cdk';
import { AuditedService, BackupConfigRule, FrameworkControl } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as config from 'aws-cdk-lib/aws-config';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { declareRecorderOfOthers } from './support/everything-audit';
import { cfnLint, naggedStack, nagFindings } from './support/scans';
import { annotations, refusal, stackOf } from './support/stacks';

const RECORDER = 'AWS::Config::ConfigurationRecorder';
const CHANNEL = 'AWS::Config::DeliveryChannel';
const SLOW = 120_000;
const encrypted = BackupConfigRule.backupRecoveryPointEncrypted();
const protectedVolumes = BackupConfigRule.resourcesProtectedByBackupPlan(AuditedService.EBS);

/** Something that needs a recorder. */
function rulesOf(stack: Stack, props: Partial<AuditConfigRulesProps> = {}): AuditConfigRules {
  return new AuditConfigRules(stack, 'Rules', { rules: [encrypted, protectedVolumes], ...props });
}

function recorderOf(stack: Stack, props: BackupConfigRecorderProps = {}): BackupConfigRecorder {
  return new BackupConfigRecorder(stack, 'Recorder', props);
}

describe('recorder', () => {
  test('records what the audits of its account and Region need, wherever they are', () => {
    const app = new App();
    const env = { account: '111122223333', region: 'eu-central-1' };
    const [stack, audits] = [new Stack(app, 'S', { env }), new Stack(app, 'Audits', { env })];
    recorderOf(stack);
    rulesOf(audits);
    const controls = [FrameworkControl.backupResourcesProtectedByBackupPlan()];
    new AuditFramework(audits, 'Framework', { frameworkName: 'daily', controls });
    rulesOf(new Stack(app, 'There', { env: { ...env, region: 'eu-west-1' } }), {
      rules: [BackupConfigRule.resourcesProtectedByBackupPlan(AuditedService.S3)],
    });
    Template.fromStack(stack).hasResourceProperties(RECORDER, {
      RecordingGroup: {
        AllSupported: false,
        IncludeGlobalResourceTypes: false,
        ResourceTypes: [
          'AWS::Backup::BackupSelection',
          'AWS::Backup::RecoveryPoint',
          'AWS::Config::ResourceCompliance',
          'AWS::EC2::Volume',
        ],
      },
    });
    expect(annotations(audits, 'warning')).toEqual([]);
    expect(audits.dependencies.map(({ node }) => node.id)).toEqual(['S']);
  });

  test('records more when it is asked to', () => {
    const stack = stackOf();
    rulesOf(stack, { rules: [encrypted] });
    recorderOf(stack, { additionalResourceTypes: ['AWS::EC2::Instance', 'AWS::Backup::RecoveryPoint'] });
    Template.fromStack(stack).hasResourceProperties(RECORDER, {
      RecordingGroup: {
        ResourceTypes: ['AWS::Backup::RecoveryPoint', 'AWS::Config::ResourceCompliance', 'AWS::EC2::Instance'],
      },
    });
  });

  test('delivers once a day into a bucket of its own, encrypted with a key of its own, which are kept', () => {
    const stack = stackOf();
    rulesOf(stack);
    recorderOf(stack);
    const template = Template.fromStack(stack);
    const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
    template.hasResource('AWS::KMS::Key', { ...kept, Properties: { EnableKeyRotation: true } });
    template.hasResource('AWS::S3::Bucket', {
      ...kept,
      Properties: { ObjectLockEnabled: Match.absent(), VersioningConfiguration: { Status: 'Enabled' } },
    });
    const [policy] = Object.keys(template.findResources('AWS::S3::BucketPolicy'));
    template.hasResource(CHANNEL, {
      DependsOn: [policy],
      Properties: {
        S3BucketName: { Ref: Match.stringLikeRegexp('^RecorderBucket') },
        S3KeyPrefix: Match.absent(),
        S3KmsKeyArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^RecorderKey'), 'Arn'] },
        ConfigSnapshotDeliveryProperties: { DeliveryFrequency: 'TwentyFour_Hours' },
      },
    });
    template.hasResource(RECORDER, { Metadata: Match.absent() });
  });

  test('has a role that AWS Config alone assumes, for this account, and that may deliver below one prefix', () => {
    const stack = stackOf();
    rulesOf(stack);
    recorderOf(stack, { s3KeyPrefix: 'config' });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Principal: { Service: 'config.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          },
        ],
      },
      ManagedPolicyArns: [
        { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/service-role/AWS_ConfigRole']] },
      ],
    });
    const objects = { 'Fn::Join': ['', [Match.anyValue(), '/config/AWSLogs/111122223333/*']] };
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Action: 's3:GetBucketAcl' }),
          Match.objectLike({ Action: 's3:PutObject', Resource: objects }),
          Match.objectLike({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }),
        ],
      },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Service: 'config.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          }),
          Match.objectLike({
            Action: 's3:PutObject',
            Resource: objects,
            Condition: {
              StringEquals: { 'aws:SourceAccount': '111122223333', 's3:x-amz-acl': 'bucket-owner-full-control' },
            },
          }),
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ],
      },
    });
  });

  test('takes bucket, key and role that exist, and makes none', () => {
    const stack = stackOf();
    rulesOf(stack);
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'config');
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/config');
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/0000-1111');
    const made = recorderOf(stack, { bucket, role, encryptionKey });
    expect(made.bucket).toBe(bucket);
    expect(made.role).toBe(role);
    const template = Template.fromStack(stack);
    ['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::IAM::Role'].forEach((type) => template.resourceCountIs(type, 0));
    template.hasResource(CHANNEL, {
      DependsOn: Match.absent(),
      Properties: { S3BucketName: 'config', S3KmsKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/0000-1111' },
    });
    template.hasResourceProperties(RECORDER, { RoleARN: 'arn:aws:iam::111122223333:role/config' });
  });

  test('takes a frequency, an expiry, access logs, tags and a removal policy', () => {
    const stack = stackOf();
    rulesOf(stack);
    const waivers = [{ rule: 'config-recorder-types', path: '*', reason: 'a rehearsal' }];
    recorderOf(stack, {
      deliveryFrequency: config.MaximumExecutionFrequency.SIX_HOURS,
      expireAfter: Duration.days(400),
      serverAccessLogsBucket: s3.Bucket.fromBucketName(stack, 'Logs', 'logs'),
      serverAccessLogsPrefix: 'config',
      removalPolicy: RemovalPolicy.DESTROY,
      tags: { owner: 'platform' },
      waivers,
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties(CHANNEL, {
      ConfigSnapshotDeliveryProperties: { DeliveryFrequency: 'Six_Hours' },
    });
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Delete',
      Properties: {
        LifecycleConfiguration: { Rules: [{ ExpirationInDays: 400 }] },
        LoggingConfiguration: { DestinationBucketName: 'logs', LogFilePrefix: 'config' },
        Tags: [{ Key: 'owner', Value: 'platform' }],
      },
    });
    template.hasResource(RECORDER, { Metadata: { Holdfast: { waivers } } });
  });

  test('fails for a type that is none', () => {
    expect(refusal(() => recorderOf(stackOf(), { additionalResourceTypes: ['EBS'] }))).toBe(
      [
        'S/Recorder: 1 value(s) that AWS Backup refuses',
        '  additionalResourceTypes[0] must be a resource type, AWS::Service::Type, got EBS [config-recorder-type] (https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html)',
      ].join('\n'),
    );
  });

  test('keeps its ids and logical ids', () => {
    const stack = stackOf();
    const made = recorderOf(stack, { additionalResourceTypes: ['AWS::Backup::BackupPlan'] });
    expect(made.node.children.map(({ node }) => node.path)).toEqual([
      'S/Recorder/Key',
      'S/Recorder/Bucket',
      'S/Recorder/Role',
      'S/Recorder/Policy',
      'S/Recorder/Resource',
      'S/Recorder/DeliveryChannel',
    ]);
    expect(stack.resolve(made.configurationRecorderName)).toEqual({ Ref: 'RecorderC4C6639E' });
  });

  test(
    'with resources of its own, or of others, is clean under cdk-nag and cfn-lint',
    () => {
      const stack = naggedStack();
      rulesOf(stack);
      recorderOf(stack);
      const others = new Stack(stack.node.root as App, 'Others', {
        env: { account: '111122223333', region: 'eu-west-1' },
      });
      rulesOf(others);
      declareRecorderOfOthers(others);
      const app = stack.node.root as App;
      expect(nagFindings(app)).toEqual([]);
      expect(cfnLint(app, 'a recorder')).toBe('');
    },
    SLOW,
  );
});
