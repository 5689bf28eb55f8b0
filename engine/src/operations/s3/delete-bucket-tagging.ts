/**
 * DeleteBucketTagging.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { DeleteBucketTaggingCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findBucket } from '../find-bucket';

export function deleteBucketTagging(state: WorldState, caller: Caller, input: DeleteBucketTaggingCommandInput): void {
  state.buckets.describe(findBucket(state, caller, input), { tags: {} });
}
