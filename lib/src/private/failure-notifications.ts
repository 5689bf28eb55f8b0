import { VaultEvents } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * A topic for the events of a vault that keeps nothing in the clear: under a key of its own that AWS Backup may use, and
 * closed to what comes without TLS.
 *
 * Whom AWS Backup publishes for is left open: no page says that it sends `aws:SourceAccount` or `aws:SourceArn` to a topic,
 * and a condition on a key that is not there would keep every message out, unnoticed.
 *
 * Source B7.3/2, B7.3/3.
 */
export function ownTopic(scope: Construct, vaultName: string): sns.ITopic {
  const key = new kms.Key(scope, 'TopicKey', {
    description: `Encrypts the notifications of the backup vault ${vaultName}`,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return new sns.Topic(scope, 'Topic', { masterKey: key, enforceSSL: true });
}

/** Lets AWS Backup publish to a topic, as far as its policy can be changed here. */
export function letPublish(topic: sns.ITopic): void {
  topic.grantPublish(new iam.ServicePrincipal('backup.amazonaws.com'));
}

/** Subscribes to failures alone; a filter that the subscription brings along for an attribute goes before ours. */
export function subscribeToFailures(topic: sns.ITopic, subscription: sns.ITopicSubscription): void {
  const failures = Object.entries(VaultEvents.failureFilterPolicy() as Record<string, unknown[]>).map(
    ([attribute, conditions]): [string, sns.SubscriptionFilter] => [attribute, new sns.SubscriptionFilter(conditions)],
  );
  topic.addSubscription({
    bind: (bound) => {
      const config = subscription.bind(bound);
      return { ...config, filterPolicy: { ...Object.fromEntries(failures), ...config.filterPolicy } };
    },
  });
}
