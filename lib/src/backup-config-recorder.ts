import { ConfigPolicies, ConfigRecordings, Waiver } from '@holdfast/model';
import * as config from 'aws-cdk-lib/aws-config';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, Lazy, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeStars } from './private/acknowledge';
import { auditBucket, auditKey } from './private/audit-bucket';
import { typesNeededBeside } from './private/audit-recorder';
import { annotateTemplate, refuse } from './private/refuse';
import { SYNTH } from './private/token-values';
import { waivePlace } from './private/waived-places';

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
   * Bucket that receives what is recorded; its policy has to let AWS Config write. S3 Object Lock is not supported there.
   *
   * @default - one of its own, encrypted with `encryptionKey`
   */
  readonly bucket?: s3.IBucket;

  /**
   * Prefix of the keys in the bucket, before `/AWSLogs/…`.
   *
   * @default - none
   */
  readonly s3KeyPrefix?: string;

  /**
   * Key that encrypts what is delivered.
   *
   * @default - one of its own with a bucket of its own, rotated every year; that of a `bucket` that was given
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Role that AWS Config assumes to read what it records, and to deliver.
   *
   * @default - one of its own, with AWS's managed policy for recorders
   */
  readonly role?: iam.IRole;

  /**
   * How often a snapshot of everything is delivered; changes are delivered all the time.
   *
   * @default config.MaximumExecutionFrequency.TWENTY_FOUR_HOURS
   */
  readonly deliveryFrequency?: config.MaximumExecutionFrequency;

  /**
   * Time after which what was delivered into a bucket of its own is deleted, in whole days.
   *
   * @default - never
   */
  readonly expireAfter?: Duration;

  /**
   * Bucket that receives the access logs of a bucket of its own.
   *
   * @default - no access logs
   */
  readonly serverAccessLogsBucket?: s3.IBucket;

  /**
   * Prefix of the keys of the access logs; of use with `serverAccessLogsBucket` alone.
   *
   * @default - none
   */
  readonly serverAccessLogsPrefix?: string;

  /**
   * What becomes of a bucket and a key of its own when they leave the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Tags of bucket, key and role, beside those of `Tags.of`.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that are accepted, each with the reason.
   *
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

const CONFIG_ROLE = 'service-role/AWS_ConfigRole';

/**
 * A recorder of AWS Config that records what the audits of the app in its account and Region need, and no more.
 *
 * For accounts without one: an account and Region has one recorder and one delivery channel. Which types are needed is
 * collected at synthesis, from every framework, rule and conformance pack of the app.
 */
@propertyInjectable
export class BackupConfigRecorder extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.BackupConfigRecorder';

  /**
   * The bucket that receives what is recorded.
   */
  public readonly bucket: s3.IBucket;

  /**
   * The role that AWS Config assumes.
   */
  public readonly role: iam.IRole;

  /**
   * Name of the recorder.
   */
  public readonly configurationRecorderName: string;

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
    const { additionalResourceTypes: more = [], waivers } = props;
    refuse(this, ConfigRecordings.checkTypes(more, 'additionalResourceTypes', SYNTH), waivers);

    const encryptionKey = this.keyFor(props);
    const own = props.bucket === undefined ? this.ownBucket(props, encryptionKey) : undefined;
    this.bucket = own ?? (props.bucket as s3.IBucket);
    this.role = props.role ?? this.ownRole(props, encryptionKey);
    const recorder = new config.CfnConfigurationRecorder(this, 'Resource', {
      roleArn: this.role.roleArn,
      recordingGroup: {
        allSupported: false,
        includeGlobalResourceTypes: false,
        resourceTypes: Lazy.list({ produce: () => [...new Set([...typesNeededBeside(this), ...more])].sort() }),
      },
    });
    annotateTemplate(recorder, waivers);
    const channel = new config.CfnDeliveryChannel(this, 'DeliveryChannel', {
      s3BucketName: this.bucket.bucketName,
      s3KeyPrefix: props.s3KeyPrefix,
      s3KmsKeyArn: encryptionKey?.keyArn,
      configSnapshotDeliveryProperties: {
        deliveryFrequency: props.deliveryFrequency ?? config.MaximumExecutionFrequency.TWENTY_FOUR_HOURS,
      },
    });
    // AWS Config tries the bucket when the channel is made; the recorder starts when the channel is there.
    if (own?.policy !== undefined) {
      channel.node.addDependency(own.policy);
    }
    this.configurationRecorderName = recorder.ref;
    for (const [tag, value] of Object.entries(props.tags ?? {})) {
      Tags.of(this).add(tag, value);
    }
  }

  private keyFor({ bucket, encryptionKey, removalPolicy }: BackupConfigRecorderProps): kms.IKey | undefined {
    return (
      encryptionKey ??
      (bucket === undefined
        ? auditKey(this, 'Key', 'Encrypts what AWS Config delivers about backups', [], removalPolicy)
        : bucket.encryptionKey)
    );
  }

  private ownBucket(props: BackupConfigRecorderProps, encryptionKey: kms.IKey | undefined): s3.Bucket {
    const bucket = auditBucket(this, 'Bucket', { ...props, encryptionKey });
    ConfigPolicies.bucket(this.deliveryTo(bucket, props)).forEach((statement) =>
      bucket.addToResourcePolicy(iam.PolicyStatement.fromJson(statement)),
    );
    return bucket;
  }

  private ownRole(props: BackupConfigRecorderProps, encryptionKey: kms.IKey | undefined): iam.Role {
    const role = new iam.Role(this, 'Role', {
      description: 'Lets AWS Config record what audits of backups need',
      assumedBy: new iam.ServicePrincipal('config.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(CONFIG_ROLE)],
    });
    const delivery = { ...this.deliveryTo(this.bucket, props), encryptionKeyArn: encryptionKey?.keyArn };
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      roles: [role],
      statements: ConfigPolicies.role(delivery).map((statement) => iam.PolicyStatement.fromJson(statement)),
    });
    acknowledge(role, {
      [`AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${CONFIG_ROLE}]`]:
        'AWS Config documents this policy for its recorder, and keeps it in step with the types that it records.',
    });
    const keys = 'AWS Config chooses the keys of what it delivers, below its own prefix of the account.';
    acknowledgeStars(policy, ConfigPolicies.deliveredTo(delivery), keys);
    return role;
  }

  private deliveryTo({ bucketArn }: s3.IBucket, { s3KeyPrefix }: BackupConfigRecorderProps) {
    return { bucketArn, account: Stack.of(this).account, s3KeyPrefix };
  }
}
