import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { BackupAlertPolicies, BackupKeyRules, Environment, KeyPolicies, VaultEvents } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { VaultFailureSubscriptionProps } from '../vault-props';
import { accountOf, partitionOf } from './place';
import { renderPolicy } from './render-policy';

/** Of the key, AWS Backup alone needs something here. */
const BY_BACKUP = 'AllowBackup';

/** What version 5 of the AWS provider refuses as the name of an event. */
const UNKNOWN_TO_PROVIDER = /^(CONTINUOUS_BACKUP_INTERRUPTED|EKS_.*)$/;

/** Of the events that are chosen by default, those that version 5 of the AWS provider knows. */
export function knownEvents(events: string[]): string[] {
  return events.filter((event) => !UNKNOWN_TO_PROVIDER.test(event));
}

/**
 * A topic for the events of a vault that keeps nothing in the clear: under a key of its own that AWS Backup may use, and
 * closed to what comes without TLS.
 *
 * Whom AWS Backup publishes for is left open: no page says that it sends `aws:SourceAccount` or `aws:SourceArn` to a topic,
 * and a condition on a key that is not there would keep every message out, unnoticed.
 *
 * Source B7.3/2, B7.3/3.
 */
export function ownTopic(scope: Construct, vaultName: string, provider?: TerraformProvider): SnsTopic {
  const env = { partition: partitionOf(scope, provider), account: accountOf(scope, provider), region: '' };
  const key = new KmsKey(scope, 'TopicKey', {
    description: `Encrypts the notifications of the backup vault ${vaultName}`,
    enableKeyRotation: true,
    deletionWindowInDays: BackupKeyRules.PENDING_WINDOW_DAYS,
    policy: renderPolicy(KeyPolicies.document([...KeyPolicies.administration(env), ...backupsUse(env)])),
    provider,
  });
  const topic = new SnsTopic(scope, 'Topic', { kmsMasterKeyId: key.arn, provider });
  new SnsTopicPolicy(scope, 'TopicPolicy', {
    arn: topic.arn,
    policy: renderPolicy(
      KeyPolicies.document([onlyWithTls(topic.arn), BackupAlertPolicies.backupPublishes(topic.arn)]),
    ),
    provider,
  });
  return topic;
}

/** Subscribes to failures alone; a filter that was given for an attribute goes before ours. */
export function subscribeToFailures(
  scope: Construct,
  id: string,
  topicArn: string,
  { protocol, endpoint, filterPolicy }: VaultFailureSubscriptionProps,
  provider?: TerraformProvider,
): SnsTopicSubscription {
  const failures = VaultEvents.failureFilterPolicy() as object;
  return new SnsTopicSubscription(scope, id, {
    topicArn,
    protocol,
    endpoint,
    filterPolicy: renderPolicy({ ...failures, ...filterPolicy }),
    provider,
  });
}

function backupsUse(env: Environment): { readonly Sid: string }[] {
  return (BackupAlertPolicies.keyUse(env) as { Sid: string }[]).filter(({ Sid }) => Sid === BY_BACKUP);
}

/** Denies whatever comes in the clear. */
export function onlyWithTls(topicArn: string): object {
  return {
    Sid: 'DenyPublishWithoutTls',
    Effect: 'Deny',
    Principal: '*',
    Action: 'sns:Publish',
    Resource: topicArn,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
