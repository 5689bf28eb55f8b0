import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { BackupKeyRules, KeyPolicies } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { accountOf, partitionOf } from './place';
import { renderPolicy } from './render-policy';

/** Properties of an audit bucket. */
export interface AuditBucketProps {
  readonly bucketName?: string;
  /** Key that encrypts it; without one S3 does, with keys of its own. */
  readonly encryptionKeyArn?: string;
  readonly expireAfterDays?: number;
  readonly objectLock?: { readonly lockMode: string; readonly days: number };
  readonly serverAccessLogsBucketName?: string;
  readonly serverAccessLogsPrefix?: string;
  readonly preventDestroy?: boolean;
  readonly tags?: { [key: string]: string };
  readonly provider?: TerraformProvider;
  /** Statements of its policy, from its ARN. */
  readonly statements: (bucketArn: string) => unknown[];
}

/** A bucket for evidence, and its policy. */
export interface AuditBucket {
  readonly bucket: S3Bucket;
  /** Name of the bucket, always the same text. */
  readonly bucketName: string;
  readonly policy: S3BucketPolicy;
}

/**
 * A bucket for evidence: private, versioned, encrypted, not destroyed with its stack.
 *
 * @param parts what the ids of what belongs to the bucket begin with
 */
export function auditBucket(scope: Construct, id: string, parts: string, props: AuditBucketProps): AuditBucket {
  const { provider, objectLock } = props;
  const resource = new S3Bucket(scope, id, {
    bucket: props.bucketName,
    objectLockEnabled: objectLock === undefined ? undefined : true,
    tags: props.tags,
    provider,
    lifecycle: { preventDestroy: props.preventDestroy ?? true },
  });
  const bucketName = resource.bucket;
  const common = { bucket: bucketName, provider };
  const access = new S3BucketPublicAccessBlock(scope, `${parts}PublicAccess`, {
    ...common,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketOwnershipControls(scope, `${parts}Ownership`, {
    ...common,
    rule: { objectOwnership: 'BucketOwnerEnforced' },
  });
  const versioning = new S3BucketVersioningA(scope, `${parts}Versioning`, {
    ...common,
    versioningConfiguration: { status: 'Enabled' },
  });
  encrypt(scope, `${parts}Encryption`, common, props.encryptionKeyArn);
  expire(scope, `${parts}Lifecycle`, { ...common, dependsOn: [versioning] }, props.expireAfterDays);
  if (objectLock !== undefined) {
    const { lockMode: mode, days } = objectLock;
    new S3BucketObjectLockConfigurationA(scope, `${parts}ObjectLock`, {
      ...common,
      rule: { defaultRetention: { mode, days } },
      dependsOn: [versioning],
    });
  }
  if (props.serverAccessLogsBucketName !== undefined) {
    new S3BucketLoggingA(scope, `${parts}AccessLogs`, {
      ...common,
      targetBucket: props.serverAccessLogsBucketName,
      targetPrefix: props.serverAccessLogsPrefix ?? '',
    });
  }
  const policy = new S3BucketPolicy(scope, `${parts}Policy`, {
    ...common,
    policy: renderPolicy({ Version: '2012-10-17', Statement: props.statements(resource.arn) }),
    // S3 refuses two changes of what opens a bucket at once.
    dependsOn: [access],
  });
  return { bucket: resource, bucketName, policy };
}

/** Where in a bucket something is put, and by which provider. */
interface Common {
  readonly bucket: string;
  readonly provider?: TerraformProvider;
}

function encrypt(scope: Construct, id: string, common: Common, encryptionKeyArn?: string): void {
  const rule =
    encryptionKeyArn === undefined
      ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
      : {
          applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: encryptionKeyArn },
          bucketKeyEnabled: true,
        };
  new S3BucketServerSideEncryptionConfigurationA(scope, id, { ...common, rule: [rule] });
}

function expire(
  scope: Construct,
  id: string,
  common: Common & { readonly dependsOn: S3BucketVersioningA[] },
  days?: number,
): void {
  new S3BucketLifecycleConfiguration(scope, id, {
    ...common,
    rule: [
      {
        id: 'expire',
        status: 'Enabled',
        // An empty one, which is all objects: the AWS provider asks for one.
        filter: [{}],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        expiration: days === undefined ? undefined : [{ days }],
        // The version that an expired object leaves behind goes soon after it.
        noncurrentVersionExpiration: days === undefined ? undefined : [{ noncurrentDays: 1 }],
      },
    ],
  });
}

/** A key of its own for such a bucket. */
export interface AuditKeyProps {
  readonly description: string;
  /** Statements beside that of the account. */
  readonly statements: unknown[];
  readonly preventDestroy?: boolean;
  readonly tags?: { [key: string]: string };
  readonly provider?: TerraformProvider;
}

/** A key of its own for such a bucket. Without statements KMS makes its policy, which leaves it to IAM. */
export function auditKey(scope: Construct, id: string, props: AuditKeyProps): KmsKey {
  const { description, statements, provider, tags } = props;
  return new KmsKey(scope, id, {
    description,
    enableKeyRotation: true,
    deletionWindowInDays: BackupKeyRules.PENDING_WINDOW_DAYS,
    policy: statements.length === 0 ? undefined : renderPolicy(documentOf(scope, statements, provider)),
    tags,
    provider,
    lifecycle: { preventDestroy: props.preventDestroy ?? true },
  });
}

function documentOf(scope: Construct, statements: unknown[], provider?: TerraformProvider): unknown {
  const [partition, account] = [partitionOf(scope, provider), accountOf(scope, provider)];
  return KeyPolicies.document([...KeyPolicies.administration({ partition, account }), ...statements]);
}
