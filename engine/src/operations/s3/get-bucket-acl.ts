/**
 * GetBucketAcl: its owner alone has a grant, as ACLs are not emulated.
 *
 * Source   S3 API reference 2006-03-01; S3 user guide, "Controlling ownership of objects and disabling ACLs".
 */
import type { GetBucketAclCommandInput, GetBucketAclCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findBucket, ownerOf } from '../find-bucket';

export function getBucketAcl(
  state: WorldState,
  caller: Caller,
  input: GetBucketAclCommandInput,
): Omit<GetBucketAclCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  const Owner = ownerOf(bucket.env.account);
  return { Owner, Grants: [{ Grantee: { ...Owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }] };
}
