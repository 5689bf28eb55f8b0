/**
 * Which bucket AWS Config delivers to.
 */
export interface ConfigDeliveryOptions {
  /**
   * ARN of the bucket.
   */
  readonly bucketArn: string;

  /**
   * Id of the account whose AWS Config delivers.
   */
  readonly account: string;

  /**
   * Prefix of the keys.
   *
   * @default - none
   */
  readonly s3KeyPrefix?: string;

  /**
   * ARN of the key that encrypts the bucket.
   *
   * @default - none: S3 encrypts with keys of its own
   */
  readonly encryptionKeyArn?: string;
}

/**
 * Policies for the delivery of AWS Config, the same for every framework.
 */
export class ConfigPolicies {
  /**
   * Statements of the bucket's policy: AWS Config may look at the bucket and put objects for the account; nobody may do
   * anything without TLS.
   *
   * @param options which bucket, which account
   */
  public static bucket(options: ConfigDeliveryOptions): any[] {
    const { bucketArn, account } = options;
    const config = { Service: 'config.amazonaws.com' };
    const sameAccount = { 'aws:SourceAccount': account };
    return [
      {
        Sid: 'AllowConfigToLook',
        Effect: 'Allow',
        Principal: config,
        Action: ['s3:GetBucketAcl', 's3:ListBucket'],
        Resource: bucketArn,
        Condition: { StringEquals: sameAccount },
      },
      {
        Sid: 'AllowConfigToDeliver',
        Effect: 'Allow',
        Principal: config,
        Action: 's3:PutObject',
        Resource: ConfigPolicies.deliveredTo(options),
        Condition: { StringEquals: { ...sameAccount, 's3:x-amz-acl': 'bucket-owner-full-control' } },
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
   * Statements of the recorder's role, beside the managed policy that lets it read what it records.
   *
   * @param options which bucket, which account
   */
  public static role(options: ConfigDeliveryOptions): any[] {
    const { bucketArn, encryptionKeyArn } = options;
    const key =
      encryptionKeyArn === undefined
        ? []
        : [
            {
              Sid: 'Encrypt',
              Effect: 'Allow',
              Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
              Resource: encryptionKeyArn,
            },
          ];
    return [
      { Sid: 'Look', Effect: 'Allow', Action: 's3:GetBucketAcl', Resource: bucketArn },
      {
        Sid: 'Deliver',
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: ConfigPolicies.deliveredTo(options),
        Condition: { StringLike: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
      ...key,
    ];
  }

  /**
   * ARN of the objects that AWS Config delivers.
   *
   * @param options which bucket, which account
   */
  public static deliveredTo(options: ConfigDeliveryOptions): string {
    const prefix = options.s3KeyPrefix === undefined ? '' : `${options.s3KeyPrefix}/`;
    return `${options.bucketArn}/${prefix}AWSLogs/${options.account}/*`;
  }

  private constructor() {}
}
