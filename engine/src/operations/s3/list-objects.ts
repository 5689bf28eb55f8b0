/**
 * ListObjects.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { ListObjectsCommandInput, ListObjectsCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findBucket, ownerOf } from '../find-bucket';
import { pageOf } from '../list-objects';

export function listObjects(
  state: WorldState,
  caller: Caller,
  input: ListObjectsCommandInput,
): Omit<ListObjectsCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  const { page, contents, prefixes, encoded } = pageOf(bucket, input, input.Marker, ownerOf(bucket.env.account));
  return given({
    Name: bucket.name,
    Prefix: encoded(input.Prefix ?? ''),
    Delimiter: encoded(input.Delimiter),
    MaxKeys: input.MaxKeys ?? 1000,
    EncodingType: input.EncodingType,
    IsTruncated: page.next !== undefined,
    Marker: encoded(input.Marker ?? ''),
    // Source: ListObjects: only where there is a delimiter; else the last key is the marker.
    NextMarker: input.Delimiter === undefined ? undefined : encoded(page.next),
    Contents: contents,
    CommonPrefixes: prefixes,
  });
}
