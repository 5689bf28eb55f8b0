import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vault, VaultProps } from '@holdfast/cdktf';
import { VaultEvents } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import { addresses, all, message, only, refusal, sentence, stackOf, synth } from './support/stacks';

const EMAIL = { protocol: 'email', endpoint: 'backups@example.com' };
const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:backups';

interface Policy {
  readonly Statement: object[];
}

function vault(stack: TerraformStack, props: Partial<VaultProps> = {}): Vault {
  return new Vault(stack, 'Vault', { backupVaultName: 'primary', ...props });
}

test('failures are told through an encrypted topic of its own, that AWS Backup may publish to, filtered', () => {
  const stack = stackOf();
  const made = vault(stack);
  expect([made.notificationTopic, made.vaultNotifications]).toEqual([undefined, undefined]);
  made.notifyFailures('Email', EMAIL);
  made.notifyFailures('Second', { protocol: 'email', endpoint: 'second@example.com' });
  expect(only(stack, 'aws_backup_vault_notifications')).toEqual({
    backup_vault_name: '${aws_backup_vault.Vault_23237E5B.name}',
    sns_topic_arn: '${aws_sns_topic.Vault_Topic_5D8DFCBC.arn}',
    backup_vault_events: [
      'BACKUP_JOB_COMPLETED',
      'COPY_JOB_FAILED',
      'RESTORE_JOB_COMPLETED',
      'S3_BACKUP_OBJECT_FAILED',
      'S3_RESTORE_OBJECT_FAILED',
      'RECOVERY_POINT_INDEXING_FAILED',
    ],
  });
  expect(only(stack, 'aws_sns_topic')).toEqual({ kms_master_key_id: '${aws_kms_key.Vault_TopicKey_5F28B11D.arn}' });
  const { Statement } = JSON.parse(only(stack, 'aws_sns_topic_policy').policy as string) as Policy;
  expect(Statement).toEqual([
    expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    expect.objectContaining({ Effect: 'Allow', Action: 'sns:Publish', Principal: { Service: 'backup.amazonaws.com' } }),
  ]);
  const keys = all(stack, 'aws_kms_key').filter(({ policy }) => policy !== undefined);
  expect(keys).toEqual([
    expect.objectContaining({
      description: 'Encrypts the notifications of the backup vault primary',
      enable_key_rotation: true,
      deletion_window_in_days: 30,
    }),
  ]);
  expect((JSON.parse(keys[0]?.policy as string) as Policy).Statement).toEqual([
    expect.objectContaining({ Sid: 'LeaveToIam', Principal: { AWS: ['arn:aws:iam::111122223333:root'] } }),
    {
      Sid: 'AllowBackup',
      Effect: 'Allow',
      Principal: { Service: 'backup.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
    },
  ]);
  const filters = all(stack, 'aws_sns_topic_subscription').map(
    ({ filter_policy: filter }) => JSON.parse(filter as string) as unknown,
  );
  expect(filters).toEqual([VaultEvents.failureFilterPolicy(), VaultEvents.failureFilterPolicy()]);
});

test('the policy of the vault is made after notifications that came later, too', () => {
  const stack = stackOf();
  const made = vault(stack, { vaultLock: { minRetentionDays: 7 } });
  made.notifyFailures('Email', EMAIL);
  expect(only(stack, 'aws_backup_vault_policy')).toMatchObject({
    depends_on: [
      'aws_backup_vault_lock_configuration.Vault_Lock_C9DD9055',
      'aws_backup_vault_notifications.Vault_Notifications_32C6A421',
    ],
  });
});

test('failures are told through a topic that was given, to this subscription alone', () => {
  const stack = stackOf();
  const made = vault(stack, { notificationTopicArn: TOPIC });
  const subscription = made.notifyFailures('Email', { ...EMAIL, filterPolicy: { EventType: ['BACKUP_JOB'] } });
  expect(subscription.endpointInput).toBe('backups@example.com');
  expect(made.notificationTopic).toBeUndefined();
  expect(all(stack, 'aws_sns_topic')).toEqual([]);
  expect(only(stack, 'aws_sns_topic_subscription')).toMatchObject({ ...EMAIL, topic_arn: TOPIC });
  expect(JSON.parse(only(stack, 'aws_sns_topic_subscription').filter_policy as string)).toEqual({
    ...(VaultEvents.failureFilterPolicy() as object),
    EventType: ['BACKUP_JOB'],
  });
});

test('all of it is made with the provider of the vault', () => {
  const stack = stackOf();
  const provider = new AwsProvider(stack, 'West', { region: 'eu-west-1', alias: 'west' });
  vault(stack, { provider }).notifyFailures('Email', EMAIL);
  const { resource = {}, data = {} } = synth(stack);
  const made = [...Object.values(resource), ...Object.values(data)].flatMap((named) => Object.values(named));
  expect([...new Set(made.map((one) => one.provider))]).toEqual(['aws.west']);
});

test('failures fail for an event that there is none of, which was not looked at before', () => {
  const made = vault(stackOf(), { notificationEvents: ['BACKUP_JOB_FORGOTTEN'] });
  expect(refusal(() => made.notifyFailures('Email', EMAIL))).toBe(
    message('S/Vault', [
      sentence('vault-notification-event', 'notifications.backupVaultEvents[0]', 'BACKUP_JOB_FORGOTTEN'),
    ]),
  );
});

test('keeps the addresses of what failures add', () => {
  const stack = stackOf();
  vault(stack).notifyFailures('Email', EMAIL);
  expect(addresses(stack)).toEqual([
    'aws_backup_vault.Vault_23237E5B',
    'aws_backup_vault_notifications.Vault_Notifications_32C6A421',
    'aws_backup_vault_policy.Vault_Policy_022231A7',
    'aws_kms_key.Vault_Key_447CDAEB',
    'aws_kms_key.Vault_TopicKey_5F28B11D',
    'aws_sns_topic.Vault_Topic_5D8DFCBC',
    'aws_sns_topic_policy.Vault_TopicPolicy_AD628012',
    'aws_sns_topic_subscription.Vault_Email_73EEC9C4',
  ]);
});
