import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';

/** Properties of an audit bucket. */
export interface AuditBucketProps {
  readonly bucketName?: string;
  /** Key that encrypts it; without one S3 does, with keys of its own. */
  readonly encryptionKey?: kms.IKey;
  readonly expireAfter?: Duration;
  readonly objectLockRetention?: s3.ObjectLockRetention;
  readonly serverAccessLogsBucket?: s3.IBucket;
  readonly serverAccessLogsPrefix?: string;
  readonly removalPolicy?: RemovalPolicy;
}

const NOT_LOGGED =
  'Who reads and writes is logged where the bucket is given serverAccessLogsBucket; AWS services write alone.';
const NOT_REPLICATED = 'What it holds is evidence of one Region, and is made anew each day.';
const NOT_KMS = 'Encryption with keys of S3 was chosen.';

/** A bucket for evidence: private, versioned, encrypted, kept when the stack goes. */
export function auditBucket(scope: Construct, id: string, props: AuditBucketProps): s3.Bucket {
  const { encryptionKey, expireAfter, objectLockRetention, serverAccessLogsBucket } = props;
  const bucket = new s3.Bucket(scope, id, {
    bucketName: props.bucketName,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: encryptionKey === undefined ? s3.BucketEncryption.S3_MANAGED : s3.BucketEncryption.KMS,
    encryptionKey,
    bucketKeyEnabled: encryptionKey === undefined ? undefined : true,
    versioned: true,
    objectLockDefaultRetention: objectLockRetention,
    lifecycleRules: [
      {
        id: 'expire',
        abortIncompleteMultipartUploadAfter: Duration.days(7),
        expiration: expireAfter,
        // The version that an expired object leaves behind goes soon after it.
        noncurrentVersionExpiration: expireAfter === undefined ? undefined : Duration.days(1),
      },
    ],
    serverAccessLogsBucket,
    // With a prefix alone CDK would have the bucket log into itself.
    serverAccessLogsPrefix: serverAccessLogsBucket && props.serverAccessLogsPrefix,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
  });
  acknowledge(bucket, {
    'HIPAA.Security-S3BucketReplicationEnabled': NOT_REPLICATED,
    'NIST.800.53.R5-S3BucketReplicationEnabled': NOT_REPLICATED,
    'PCI.DSS.321-S3BucketReplicationEnabled': NOT_REPLICATED,
    ...(serverAccessLogsBucket === undefined
      ? {
          'AwsSolutions-S1': NOT_LOGGED,
          'HIPAA.Security-S3BucketLoggingEnabled': NOT_LOGGED,
          'NIST.800.53.R5-S3BucketLoggingEnabled': NOT_LOGGED,
          'PCI.DSS.321-S3BucketLoggingEnabled': NOT_LOGGED,
        }
      : {}),
    ...(encryptionKey === undefined
      ? {
          'HIPAA.Security-S3DefaultEncryptionKMS': NOT_KMS,
          'NIST.800.53.R5-S3DefaultEncryptionKMS': NOT_KMS,
          'PCI.DSS.321-S3DefaultEncryptionKMS': NOT_KMS,
        }
      : {}),
  });
  return bucket;
}

/** A key of its own for such a bucket, with statements beside those of the account. */
export function auditKey(
  scope: Construct,
  id: string,
  description: string,
  statements: object[],
  removalPolicy: RemovalPolicy = RemovalPolicy.RETAIN,
): kms.Key {
  const key = new kms.Key(scope, id, { description, enableKeyRotation: true, removalPolicy });
  statements.forEach((statement) => key.addToResourcePolicy(iam.PolicyStatement.fromJson(statement)));
  return key;
}
