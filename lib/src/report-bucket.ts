import { BackupReportBucket, BackupReportBucketRules, ReportPolicies, Waiver } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Aspects, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { auditBucket, auditKey } from './private/audit-bucket';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
import { declareReportBucket, ReportBucketDeclaration } from './private/report-role';
import { SYNTH } from './private/token-values';
import { waivePlace } from './private/waived-places';

/**
 * How reports are encrypted in their bucket.
 */
export class ReportEncryption {
  /**
   * With a key that the bucket makes, rotated every year, and that the writer of reports may use.
   */
  public static ownKey(): ReportEncryption {
    return new ReportEncryption(false);
  }

  /**
   * With a key that exists. Its policy has to let the writer of reports use it: `ReportPolicies.key` of `@holdfast/model` has
   * the statement, which is added where the key is one of the app.
   *
   * @param encryptionKey the key
   */
  public static key(encryptionKey: kms.IKey): ReportEncryption {
    return new ReportEncryption(false, encryptionKey);
  }

  /**
   * With keys of S3.
   */
  public static s3Managed(): ReportEncryption {
    return new ReportEncryption(true);
  }

  private constructor(
    /**
     * Whether S3 encrypts with keys of its own.
     */
    public readonly isS3Managed: boolean,
    /**
     * The key that exists.
     */
    public readonly encryptionKey?: kms.IKey,
  ) {}
}

/**
 * Properties of a `ReportBucket`.
 */
export interface ReportBucketProps {
  /**
   * Name of the bucket, 3 to 63 lower-case letters, digits, dots and `-`. Cannot be changed later.
   *
   * @default - chosen by CloudFormation
   */
  readonly bucketName?: string;

  /**
   * How reports are encrypted.
   *
   * @default ReportEncryption.ownKey()
   */
  readonly encryption?: ReportEncryption;

  /**
   * Time after which a report is deleted, in whole days, e.g. `Duration.days(396)` for 13 months.
   *
   * @default - never
   */
  readonly expireAfter?: Duration;

  /**
   * S3 Object Lock: for so long nobody can delete or overwrite a report; in compliance mode nobody at all, AWS included.
   *
   * @default - not locked
   */
  readonly objectLockRetention?: s3.ObjectLockRetention;

  /**
   * Ids of the accounts whose report plans write here. The role `AWSServiceRoleForBackupReports` has to be there in each of
   * the others.
   *
   * @default - the account of the stack
   */
  readonly reportingAccounts?: string[];

  /**
   * Whether to make the role `AWSServiceRoleForBackupReports`, which is there once in an account: CloudFormation fails where
   * it is there already.
   *
   * @default false - AWS Backup makes it with the first report plan, after which the policy of the bucket is put
   */
  readonly createServiceLinkedRole?: boolean;

  /**
   * Bucket that receives the access logs of this one.
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
   * What becomes of the bucket, and of a key that it made, when they leave the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Tags of the bucket and of a key that it made, beside those of `Tags.of`.
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

/**
 * A bucket that AWS Backup writes reports into, and nobody else.
 *
 * Private, versioned, encrypted with a key of its own, open to TLS alone, kept when the stack goes. Its policy lets
 * `AWSServiceRoleForBackupReports` put objects that belong to the owner of the bucket.
 */
@propertyInjectable
export class ReportBucket extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.ReportBucket';

  /**
   * The bucket, for `ReportPlanProps.bucket`.
   */
  public readonly bucket: s3.IBucket;

  /**
   * The key that encrypts the reports; undefined where S3 encrypts with keys of its own.
   */
  public readonly encryptionKey?: kms.IKey;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: ReportBucketProps = {}) {
    super(scope, id);
    waivePlace(this, {
      rule: 'resource-unprotected',
      reason: 'AWS Backup writes the reports anew each day; their retention is that of the bucket',
    });
    const declared: BackupReportBucket = {
      bucketName: props.bucketName,
      reportingAccounts: props.reportingAccounts ?? [Stack.of(this).account],
      expireAfterDays: props.expireAfter?.toDays({ integral: false }),
      objectLockDays: props.objectLockRetention?.duration.toDays({ integral: false }),
    };
    refuse(this, BackupReportBucketRules.check(declared, '', SYNTH), props.waivers);

    const { reportingAccounts = [] } = declared;
    const { partition } = environmentOf(this);
    this.encryptionKey = this.keyFor(props, partition, reportingAccounts);
    const bucket = auditBucket(this, 'Resource', { ...props, encryptionKey: this.encryptionKey });
    ReportPolicies.bucket({ partition, reportingAccounts, bucketArn: bucket.bucketArn }).forEach((statement) =>
      bucket.addToResourcePolicy(iam.PolicyStatement.fromJson(statement)),
    );
    this.bucket = bucket;
    annotateTemplate(bucket.node.defaultChild as s3.CfnBucket, props.waivers);
    for (const [tag, value] of Object.entries(props.tags ?? {})) {
      Tags.of(this).add(tag, value);
    }
    this.nameRole(bucket, props);
  }

  private keyFor(props: ReportBucketProps, partition: string, reportingAccounts: string[]): kms.IKey | undefined {
    const { encryption = ReportEncryption.ownKey() } = props;
    if (encryption.isS3Managed) {
      return undefined;
    }
    const { region } = Stack.of(this);
    const statements = ReportPolicies.key({ partition, reportingAccounts, region });
    const { encryptionKey } = encryption;
    if (encryptionKey === undefined) {
      return auditKey(this, 'Key', 'Encrypts the reports of AWS Backup', statements, props.removalPolicy);
    }
    // An imported key takes no statements; its owner adds them.
    statements.forEach((statement) => encryptionKey.addToResourcePolicy(iam.PolicyStatement.fromJson(statement)));
    return encryptionKey;
  }

  /** The policy names a role that has to be there before it; whether it is, is known when the app is. */
  private nameRole(bucket: s3.Bucket, props: ReportBucketProps): void {
    const role = props.createServiceLinkedRole
      ? new iam.CfnServiceLinkedRole(this, 'Role', { awsServiceName: ReportPolicies.SERVICE })
      : undefined;
    if (role !== undefined) {
      bucket.policy?.node.addDependency(role);
    }
    const declaration: ReportBucketDeclaration = { role, comesAfterReportPlan: false };
    declareReportBucket(bucket, declaration);
    Aspects.of(this).add({
      visit: (node) => {
        if (node === this) {
          const isThere = role !== undefined || declaration.comesAfterReportPlan;
          refuse(this, BackupReportBucketRules.checkRole(isThere, ''), props.waivers);
        }
      },
    });
  }
}
