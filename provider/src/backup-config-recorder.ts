import { ConfigConfigurationRecorder } from '@cdktf/provider-aws/lib/config-configuration-recorder';
import { ConfigConfigurationRecorderStatus } from '@cdktf/provider-aws/lib/config-configuration-recorder-status';
import { ConfigDeliveryChannel } from '@cdktf/provider-aws/lib/config-delivery-channel';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { BackupReportBucketRules, ConfigPolicies, ConfigRecordings, Waiver } from '@holdfast/model';
import { ITerraformDependable, Lazy, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { auditBucket, AuditBucket, auditKey } from './private/audit-bucket';
import { typesNeededBeside } from './private/audit-recorder';
import { accountOf, partitionOf } from './private/place';
import { annotateTemplate, refuse } from './private/refuse';
import { renderPolicy } from './private/render-policy';
import { configServiceRole } from './private/service-role';
import { SYNTH } from './private/token-values';
import { waivePlace } from './private/waived-places';

/**
 * How often AWS Config delivers a snapshot.
 */
export enum DeliveryFrequency {
  /** Every hour. */
  ONE_HOUR = 'One_Hour',
  /** Every three hours. */
  THREE_HOURS = 'Three_Hours',
  /** Every six hours. */
  SIX_HOURS = 'Six_Hours',
  /** Every twelve hours. */
  TWELVE_HOURS = 'Twelve_Hours',
  /** Every day. */
  TWENTY_FOUR_HOURS = 'TwentyFour_Hours',
}

/**
 * Properties of a `BackupConfigRecorder`.
 */
export interface BackupConfigRecorderProps {
  /**
   * CloudFormation types that are recorded beside those that the audits of the app need, e.g. `AWS::EC2::Volume`.
   *
   * @default - none
   */
  readonly additionalResourceTypes?: string[];

  /**
   * Name of the bucket that receives what is recorded; its policy has to let AWS Config write. S3 Object Lock is not
   * supported there.
   *
   * @default - one of its own, encrypted with the key
   */
  readonly bucketName?: string;

  /**
   * Prefix of the keys in the bucket, before `/AWSLogs/…`.
   *
   * @default - none
   */
  readonly s3KeyPrefix?: string;

  /**
   * ARN of the key that encrypts what is delivered.
   *
   * @default - one of its own with a bucket of its own, rotated every year; none with a bucket that was given
   */
  readonly encryptionKeyArn?: string;

  /**
   * ARN of the role that AWS Config assumes to read what it records, and to deliver.
   *
   * @default - one of its own, with AWS's managed policy for recorders
   */
  readonly roleArn?: string;

  /**
   * How often a snapshot of everything is delivered; changes are delivered all the time.
   *
   * @default DeliveryFrequency.TWENTY_FOUR_HOURS
   */
  readonly deliveryFrequency?: DeliveryFrequency;

  /**
   * Days after which what was delivered into a bucket of its own is deleted.
   *
   * @default - never
   */
  readonly expireAfterDays?: number;

  /**
   * Name of the bucket that receives the access logs of a bucket of its own.
   *
   * @default - no access logs
   */
  readonly serverAccessLogsBucketName?: string;

  /**
   * Prefix of the keys of the access logs; of use with `serverAccessLogsBucketName` alone.
   *
   * @default - none
   */
  readonly serverAccessLogsPrefix?: string;

  /**
   * Whether Terraform refuses plans that destroy or replace a bucket or a key of its own.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;

  /**
   * Tags of bucket, key, role and policy.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * The provider that makes the resources, e.g. that of another Region.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

const CONFIG_ROLE = 'service-role/AWS_ConfigRole';

/** What AWS Config calls the recorder and the channel that it makes itself. */
const NAME = 'default';

/**
 * A recorder of AWS Config that records what the audits of the app in its account and Region need, and no more.
 *
 * For accounts without one: an account and Region has one recorder and one delivery channel. Which types are needed is
 * collected at synthesis, from every framework, rule and conformance pack of the app. It is started, which Terraform does with a
 * resource of its own.
 */
export class BackupConfigRecorder extends Construct {
  /**
   * The recorder.
   */
  public readonly recorder: ConfigConfigurationRecorder;

  /**
   * What it delivers through.
   */
  public readonly deliveryChannel: ConfigDeliveryChannel;

  /**
   * What starts it.
   */
  public readonly recorderStatus: ConfigConfigurationRecorderStatus;

  /**
   * The bucket made for the recorder; undefined when `bucketName` was given.
   */
  public readonly bucket?: S3Bucket;

  /**
   * Name of the bucket that receives what is recorded.
   */
  public readonly bucketName: string;

  /**
   * The key made for the bucket; undefined when `encryptionKeyArn` or `bucketName` was given.
   */
  public readonly encryptionKey?: KmsKey;

  /**
   * The role made for the recorder; undefined when `roleArn` was given.
   */
  public readonly role?: IamRole;

  /**
   * ARN of the role that AWS Config assumes.
   */
  public readonly roleArn: string;

  /**
   * Name of the recorder.
   */
  public readonly configurationRecorderName: string;

  /** What AWS Config tries when the channel is made. */
  private readonly before: ITerraformDependable[] = [];

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Config would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: BackupConfigRecorderProps = {}) {
    super(scope, id);
    waivePlace(this, {
      rule: 'resource-unprotected',
      reason: 'AWS Config writes its snapshots anew; what they say can be asked of AWS Config',
    });
    const { additionalResourceTypes: more = [], bucketName, expireAfterDays, provider, tags, waivers } = props;
    refuse(
      this,
      [
        ...ConfigRecordings.checkTypes(more, 'additionalResourceTypes', SYNTH),
        ...BackupReportBucketRules.check({ bucketName, expireAfterDays }, '', SYNTH),
      ],
      waivers,
    );

    if (props.encryptionKeyArn === undefined && bucketName === undefined) {
      const description = 'Encrypts what AWS Config delivers about backups';
      const { preventDestroy } = props;
      this.encryptionKey = auditKey(this, 'Key', { description, statements: [], preventDestroy, tags, provider });
    }
    const keyArn = props.encryptionKeyArn ?? this.encryptionKey?.arn;
    const own = bucketName === undefined ? this.ownBucket(props, keyArn) : undefined;
    this.bucket = own?.bucket;
    this.bucketName = bucketName ?? own!.bucketName;
    this.role = props.roleArn === undefined ? this.ownRole(props, keyArn) : undefined;
    this.roleArn = props.roleArn ?? this.role!.arn;
    this.recorder = new ConfigConfigurationRecorder(this, 'Resource', {
      name: NAME,
      roleArn: this.roleArn,
      recordingGroup: {
        allSupported: false,
        includeGlobalResourceTypes: false,
        resourceTypes: Lazy.listValue({
          produce: () => [...new Set([...typesNeededBeside(this, provider), ...more])].sort(),
        }),
      },
      provider,
    });
    annotateTemplate(this.recorder, waivers);
    this.configurationRecorderName = this.recorder.name;
    this.deliveryChannel = this.channel(props, keyArn);
    this.recorderStatus = new ConfigConfigurationRecorderStatus(this, 'Status', {
      name: this.configurationRecorderName,
      isEnabled: true,
      provider,
      dependsOn: [this.deliveryChannel],
    });
  }

  /** There is none without a recorder; the recorder starts when the channel is there. */
  private channel(props: BackupConfigRecorderProps, s3KmsKeyArn?: string): ConfigDeliveryChannel {
    const { deliveryFrequency = DeliveryFrequency.TWENTY_FOUR_HOURS, s3KeyPrefix, provider } = props;
    return new ConfigDeliveryChannel(this, 'DeliveryChannel', {
      name: NAME,
      s3BucketName: this.bucketName,
      s3KeyPrefix,
      s3KmsKeyArn,
      snapshotDeliveryProperties: { deliveryFrequency },
      provider,
      dependsOn: [...this.before, this.recorder],
    });
  }

  private ownBucket(props: BackupConfigRecorderProps, encryptionKeyArn: string | undefined): AuditBucket {
    const made = auditBucket(this, 'Bucket', 'Bucket', {
      ...props,
      encryptionKeyArn,
      statements: (bucketArn) => ConfigPolicies.bucket(this.deliveryTo(bucketArn, props)),
    });
    this.before.push(made.policy);
    return made;
  }

  private ownRole(props: BackupConfigRecorderProps, encryptionKeyArn: string | undefined): IamRole {
    const { provider, tags } = props;
    const partition = partitionOf(this, provider);
    const { role, policies } = configServiceRole(this, 'Role', {
      description: 'Lets AWS Config record what audits of backups need',
      managedPolicyArns: [`arn:${partition}:iam::aws:policy/${CONFIG_ROLE}`],
      tags,
      provider,
    });
    const bucketArn = this.bucket?.arn ?? `arn:${partition}:s3:::${this.bucketName}`;
    const statements = ConfigPolicies.role({ ...this.deliveryTo(bucketArn, props), encryptionKeyArn });
    const policy = new IamPolicy(this, 'Policy', {
      description: 'Lets AWS Config deliver what it records about backups',
      policy: renderPolicy({ Version: '2012-10-17', Statement: statements }),
      tags,
      provider,
    });
    const attached = new IamRolePolicyAttachment(this, 'Delivery', {
      role: role.name,
      policyArn: policy.arn,
      provider,
    });
    this.before.push(...policies, attached);
    return role;
  }

  private deliveryTo(bucketArn: string, { s3KeyPrefix, provider }: BackupConfigRecorderProps) {
    return { bucketArn, account: accountOf(this, provider), s3KeyPrefix };
  }
}
