/**
 * DeleteBucket: what it was for backups goes, its recovery points stay.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { DeleteBucketCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findBucket } from '../find-bucket';

export function deleteBucket(state: WorldState, caller: Caller, input: DeleteBucketCommandInput): void {
  const bucket = findBucket(state, caller, input);
  if (!bucket.objects.isEmpty) {
    throw new AwsFault('BucketNotEmpty', 'The bucket you tried to delete is not empty');
  }
  state.buckets.delete(bucket);
}
