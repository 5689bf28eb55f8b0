/**
 * Which bucket and whose reports a policy is for.
 */
export interface ReportPolicyOptions {
  /**
   * Partition of the accounts, e.g. `aws`.
   */
  readonly partition: string;

  /**
   * Ids of the accounts whose report plans write.
   */
  readonly reportingAccounts: string[];
}

/**
 * Options of `ReportPolicies.bucket`.
 */
export interface ReportBucketPolicyOptions extends ReportPolicyOptions {
  /**
   * ARN of the bucket.
   */
  readonly bucketArn: string;
}

/**
 * Options of `ReportPolicies.key`.
 */
export interface ReportKeyPolicyOptions extends ReportPolicyOptions {
  /**
   * Region of key and bucket, e.g. `eu-central-1`.
   */
  readonly region: string;
}

/**
 * Resource policies of the bucket that receives reports and of its key, the same for every framework.
 */
export class ReportPolicies {
  /**
   * Service whose role writes reports, and with which CloudFormation and Terraform make that role.
   */
  public static readonly SERVICE = 'reports.backup.amazonaws.com';

  /**
   * ARN of `AWSServiceRoleForBackupReports`, which writes the reports of an account.
   *
   * AWS Backup makes it with the first report plan or framework of the account (Source B10.2/6).
   *
   * @param partition partition, e.g. `aws`
   * @param account id of the account
   */
  public static serviceLinkedRoleArn(partition: string, account: string): string {
    return `arn:${partition}:iam::${account}:role/aws-service-role/${ReportPolicies.SERVICE}/AWSServiceRoleForBackupReports`;
  }

  /**
   * Statements of the bucket's policy: the role may put reports, and hands them over to the owner of the bucket; nobody may
   * do anything without TLS.
   *
   * S3 refuses a policy that names a role that is not there.
   *
   * @param options which bucket, whose reports
   */
  public static bucket(options: ReportBucketPolicyOptions): any[] {
    const { bucketArn } = options;
    return [
      {
        Sid: 'AllowReportsOfAwsBackup',
        Effect: 'Allow',
        Principal: { AWS: rolesOf(options) },
        Action: 's3:PutObject',
        Resource: `${bucketArn}/*`,
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
      {
        Sid: 'DenyWithoutTls',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 's3:*',
        Resource: [bucketArn, `${bucketArn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ];
  }

  /**
   * Statements of the policy of the key that encrypts the bucket: the role may use it through S3.
   *
   * The role is named in a condition, so that the key can be made before the role: the key comes before the bucket, the
   * bucket before the report plan, and the report plan makes the role.
   *
   * @param options which Region, whose reports
   */
  public static key(options: ReportKeyPolicyOptions): any[] {
    return [
      {
        Sid: 'AllowReportsOfAwsBackup',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: '*',
        Condition: {
          StringEquals: {
            'aws:PrincipalArn': rolesOf(options),
            'kms:ViaService': `s3.${options.region}.amazonaws.com`,
          },
        },
      },
    ];
  }

  private constructor() {}
}

function rolesOf({ partition, reportingAccounts }: ReportPolicyOptions): string[] {
  return reportingAccounts.map((account) => ReportPolicies.serviceLinkedRoleArn(partition, account));
}
