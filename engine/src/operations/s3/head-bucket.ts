/**
 * HeadBucket.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { HeadBucketCommandInput, HeadBucketCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findBucket } from '../find-bucket';

export function headBucket(
  state: WorldState,
  caller: Caller,
  input: HeadBucketCommandInput,
): Omit<HeadBucketCommandOutput, '$metadata'> {
  const { env, arn } = findBucket(state, caller, input);
  return { BucketRegion: env.region, BucketArn: arn, AccessPointAlias: false };
}
