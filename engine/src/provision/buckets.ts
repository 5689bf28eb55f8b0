/**
 * AWS::S3::Bucket and BucketPolicy.
 *
 * Pure: changes nothing but the World it is given. The bucket is the resource that ingest reads in the declaration.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 * Assumed  A setting that is no longer declared goes back to what S3 has without it; versioning is suspended.
 */
import type * as sdk from '@aws-sdk/client-s3';
import { isDeepStrictEqual } from 'node:util';
import type { DeclaredValue } from '../ingest/cloudformation/declared-value';
import { given } from '../operations/backup/shapes';
import { settingOf } from '../operations/bucket-settings';
import { tagListOf } from '../operations/bucket-tags';
import { findBucket } from '../operations/find-bucket';
import { createBucket } from '../operations/s3/create-bucket';
import { deleteBucket } from '../operations/s3/delete-bucket';
import { deleteBucketCors } from '../operations/s3/delete-bucket-cors';
import { deleteBucketEncryption } from '../operations/s3/delete-bucket-encryption';
import { deleteBucketLifecycle } from '../operations/s3/delete-bucket-lifecycle';
import { deleteBucketOwnershipControls } from '../operations/s3/delete-bucket-ownership-controls';
import { deleteBucketPolicy } from '../operations/s3/delete-bucket-policy';
import { deleteBucketReplication } from '../operations/s3/delete-bucket-replication';
import { deleteBucketWebsite } from '../operations/s3/delete-bucket-website';
import { deletePublicAccessBlock } from '../operations/s3/delete-public-access-block';
import { putBucketAccelerateConfiguration } from '../operations/s3/put-bucket-accelerate-configuration';
import { putBucketCors } from '../operations/s3/put-bucket-cors';
import { putBucketEncryption } from '../operations/s3/put-bucket-encryption';
import { putBucketLifecycleConfiguration } from '../operations/s3/put-bucket-lifecycle-configuration';
import { putBucketLogging } from '../operations/s3/put-bucket-logging';
import { putBucketNotificationConfiguration } from '../operations/s3/put-bucket-notification-configuration';
import { putBucketOwnershipControls } from '../operations/s3/put-bucket-ownership-controls';
import { putBucketPolicy } from '../operations/s3/put-bucket-policy';
import { putBucketReplication } from '../operations/s3/put-bucket-replication';
import { putBucketTagging } from '../operations/s3/put-bucket-tagging';
import { putBucketVersioning } from '../operations/s3/put-bucket-versioning';
import { putBucketWebsite } from '../operations/s3/put-bucket-website';
import { putObjectLockConfiguration } from '../operations/s3/put-object-lock-configuration';
import { putPublicAccessBlock } from '../operations/s3/put-public-access-block';
import { lifecycleRulesOf } from './bucket-lifecycle';
import {
  corsOf,
  encryptionOf,
  json,
  loggingOf,
  notificationOf,
  objectLockOf,
  publicAccessBlockOf,
  replicationOf,
  websiteOf,
} from './bucket-settings';
import { Made, refuseOthers, ResourceHandler, Standing, Wanted } from './handler';
import { Refused } from './refusals';
import { resourcesOf } from './stateful';

type At = Pick<Standing, 'env' | 'state'>;

interface Setting {
  put(at: At, bucket: string, declared: DeclaredValue): void;
  /** Takes it away. */
  drop(at: At, bucket: string): void;
}

/** By property, in an order in which each finds what it needs: replication and locks want versions. */
const SETTINGS: Readonly<Record<string, Setting>> = {
  VersioningConfiguration: {
    put: (at, bucket, declared) => setVersioning(at, bucket, declared.member('Status').requiredText()),
    drop: (at, bucket) => setVersioning(at, bucket, 'Suspended'),
  },
  ObjectLockConfiguration: {
    put: ({ state, env }, Bucket, declared) =>
      putObjectLockConfiguration(state, env, { Bucket, ObjectLockConfiguration: objectLockOf(declared) }),
    drop: ({ state, env }, Bucket) =>
      putObjectLockConfiguration(state, env, { Bucket, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } }),
  },
  BucketEncryption: {
    put: ({ state, env }, Bucket, declared) =>
      putBucketEncryption(state, env, { Bucket, ServerSideEncryptionConfiguration: encryptionOf(declared) }),
    drop: ({ state, env }, Bucket) => deleteBucketEncryption(state, env, { Bucket }),
  },
  PublicAccessBlockConfiguration: {
    put: ({ state, env }, Bucket, declared) =>
      putPublicAccessBlock(state, env, {
        Bucket,
        PublicAccessBlockConfiguration: publicAccessBlockOf(declared),
      }),
    drop: ({ state, env }, Bucket) => deletePublicAccessBlock(state, env, { Bucket }),
  },
  OwnershipControls: {
    put: ({ state, env }, Bucket, declared) =>
      putBucketOwnershipControls(state, env, { Bucket, OwnershipControls: json<sdk.OwnershipControls>(declared) }),
    drop: ({ state, env }, Bucket) => deleteBucketOwnershipControls(state, env, { Bucket }),
  },
  LifecycleConfiguration: {
    put: ({ state, env }, Bucket, declared) => {
      const TransitionDefaultMinimumObjectSize = declared.member('TransitionDefaultMinimumObjectSize').text();
      const LifecycleConfiguration = { Rules: lifecycleRulesOf(declared) };
      const input = given({ Bucket, LifecycleConfiguration, TransitionDefaultMinimumObjectSize });
      putBucketLifecycleConfiguration(state, env, input as sdk.PutBucketLifecycleConfigurationCommandInput);
    },
    drop: ({ state, env }, Bucket) => deleteBucketLifecycle(state, env, { Bucket }),
  },
  LoggingConfiguration: {
    put: ({ state, env }, Bucket, declared) =>
      putBucketLogging(state, env, { Bucket, BucketLoggingStatus: loggingOf(declared, Bucket) }),
    drop: ({ state, env }, Bucket) => putBucketLogging(state, env, { Bucket, BucketLoggingStatus: {} }),
  },
  NotificationConfiguration: {
    put: ({ state, env }, Bucket, declared) =>
      putBucketNotificationConfiguration(state, env, { Bucket, NotificationConfiguration: notificationOf(declared) }),
    drop: ({ state, env }, Bucket) =>
      putBucketNotificationConfiguration(state, env, { Bucket, NotificationConfiguration: {} }),
  },
  CorsConfiguration: {
    put: ({ state, env }, Bucket, declared) =>
      putBucketCors(state, env, { Bucket, CORSConfiguration: corsOf(declared) }),
    drop: ({ state, env }, Bucket) => deleteBucketCors(state, env, { Bucket }),
  },
  WebsiteConfiguration: {
    put: ({ state, env }, Bucket, declared) =>
      putBucketWebsite(state, env, { Bucket, WebsiteConfiguration: websiteOf(declared) }),
    drop: ({ state, env }, Bucket) => deleteBucketWebsite(state, env, { Bucket }),
  },
  AccelerateConfiguration: {
    put: (at, bucket, declared) => setAcceleration(at, bucket, declared.member('AccelerationStatus').requiredText()),
    drop: (at, bucket) => setAcceleration(at, bucket, 'Suspended'),
  },
  ReplicationConfiguration: {
    put: ({ state, env }, Bucket, declared) =>
      putBucketReplication(state, env, { Bucket, ReplicationConfiguration: replicationOf(declared) }),
    drop: ({ state, env }, Bucket) => deleteBucketReplication(state, env, { Bucket }),
  },
};

/** Properties that are read otherwise. */
const OTHERS = ['AccessControl', 'BucketName', 'ObjectLockEnabled', 'Tags'];

export const BUCKETS: Readonly<Record<string, ResourceHandler>> = {
  'AWS::S3::Bucket': {
    replacedBy: ['BucketName'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      refuseSettings(wanted);
      const { name: Bucket, tags } = bucketOf(wanted);
      if (state.buckets.tryFind(env.partition, Bucket)?.env.account === env.account) {
        throw new Refused(`${Bucket} already exists`);
      }
      createBucket(state, env, {
        Bucket,
        ObjectLockEnabledForBucket: properties.member('ObjectLockEnabled').boolean() ?? false,
        CreateBucketConfiguration: given({
          LocationConstraint: env.region === 'us-east-1' ? undefined : (env.region as sdk.BucketLocationConstraint),
          Tags: tagListOf(tags),
        }),
      });
      for (const [property, setting] of Object.entries(SETTINGS)) {
        const declared = properties.member(property);
        if (declared.isPresent) {
          setting.put(wanted, Bucket, declared);
        }
      }
      return madeBucket(wanted, Bucket);
    },
    update: (wanted, standing) => {
      refuseSettings(wanted);
      changeBucket(wanted, standing);
      return madeBucket(wanted, standing.made.physicalId);
    },
    delete: ({ state, env, made }) => {
      deleteBucket(state, env, { Bucket: made.physicalId });
    },
  },
  'AWS::S3::BucketPolicy': {
    replacedBy: ['Bucket'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      const Bucket = properties.member('Bucket').requiredText();
      if (settingOf(findBucket(state, env, { Bucket }), 'policy') !== undefined) {
        throw new Refused(`The bucket policy already exists on bucket ${Bucket}.`);
      }
      return putPolicy(wanted);
    },
    update: putPolicy,
    delete: ({ state, env, made }) => {
      deleteBucketPolicy(state, env, { Bucket: made.physicalId });
    },
  },
};

function bucketOf(wanted: Wanted): { readonly name: string; readonly tags: Readonly<Record<string, string>> } {
  const [resource] = resourcesOf(wanted);
  return { name: String(resource?.name), tags: resource?.tags ?? {} };
}

function changeBucket(wanted: Wanted, standing: Standing): void {
  const { state, env, made, stack } = standing;
  const Bucket = made.physicalId;
  const before = new Wanted(state, stack, made);
  const { tags } = bucketOf(wanted);
  if (!isDeepStrictEqual(bucketOf(before).tags, tags)) {
    putBucketTagging(state, env, { Bucket, Tagging: { TagSet: tagListOf(tags) } });
  }
  for (const [property, setting] of Object.entries(SETTINGS)) {
    const declared = wanted.properties.member(property);
    if (isDeepStrictEqual(made.properties[property], wanted.wish.properties[property])) {
      continue;
    }
    if (declared.isPresent) {
      setting.put(standing, Bucket, declared);
    } else {
      setting.drop(standing, Bucket);
    }
  }
  const locked = wanted.properties.member('ObjectLockEnabled').boolean() === true;
  if (locked && settingOf(findBucket(state, env, { Bucket }), 'object-lock') === undefined) {
    putObjectLockConfiguration(state, env, { Bucket, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } });
  }
}

function madeBucket(wanted: Wanted, bucket: string): Made {
  const { region, partition } = wanted.env;
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  // Source: "Amazon S3 website endpoints": older Regions have a dash.
  const WebsiteURL = `http://${bucket}.s3-website${DASHED.includes(region) ? '-' : '.'}${region}.${suffix}`;
  return wanted.made({ WebsiteURL, DualStackDomainName: `${bucket}.s3.dualstack.${region}.${suffix}` });
}

// prettier-ignore
const DASHED = [
  'us-east-1', 'us-west-1', 'us-west-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-northeast-1', 'eu-west-1', 'sa-east-1',
  'us-gov-west-1',
];

/** @throws Refused for settings that nothing here keeps */
function refuseSettings(wanted: Wanted): void {
  refuseOthers(wanted, [...OTHERS, ...Object.keys(SETTINGS)]);
  const acl = wanted.properties.member('AccessControl').text() ?? 'Private';
  if (acl !== 'Private') {
    throw new Refused(`NotEmulated: AccessControl ${acl} of an AWS::S3::Bucket`);
  }
}

function putPolicy({ state, env, properties }: Wanted): Made {
  const Bucket = properties.member('Bucket').requiredText();
  putBucketPolicy(state, env, { Bucket, Policy: JSON.stringify(properties.member('PolicyDocument').json()) });
  return { physicalId: Bucket, attributes: {} };
}

function setVersioning({ state, env }: At, Bucket: string, status: string): void {
  const Status = status as sdk.BucketVersioningStatus;
  putBucketVersioning(state, env, { Bucket, VersioningConfiguration: { Status } });
}

function setAcceleration({ state, env }: At, Bucket: string, status: string): void {
  const Status = status as sdk.BucketAccelerateStatus;
  putBucketAccelerateConfiguration(state, env, { Bucket, AccelerateConfiguration: { Status } });
}
