/**
 * PutObjectAcl.
 *
 * Source   S3 API reference 2006-03-01.
 * Gaps     kept and shown, and in backups: whom it lets in is not decided; of the canned ACLs `aws-exec-read` is missing
 */
import type { PutObjectAclCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { aclOfPut } from '../access-control';
import type { Caller } from '../caller';
import { findBucket, findObject } from '../find-bucket';

export function putObjectAcl(state: WorldState, caller: Caller, input: PutObjectAclCommandInput): void {
  const bucket = findBucket(state, caller, input);
  findObject(bucket, input).acl = aclOfPut(bucket, input);
}
