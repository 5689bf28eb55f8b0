import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { RemovalPolicy, Tags } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { allowAlarms, allowBackup, allowBudgets, allowKey, allowRules } from './private/topic-access';

/**
 * Properties of an `AlertTopic`.
 */
export interface AlertTopicProps {
  /**
   * Name of the topic.
   *
   * @default - AWS CloudFormation makes one
   */
  readonly topicName?: string;

  /**
   * Key that encrypts the messages. Its policy gets what alarms, rules, budgets and AWS Backup need, unless it is imported: then its
   * owner has to see to it.
   *
   * @default - a key of its own, rotated every year
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Addresses that get an e-mail of each message, once they confirmed it.
   *
   * @default - none
   */
  readonly emails?: string[];

  /**
   * What becomes of a key that it made when it leaves the stack.
   *
   * @default RemovalPolicy.DESTROY, as no message is kept
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Tags of the topic and of a key that it made, beside those of `Tags.of`.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * An encrypted topic that all who tell of backups may publish to: CloudWatch alarms, rules of EventBridge, AWS Budgets and AWS
 * Backup itself (`VaultProps.notificationTopic`).
 *
 * An encrypted topic whose key policy does not name the publisher drops each message, and says so nowhere.
 */
@propertyInjectable
export class AlertTopic extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.AlertTopic';

  /**
   * The topic.
   */
  public readonly topic: sns.ITopic;

  /**
   * The key that encrypts the messages.
   */
  public readonly encryptionKey: kms.IKey;

  /**
   * ARN of the topic.
   */
  public readonly topicArn: string;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   */
  constructor(scope: Construct, id: string, props: AlertTopicProps = {}) {
    super(scope, id);
    this.encryptionKey = props.encryptionKey ?? this.ownKey(props);
    allowKey(this, this.encryptionKey);
    this.topic = new sns.Topic(this, 'Resource', {
      topicName: props.topicName,
      masterKey: this.encryptionKey,
      enforceSSL: true,
    });
    this.topicArn = this.topic.topicArn;
    allowAlarms(this, this.topic);
    allowRules(this.topic);
    allowBudgets(this, this.topic);
    allowBackup(this.topic);
    for (const [index, email] of (props.emails ?? []).entries()) {
      new sns.Subscription(this, `Email${index}`, {
        topic: this.topic,
        protocol: sns.SubscriptionProtocol.EMAIL,
        endpoint: email,
      });
    }
    for (const [tag, value] of Object.entries(props.tags ?? {})) {
      Tags.of(this).add(tag, value);
    }
  }

  private ownKey(props: AlertTopicProps): kms.Key {
    return new kms.Key(this, 'Key', {
      description: 'Encrypts messages about backups',
      enableKeyRotation: true,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.DESTROY,
    });
  }
}
