/**
 * What a bucket is set to: kept as it was put, or what S3 sets itself.
 *
 * Source   S3 API reference, error codes; S3 user guide, "Default settings for new S3 buckets" (read 2026-11-26).
 * Spec     ../domain/buckets.md
 */
import type * as sdk from '@aws-sdk/client-s3';
import type { Bucket } from '../domain/buckets';
import type { AclGrant } from '../domain/stored-objects';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault, S3FaultName } from './fault';
import { findBucket, NamesBucket } from './find-bucket';

/** Settings by kind, in the shapes of S3's API. */
export interface BucketSettings {
  readonly accelerate: sdk.AccelerateConfiguration;
  readonly acl: { readonly grants: readonly AclGrant[] };
  readonly cors: sdk.CORSConfiguration;
  readonly encryption: sdk.ServerSideEncryptionConfiguration;
  readonly lifecycle: sdk.GetBucketLifecycleConfigurationOutput;
  readonly logging: sdk.BucketLoggingStatus;
  readonly notification: sdk.NotificationConfiguration;
  readonly 'object-lock': sdk.ObjectLockConfiguration;
  readonly ownership: sdk.OwnershipControls;
  readonly policy: { readonly Policy: string };
  readonly 'public-access-block': sdk.PublicAccessBlockConfiguration;
  readonly replication: sdk.ReplicationConfiguration;
  readonly 'request-payment': sdk.RequestPaymentConfiguration;
  readonly versioning: sdk.VersioningConfiguration;
  readonly website: sdk.WebsiteConfiguration;
}

type Kind = keyof BucketSettings;

/** What an account gets that never set it. */
const DEFAULTS: Partial<BucketSettings> = {
  accelerate: {},
  encryption: {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
  },
  logging: {},
  notification: {},
  ownership: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  'public-access-block': {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  },
  'request-payment': { Payer: 'BucketOwner' },
  versioning: {},
};

/** What a setting answers that is not there. */
const ABSENT: Partial<Record<Kind, readonly [S3FaultName, string]>> = {
  cors: ['NoSuchCORSConfiguration', 'The CORS configuration does not exist'],
  lifecycle: ['NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'],
  'object-lock': ['ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket'],
  ownership: ['OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'],
  policy: ['NoSuchBucketPolicy', 'The bucket policy does not exist'],
  'public-access-block': [
    'NoSuchPublicAccessBlockConfiguration',
    'The public access block configuration was not found',
  ],
  replication: ['ReplicationConfigurationNotFoundError', 'The replication configuration was not found'],
  website: ['NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'],
};

/** Settings that S3 makes with the bucket, and that are gone once they are deleted. */
const REMOVABLE: readonly Kind[] = ['ownership', 'public-access-block'];

/** The setting of a bucket, or undefined where there is none. */
export function settingOf<K extends Kind>(bucket: Bucket, kind: K): BucketSettings[K] | undefined {
  const standing = bucket.settings.get(kind);
  return standing === REMOVED ? undefined : ((standing as BucketSettings[K] | undefined) ?? DEFAULTS[kind]);
}

/** Source: S3 user guide, "Controlling ownership of objects and disabling ACLs". */
export function aclsAreOff(bucket: Bucket): boolean {
  const ownership = settingOf(bucket, 'ownership')?.Rules?.[0]?.ObjectOwnership ?? 'ObjectWriter';
  return ownership === 'BucketOwnerEnforced';
}

/** The setting of the bucket that a call names. */
export function readSetting<K extends Kind>(
  state: WorldState,
  caller: Caller,
  names: NamesBucket,
  kind: K,
): BucketSettings[K] {
  const found = settingOf(findBucket(state, caller, names), kind);
  if (found === undefined) {
    const [code, text] = ABSENT[kind] ?? ['InvalidRequest', `${kind} is not set`];
    throw new AwsFault(code, text);
  }
  return found;
}

/** Sets the bucket that a call names, and gives it back. */
export function writeSetting<K extends Kind>(
  state: WorldState,
  caller: Caller,
  names: NamesBucket,
  kind: K,
  value: BucketSettings[K] | undefined,
): Bucket {
  const bucket = findBucket(state, caller, names);
  if (value === undefined) {
    throw new AwsFault('MissingRequestBodyError', 'Request Body is empty');
  }
  state.buckets.set(bucket, kind, value);
  return bucket;
}

/** Takes a setting away from the bucket that a call names; none is as well. */
export function removeSetting(state: WorldState, caller: Caller, names: NamesBucket, kind: Kind): Bucket {
  const bucket = findBucket(state, caller, names);
  state.buckets.set(bucket, kind, REMOVABLE.includes(kind) ? REMOVED : undefined);
  return bucket;
}

const REMOVED: object = Object.freeze({});
