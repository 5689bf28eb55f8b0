/**
 * PutBucketTagging: the tags by which selections find the bucket, too.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { PutBucketTaggingCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { tagMapOf } from '../bucket-tags';
import type { Caller } from '../caller';
import { findBucket } from '../find-bucket';

export function putBucketTagging(state: WorldState, caller: Caller, input: PutBucketTaggingCommandInput): void {
  const bucket = findBucket(state, caller, input);
  state.buckets.describe(bucket, { tags: tagMapOf(input.Tagging?.TagSet) });
}
