/**
 * ListObjectsV2.
 *
 * Source   S3 API reference 2006-03-01. Assumed: a continuation token is the place where the page before ended, in base64.
 */
import type { ListObjectsV2CommandInput, ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findBucket, ownerOf } from '../find-bucket';
import { pageOf } from '../list-objects';

export function listObjectsV2(
  state: WorldState,
  caller: Caller,
  input: ListObjectsV2CommandInput,
): Omit<ListObjectsV2CommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  const token = input.ContinuationToken;
  const after = token === undefined ? input.StartAfter : Buffer.from(token, 'base64').toString();
  const owner = input.FetchOwner === true ? ownerOf(bucket.env.account) : undefined;
  const { page, contents, prefixes, encoded } = pageOf(bucket, input, after, owner);
  return given({
    Name: bucket.name,
    Prefix: encoded(input.Prefix ?? ''),
    Delimiter: encoded(input.Delimiter),
    MaxKeys: input.MaxKeys ?? 1000,
    EncodingType: input.EncodingType,
    KeyCount: contents.length + prefixes.length,
    IsTruncated: page.next !== undefined,
    ContinuationToken: token,
    NextContinuationToken: page.next && Buffer.from(page.next).toString('base64'),
    StartAfter: encoded(input.StartAfter),
    Contents: contents,
    CommonPrefixes: prefixes,
  });
}
