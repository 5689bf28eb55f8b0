import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import {
  AuditConfigRules,
  AuditFramework,
  BackupConfigRecorder,
  BackupConfigRecorderProps,
  DeliveryFrequency,
} from '@holdfast/cdktf';
import { AuditedService, AuditPeriod, BackupConfigRule, FrameworkControl } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import {
  addresses,
  all,
  comment,
  message,
  only,
  refusal,
  resolve,
  sentence,
  stackOf,
  variables,
} from './support/stacks';

const RECORDER = 'aws_config_configuration_recorder';
const CHANNEL = 'aws_config_delivery_channel';
const STATUS = 'aws_config_configuration_recorder_status';
const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/0000';
const ROLE = 'arn:aws:iam::111122223333:role/config';

function stackWith(props?: BackupConfigRecorderProps, stack = stackOf()): TerraformStack {
  new BackupConfigRecorder(stack, 'Recorder', props);
  return stack;
}

function policyOf(stack: TerraformStack, type: string): unknown[] {
  return (JSON.parse(only(stack, type).policy as string) as { Statement: unknown[] }).Statement;
}

test('records nothing where the app audits nothing, delivers every day, and is started', () => {
  const stack = stackWith();
  expect(only(stack, RECORDER)).toEqual({
    name: 'default',
    role_arn: '${aws_iam_role.Recorder_Role_D83E4A2F.arn}',
    recording_group: { all_supported: false, include_global_resource_types: false, resource_types: [] },
  });
  expect(only(stack, CHANNEL)).toMatchObject({
    name: 'default',
    s3_bucket_name: '${aws_s3_bucket.Recorder_Bucket_9C593509.bucket}',
    s3_kms_key_arn: '${aws_kms_key.Recorder_Key_2E0C12B9.arn}',
    snapshot_delivery_properties: { delivery_frequency: 'TwentyFour_Hours' },
  });
  expect(only(stack, STATUS)).toMatchObject({ is_enabled: true });
  expect(comment(stack, RECORDER)).toBeUndefined();
});

test('has the channel wait for all that AWS Config tries, and starts last', () => {
  const stack = stackWith();
  expect(only(stack, CHANNEL).depends_on).toEqual([
    'aws_s3_bucket_policy.Recorder_BucketPolicy_9B837EED',
    'aws_iam_role_policy_attachment.Recorder_AWS_ConfigRole_F80468FD',
    'aws_iam_role_policy_attachment.Recorder_Delivery_A8E50AA5',
    'aws_config_configuration_recorder.Recorder_C4C6639E',
  ]);
  expect(only(stack, STATUS).depends_on).toEqual(['aws_config_delivery_channel.Recorder_DeliveryChannel_9B0B469B']);
});

test('keeps what is delivered private, encrypted with a key of its own, and not destroyed', () => {
  const stack = stackWith();
  const lifecycle = { prevent_destroy: true };
  expect(only(stack, 'aws_s3_bucket')).toEqual({ lifecycle });
  expect(only(stack, 'aws_kms_key')).toEqual({
    description: 'Encrypts what AWS Config delivers about backups',
    enable_key_rotation: true,
    deletion_window_in_days: 30,
    lifecycle,
  });
  expect(policyOf(stack, 'aws_s3_bucket_policy')).toMatchObject([
    { Sid: 'AllowConfigToLook', Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } },
    {
      Sid: 'AllowConfigToDeliver',
      Resource: '${aws_s3_bucket.Recorder_Bucket_9C593509.arn}/AWSLogs/111122223333/*',
    },
    { Sid: 'DenyWithoutTls' },
  ]);
});

test('lets the role read what it records, and deliver, for AWS Config of the account alone', () => {
  const stack = stackWith();
  const { assume_role_policy: trust } = only(stack, 'aws_iam_role');
  expect(JSON.parse(trust as string)).toMatchObject({
    Statement: [
      {
        Principal: { Service: 'config.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      },
    ],
  });
  expect(all(stack, 'aws_iam_role_policy_attachment').map((one) => one.policy_arn)).toEqual([
    'arn:aws:iam::aws:policy/service-role/AWS_ConfigRole',
    '${aws_iam_policy.Recorder_Policy_2850672D.arn}',
  ]);
  expect(policyOf(stack, 'aws_iam_policy')).toMatchObject([
    { Sid: 'Look', Resource: '${aws_s3_bucket.Recorder_Bucket_9C593509.arn}' },
    { Sid: 'Deliver' },
    { Sid: 'Encrypt', Resource: '${aws_kms_key.Recorder_Key_2E0C12B9.arn}' },
  ]);
});

test('records what the audits of its account and Region need, those of others not, and what it is told', () => {
  const stack = stackWith({ additionalResourceTypes: ['AWS::EC2::Instance', 'AWS::Backup::RecoveryPoint'] });
  new AuditFramework(stack, 'Framework', {
    frameworkName: 'daily',
    controls: [FrameworkControl.backupRecoveryPointEncrypted()],
  });
  const west = new AwsProvider(stack, 'West', { region: 'eu-west-1', alias: 'west' });
  const rule = (service: AuditedService) =>
    BackupConfigRule.lastBackupRecoveryPointCreated(service, { recoveryPointAge: AuditPeriod.days(1) });
  new AuditConfigRules(stack, 'Here', { rules: [rule(AuditedService.EBS)] });
  new AuditConfigRules(stack, 'There', { rules: [rule(AuditedService.S3)], provider: west });
  expect(only(stack, RECORDER).recording_group).toMatchObject({
    resource_types: [
      'AWS::Backup::RecoveryPoint',
      'AWS::Config::ResourceCompliance',
      'AWS::EC2::Instance',
      'AWS::EC2::Volume',
    ],
  });
});

test('takes bucket, key and role of elsewhere, and makes none then', () => {
  const bucketName = 'config-111122223333';
  const stack = stackWith({ bucketName, roleArn: ROLE, encryptionKeyArn: KEY });
  expect(Object.keys(only(stack, CHANNEL))).not.toContain('s3_key_prefix');
  expect(only(stack, CHANNEL)).toMatchObject({ s3_bucket_name: bucketName, s3_kms_key_arn: KEY });
  expect(only(stack, RECORDER)).toMatchObject({ role_arn: ROLE });
  expect(addresses(stack)).toEqual([
    'aws_config_configuration_recorder.Recorder_C4C6639E',
    'aws_config_configuration_recorder_status.Recorder_Status_E5FB2C71',
    'aws_config_delivery_channel.Recorder_DeliveryChannel_9B0B469B',
  ]);
});

test('lets a role of its own deliver into a bucket of elsewhere', () => {
  const stack = stackWith({ bucketName: 'config-111122223333' });
  expect(policyOf(stack, 'aws_iam_policy')).toMatchObject([
    { Sid: 'Look', Resource: 'arn:aws:s3:::config-111122223333' },
    { Sid: 'Deliver', Resource: 'arn:aws:s3:::config-111122223333/AWSLogs/111122223333/*' },
  ]);
  expect(all(stack, 'aws_kms_key')).toEqual([]);
});

test('takes all that it is told', () => {
  const waivers = [{ rule: 'config-recorder-*', path: '*', reason: 'shown in the comment' }];
  const tags = { owner: 'platform' };
  const stack = stackWith({
    s3KeyPrefix: 'config',
    deliveryFrequency: DeliveryFrequency.ONE_HOUR,
    expireAfterDays: 400,
    serverAccessLogsBucketName: 'logs',
    preventDestroy: false,
    tags,
    waivers,
  });
  expect(only(stack, CHANNEL)).toMatchObject({
    s3_key_prefix: 'config',
    snapshot_delivery_properties: { delivery_frequency: 'One_Hour' },
  });
  expect(only(stack, 'aws_s3_bucket_lifecycle_configuration').rule).toMatchObject([{ expiration: [{ days: 400 }] }]);
  expect(only(stack, 'aws_s3_bucket_logging')).toMatchObject({ target_bucket: 'logs', target_prefix: '' });
  for (const type of ['aws_s3_bucket', 'aws_kms_key']) {
    expect(only(stack, type)).toMatchObject({ tags, lifecycle: { prevent_destroy: false } });
  }
  for (const type of ['aws_iam_role', 'aws_iam_policy']) {
    expect(only(stack, type)).toMatchObject({ tags });
  }
  expect(policyOf(stack, 'aws_s3_bucket_policy')).toMatchObject([
    {},
    { Resource: '${aws_s3_bucket.Recorder_Bucket_9C593509.arn}/config/AWSLogs/111122223333/*' },
    {},
  ]);
  expect(comment(stack, RECORDER)).toEqual({ waivers });
});

test('fails for types that are none, buckets that are none, and days that are none', () => {
  const props = { additionalResourceTypes: ['EC2'], bucketName: 'My_Bucket', expireAfterDays: 0 };
  expect(refusal(() => stackWith(props))).toBe(
    message('S/Recorder', [
      sentence('config-recorder-type', 'additionalResourceTypes[0]', 'EC2'),
      sentence('report-bucket-name', 'bucketName', 'My_Bucket'),
      sentence('report-bucket-expiry', 'expireAfterDays', '0 days'),
    ]),
  );
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const { text, number } = variables(stack);
  stackWith(
    {
      additionalResourceTypes: [text('type')],
      s3KeyPrefix: text('prefix'),
      encryptionKeyArn: text('key'),
      roleArn: text('role'),
      expireAfterDays: number('days'),
      serverAccessLogsBucketName: text('logs'),
      serverAccessLogsPrefix: text('logsPrefix'),
    },
    stack,
  );
  expect(only(stack, RECORDER)).toMatchObject({
    role_arn: '${var.role}',
    recording_group: { resource_types: ['${var.type}'] },
  });
  expect(only(stack, CHANNEL)).toMatchObject({ s3_key_prefix: '${var.prefix}', s3_kms_key_arn: '${var.key}' });
});

test('keeps its addresses', () => {
  const stack = stackOf();
  const made = new BackupConfigRecorder(stack, 'Recorder');
  expect(addresses(stack)).toEqual([
    'aws_config_configuration_recorder.Recorder_C4C6639E',
    'aws_config_configuration_recorder_status.Recorder_Status_E5FB2C71',
    'aws_config_delivery_channel.Recorder_DeliveryChannel_9B0B469B',
    'aws_iam_policy.Recorder_Policy_2850672D',
    'aws_iam_role.Recorder_Role_D83E4A2F',
    'aws_iam_role_policy_attachment.Recorder_AWS_ConfigRole_F80468FD',
    'aws_iam_role_policy_attachment.Recorder_Delivery_A8E50AA5',
    'aws_kms_key.Recorder_Key_2E0C12B9',
    'aws_s3_bucket.Recorder_Bucket_9C593509',
    'aws_s3_bucket_lifecycle_configuration.Recorder_BucketLifecycle_1FF735A4',
    'aws_s3_bucket_ownership_controls.Recorder_BucketOwnership_A4322DD5',
    'aws_s3_bucket_policy.Recorder_BucketPolicy_9B837EED',
    'aws_s3_bucket_public_access_block.Recorder_BucketPublicAccess_2F8E6C44',
    'aws_s3_bucket_server_side_encryption_configuration.Recorder_BucketEncryption_7701A8F4',
    'aws_s3_bucket_versioning.Recorder_BucketVersioning_C2EA280D',
  ]);
  expect(resolve(stack, [made.configurationRecorderName, made.bucketName, made.roleArn])).toEqual([
    '${aws_config_configuration_recorder.Recorder_C4C6639E.name}',
    '${aws_s3_bucket.Recorder_Bucket_9C593509.bucket}',
    '${aws_iam_role.Recorder_Role_D83E4A2F.arn}',
  ]);
});
