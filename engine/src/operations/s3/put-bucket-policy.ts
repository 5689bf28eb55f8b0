/**
 * PutBucketPolicy.
 *
 * Source   S3 API reference 2006-03-01; S3 user guide, "Blocking public access" (BlockPublicPolicy).
 */
import type { PutBucketPolicyCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { settingOf, writeSetting } from '../bucket-settings';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findBucket } from '../find-bucket';
import { isPublic } from '../public-policy';

export function putBucketPolicy(state: WorldState, caller: Caller, input: PutBucketPolicyCommandInput): void {
  const bucket = findBucket(state, caller, input);
  const Policy = input.Policy ?? '';
  if (isPublic(Policy) && settingOf(bucket, 'public-access-block')?.BlockPublicPolicy === true) {
    throw new AwsFault(
      'AccessDenied',
      `User is not authorized to perform: s3:PutBucketPolicy on resource: "${bucket.arn}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
    );
  }
  writeSetting(state, caller, input, 'policy', { Policy });
}
