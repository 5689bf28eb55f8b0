/**
 * GetBucketTagging.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { GetBucketTaggingCommandInput, GetBucketTaggingCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { tagListOf } from '../bucket-tags';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findBucket } from '../find-bucket';

export function getBucketTagging(
  state: WorldState,
  caller: Caller,
  input: GetBucketTaggingCommandInput,
): Omit<GetBucketTaggingCommandOutput, '$metadata'> {
  const TagSet = tagListOf(findBucket(state, caller, input).resource.declaration.tags);
  if (TagSet.length === 0) {
    throw new AwsFault('NoSuchTagSet', 'The TagSet does not exist');
  }
  return { TagSet };
}
