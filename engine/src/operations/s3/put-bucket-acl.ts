/**
 * PutBucketAcl.
 *
 * Source   S3 API reference 2006-03-01.
 * Gaps     kept and shown: whom it lets in is not decided
 */
import type { PutBucketAclCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { aclOfPut } from '../access-control';
import type { Caller } from '../caller';
import { findBucket } from '../find-bucket';

export function putBucketAcl(state: WorldState, caller: Caller, input: PutBucketAclCommandInput): void {
  const bucket = findBucket(state, caller, input);
  state.buckets.set(bucket, 'acl', { grants: aclOfPut(bucket, input) });
}
