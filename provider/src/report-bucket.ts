import { IamServiceLinkedRole } from '@cdktf/provider-aws/lib/iam-service-linked-role';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { BackupReportBucket, BackupReportBucketRules, ReportPolicies, Waiver } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { IBackupKey } from './backup-key';
import { atSynthesis } from './private/at-synthesis';
import { auditBucket, auditKey } from './private/audit-bucket';
import { tryFindKey } from './private/key-policy';
import { accountOf, partitionOf, regionOf } from './private/place';
import { annotateTemplate, refuse } from './private/refuse';
import { declareReportBucket, ReportBucketDeclaration } from './private/report-role';
import { SYNTH } from './private/token-values';
import { waitFor } from './private/wait-for';
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
   * the statement, which is added where the key is a `BackupKey` of the app.
   *
   * @param encryptionKey the key: a `BackupKey`, or one of elsewhere by `BackupKey.fromKeyArn`
   */
  public static key(encryptionKey: IBackupKey): ReportEncryption {
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
    public readonly encryptionKey?: IBackupKey,
  ) {}
}

/**
 * S3 Object Lock: for how long nobody can delete or overwrite a version of an object.
 */
export class ObjectLockRetention {
  /**
   * Whoever has `s3:BypassGovernanceRetention` can still.
   *
   * @param days whole days, 1 to 36500
   */
  public static governance(days: number): ObjectLockRetention {
    return new ObjectLockRetention('GOVERNANCE', days);
  }

  /**
   * Nobody at all can, AWS included.
   *
   * @param days whole days, 1 to 36500
   */
  public static compliance(days: number): ObjectLockRetention {
    return new ObjectLockRetention('COMPLIANCE', days);
  }

  private constructor(
    /**
     * `GOVERNANCE` or `COMPLIANCE`.
     */
    public readonly lockMode: string,
    /**
     * How long.
     */
    public readonly days: number,
  ) {}
}

/**
 * Properties of a `ReportBucket`.
 */
export interface ReportBucketProps {
  /**
   * Name of the bucket, 3 to 63 lower-case letters, digits, dots and `-`. Cannot be changed later.
   *
   * @default - chosen by Terraform
   */
  readonly bucketName?: string;

  /**
   * How reports are encrypted.
   *
   * @default ReportEncryption.ownKey()
   */
  readonly encryption?: ReportEncryption;

  /**
   * Days after which a report is deleted, e.g. 396 for 13 months.
   *
   * @default - never
   */
  readonly expireAfterDays?: number;

  /**
   * S3 Object Lock: for so long nobody can delete or overwrite a report; in compliance mode nobody at all, AWS included.
   *
   * @default - not locked
   */
  readonly objectLockRetention?: ObjectLockRetention;

  /**
   * Ids of the accounts whose report plans write here. The role `AWSServiceRoleForBackupReports` has to be there in each of
   * the others.
   *
   * @default - the account of the provider
   */
  readonly reportingAccounts?: string[];

  /**
   * Whether to make the role `AWSServiceRoleForBackupReports`, which is there once in an account: Terraform fails where
   * it is there already. IAM deletes it only when no framework and no report plan is left in the account: let those of
   * the stack depend on `serviceLinkedRole`.
   *
   * @default false - AWS Backup makes it with the first report plan, after which the policy of the bucket is put
   */
  readonly createServiceLinkedRole?: boolean;

  /**
   * Name of the bucket that receives the access logs of this one.
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
   * Whether Terraform refuses plans that destroy or replace the bucket, or a key that it made.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;

  /**
   * Tags of the bucket, of a key and of a role that it made.
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

/**
 * A bucket that AWS Backup writes reports into, and nobody else.
 *
 * Private, versioned, encrypted with a key of its own, open to TLS alone, not destroyed with its stack. Its policy lets
 * `AWSServiceRoleForBackupReports` put objects that belong to the owner of the bucket.
 */
export class ReportBucket extends Construct {
  /**
   * The bucket.
   */
  public readonly bucket: S3Bucket;

  /**
   * Name of the bucket, for `ReportPlanProps.bucketName`; a reference, by which a `ReportPlan` knows this bucket.
   */
  public readonly bucketName: string;

  /**
   * The policy of the bucket.
   */
  public readonly bucketPolicy: S3BucketPolicy;

  /**
   * The key made for the bucket; undefined where it is encrypted otherwise.
   */
  public readonly encryptionKey?: KmsKey;

  /**
   * ARN of the key that encrypts the reports; undefined where S3 encrypts with keys of its own.
   */
  public readonly encryptionKeyArn?: string;

  /**
   * The role that writes the reports; undefined where AWS Backup makes it.
   */
  public readonly serviceLinkedRole?: IamServiceLinkedRole;

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
    const { provider, waivers, objectLockRetention } = props;
    const reportingAccounts = props.reportingAccounts ?? [accountOf(this, provider)];
    const declared: BackupReportBucket = {
      bucketName: props.bucketName,
      reportingAccounts,
      expireAfterDays: props.expireAfterDays,
      objectLockDays: objectLockRetention?.days,
    };
    refuse(this, BackupReportBucketRules.check(declared, '', SYNTH), waivers);

    const partition = partitionOf(this, provider);
    this.encryptionKey = this.keyFor(props, partition, reportingAccounts);
    this.encryptionKeyArn = this.encryptionKey?.arn ?? props.encryption?.encryptionKey?.keyArn;
    const made = auditBucket(this, 'Resource', '', {
      ...props,
      objectLock: objectLockRetention,
      encryptionKeyArn: this.encryptionKeyArn,
      statements: (bucketArn) => ReportPolicies.bucket({ partition, reportingAccounts, bucketArn }),
    });
    this.bucket = made.bucket;
    this.bucketName = made.bucketName;
    this.bucketPolicy = made.policy;
    annotateTemplate(this.bucket, waivers);
    if (props.createServiceLinkedRole ?? false) {
      const { SERVICE: awsServiceName } = ReportPolicies;
      this.serviceLinkedRole = new IamServiceLinkedRole(this, 'Role', { awsServiceName, tags: props.tags, provider });
      waitFor(this.bucketPolicy, this.serviceLinkedRole);
    }
    this.nameRole(props);
  }

  private keyFor(props: ReportBucketProps, partition: string, reportingAccounts: string[]): KmsKey | undefined {
    const { encryption = ReportEncryption.ownKey(), provider } = props;
    if (encryption.isS3Managed) {
      return undefined;
    }
    const region = regionOf(this, provider);
    const statements = ReportPolicies.key({ partition, reportingAccounts, region });
    if (encryption.encryptionKey === undefined) {
      return auditKey(this, 'Key', { ...props, description: 'Encrypts the reports of AWS Backup', statements });
    }
    // The owner of any other key adds them.
    tryFindKey(encryption.encryptionKey)?.policy.add(statements);
    return undefined;
  }

  /** The policy names a role that has to be there before it; whether it is, is known when the app is. */
  private nameRole({ bucketName, waivers }: ReportBucketProps): void {
    const { bucket, bucketPolicy: policy, serviceLinkedRole: role } = this;
    const declaration: ReportBucketDeclaration = { bucket, policy, role, comesAfterReportPlan: false };
    const names = bucketName === undefined ? [this.bucketName] : [this.bucketName, bucketName];
    declareReportBucket(this, names, declaration);
    atSynthesis(this, () => {
      const isThere = role !== undefined || declaration.comesAfterReportPlan;
      refuse(this, BackupReportBucketRules.checkRole(isThere, ''), waivers);
    });
  }
}
