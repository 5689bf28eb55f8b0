/**
 * PutObject.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { PutObjectCommandInput, PutObjectCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { checkedOf } from '../checksums';
import { findBucket, keyOf, liveObject, shownVersion } from '../find-bucket';
import { refuseWrite } from '../object-conditions';
import { aboutObject, bodyOf, etagOf, quoted, shownChecksum, shownEncryption } from '../stored-object';

export function putObject(
  state: WorldState,
  caller: Caller,
  input: PutObjectCommandInput,
): Omit<PutObjectCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  const key = keyOf(input);
  refuseWrite(liveObject(bucket, key), input);
  const { bodies } = state.buckets;
  const body = bodyOf(input.Body);
  const checked = checkedOf(input, bodies, body);
  const put = state.buckets.put(bucket, {
    ...aboutObject(bucket, input),
    key,
    deleteMarker: false,
    sizeBytes: body.sizeBytes,
    etag: etagOf(bodies, body),
    body,
    checksum: checked && { ...checked, composite: false },
    partSizes: undefined,
  });
  return given({
    ETag: quoted(put.etag),
    VersionId: shownVersion(bucket, put),
    ...shownChecksum(put.checksum),
    ...shownEncryption(put.headers),
  });
}
