/**
 * GetBucketLocation. Buckets of us-east-1 have none.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type {
  BucketLocationConstraint,
  GetBucketLocationCommandInput,
  GetBucketLocationCommandOutput,
} from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findBucket } from '../find-bucket';

export function getBucketLocation(
  state: WorldState,
  caller: Caller,
  input: GetBucketLocationCommandInput,
): Omit<GetBucketLocationCommandOutput, '$metadata'> {
  const { region } = findBucket(state, caller, input).env;
  return region === 'us-east-1' ? {} : { LocationConstraint: region as BucketLocationConstraint };
}
