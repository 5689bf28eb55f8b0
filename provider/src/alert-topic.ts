import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { BackupAlertPolicies, BackupKeyRules, Environment, KeyPolicies } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { onlyWithTls } from './private/failure-notifications';
import { checkListKnown } from './private/known-list';
import { accountOf, partitionOf, regionOf } from './private/place';
import { refuse } from './private/refuse';
import { renderPolicy } from './private/render-policy';

/**
 * Properties of an `AlertTopic`.
 */
export interface AlertTopicProps {
  /**
   * Name of the topic.
   *
   * @default - Terraform makes one
   */
  readonly topicName?: string;

  /**
   * ARN of the key that encrypts the messages. Its policy has to let alarms, rules, budgets and AWS Backup use it, which
   * `BackupAlertPolicies.keyUse` spells out: a key has one policy, which is its owner's.
   *
   * @default - a key of its own, rotated every year
   */
  readonly encryptionKeyArn?: string;

  /**
   * Addresses that get an e-mail of each message, once they confirmed it. Each may be a token, the list may not.
   *
   * @default - none
   */
  readonly emails?: string[];

  /**
   * Whether Terraform refuses plans that destroy or replace a key that it made.
   *
   * @default false, as no message is kept
   */
  readonly preventDestroy?: boolean;

  /**
   * Tags of the topic and of a key that it made.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * The provider that makes the resources.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * An encrypted topic that all who tell of backups may publish to: CloudWatch alarms, rules of EventBridge, AWS Budgets and AWS
 * Backup itself (`VaultProps.notificationTopicArn`).
 *
 * An encrypted topic whose key policy does not name the publisher drops each message, and says so nowhere.
 */
export class AlertTopic extends Construct {
  /**
   * The topic.
   */
  public readonly topic: SnsTopic;

  /**
   * The policy of the topic: who may publish, and that nothing comes in the clear.
   */
  public readonly topicPolicy: SnsTopicPolicy;

  /**
   * The key made for the topic; undefined when `encryptionKeyArn` was given.
   */
  public readonly encryptionKey?: KmsKey;

  /**
   * ARN of the key that encrypts the messages.
   */
  public readonly encryptionKeyArn: string;

  /**
   * ARN of the topic, as a reference: what uses it is made after the topic.
   */
  public readonly topicArn: string;

  /**
   * The e-mails, in the order of `emails`.
   */
  public readonly subscriptions: SnsTopicSubscription[];

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when the list of `emails` is known only to Terraform
   */
  constructor(scope: Construct, id: string, props: AlertTopicProps = {}) {
    super(scope, id);
    refuse(this, checkListKnown(props.emails ?? [], 'emails'));
    const { tags, provider } = props;
    const env = {
      partition: partitionOf(this, provider),
      region: regionOf(this, provider),
      account: accountOf(this, provider),
    };
    this.encryptionKey = props.encryptionKeyArn === undefined ? this.ownKey(env, props) : undefined;
    this.encryptionKeyArn = props.encryptionKeyArn ?? this.encryptionKey!.arn;
    this.topic = new SnsTopic(this, 'Resource', {
      name: props.topicName,
      kmsMasterKeyId: this.encryptionKeyArn,
      tags,
      provider,
    });
    this.topicArn = this.topic.arn;
    this.topicPolicy = new SnsTopicPolicy(this, 'Policy', {
      arn: this.topicArn,
      policy: renderPolicy(KeyPolicies.document([onlyWithTls(this.topicArn), ...publishers(this.topicArn, env)])),
      provider,
    });
    this.subscriptions = (props.emails ?? []).map(
      (endpoint, index) =>
        new SnsTopicSubscription(this, `Email${index}`, {
          topicArn: this.topicArn,
          protocol: 'email',
          endpoint,
          provider,
        }),
    );
  }

  private ownKey(env: Environment, { preventDestroy, tags, provider }: AlertTopicProps): KmsKey {
    const use = BackupAlertPolicies.keyUse(env) as object[];
    return new KmsKey(this, 'Key', {
      description: 'Encrypts messages about backups',
      enableKeyRotation: true,
      deletionWindowInDays: BackupKeyRules.PENDING_WINDOW_DAYS,
      policy: renderPolicy(KeyPolicies.document([...KeyPolicies.administration(env), ...use])),
      lifecycle: { preventDestroy: preventDestroy ?? false },
      tags,
      provider,
    });
  }
}

function publishers(topicArn: string, env: Environment): unknown[] {
  return [
    BackupAlertPolicies.alarmsPublish(topicArn, env),
    BackupAlertPolicies.rulesPublish(topicArn),
    BackupAlertPolicies.budgetsPublish(topicArn, env),
    BackupAlertPolicies.backupPublishes(topicArn),
  ];
}
