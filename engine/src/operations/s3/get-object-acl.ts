/**
 * GetObjectAcl.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { GetObjectAclCommandInput, GetObjectAclCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { shownAcl } from '../access-control';
import type { Caller } from '../caller';
import { findBucket, findObject } from '../find-bucket';

export function getObjectAcl(
  state: WorldState,
  caller: Caller,
  input: GetObjectAclCommandInput,
): Omit<GetObjectAclCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  return shownAcl(bucket, findObject(bucket, input).acl);
}
