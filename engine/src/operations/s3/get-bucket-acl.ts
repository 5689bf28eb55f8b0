/**
 * GetBucketAcl.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { GetBucketAclCommandInput, GetBucketAclCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { shownAcl } from '../access-control';
import { settingOf } from '../bucket-settings';
import type { Caller } from '../caller';
import { findBucket } from '../find-bucket';

export function getBucketAcl(
  state: WorldState,
  caller: Caller,
  input: GetBucketAclCommandInput,
): Omit<GetBucketAclCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  return shownAcl(bucket, settingOf(bucket, 'acl')?.grants);
}
