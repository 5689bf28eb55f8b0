import { Vault, VaultProps } from '@holdfast/cdk';
import { VaultEvents } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { Stack } from 'aws-cdk-lib/core';
import { refusal, stackOf } from './support/stacks';

const TYPE = 'AWS::Backup::BackupVault';
const EMAIL = new subscriptions.EmailSubscription('backups@example.com');

function vault(stack: Stack, props: Partial<VaultProps> = {}): Vault {
  return new Vault(stack, 'Vault', { backupVaultName: 'primary', ...props });
}

describe('failures', () => {
  test('are told through an encrypted topic of its own, that AWS Backup may publish to, filtered', () => {
    const stack = stackOf();
    const made = vault(stack);
    expect(made.notificationTopic).toBeUndefined();
    made.notifyFailures(EMAIL);
    made.notifyFailures(new subscriptions.EmailSubscription('second@example.com'));
    const template = Template.fromStack(stack);
    template.hasResourceProperties(TYPE, {
      Notifications: { SNSTopicArn: { Ref: 'VaultTopic0F044152' }, BackupVaultEvents: VaultEvents.ofFailures() },
    });
    template.resourceCountIs('AWS::SNS::Topic', 1);
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Sid: 'AllowPublishThroughSSLOnly', Effect: 'Deny' }),
          Match.objectLike({ Action: 'sns:Publish', Principal: { Service: 'backup.amazonaws.com' }, Effect: 'Allow' }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      Description: 'Encrypts the notifications of the backup vault primary',
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Principal: { Service: 'backup.amazonaws.com' },
          }),
        ]),
      },
    });
    template.resourcePropertiesCountIs(
      'AWS::SNS::Subscription',
      { FilterPolicy: VaultEvents.failureFilterPolicy() },
      2,
    );
  });

  test('are told through a topic that was given, whose other subscriptions hear everything', () => {
    const stack = stackOf();
    const notificationTopic = new sns.Topic(stack, 'Topic');
    notificationTopic.addSubscription(new subscriptions.EmailSubscription('all@example.com'));
    const made = vault(stack, { notificationTopic });
    made.notifyFailures(
      new subscriptions.EmailSubscription('backups@example.com', {
        filterPolicy: { EventType: sns.SubscriptionFilter.stringFilter({ allowlist: ['BACKUP_JOB'] }) },
      }),
    );
    expect(made.notificationTopic).toBe(notificationTopic);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::SNS::Topic', 1);
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Endpoint: 'backups@example.com',
      FilterPolicy: { ...(VaultEvents.failureFilterPolicy() as object), EventType: ['BACKUP_JOB'] },
    });
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Endpoint: 'all@example.com',
      FilterPolicy: Match.absent(),
    });
  });

  test('fail for an event that there is none of, which was not looked at before', () => {
    const made = vault(stackOf(), { notificationEvents: ['BACKUP_JOB_FORGOTTEN'] });
    expect(refusal(() => made.notifyFailures(EMAIL))).toContain('[vault-notification-event]');
  });
});
