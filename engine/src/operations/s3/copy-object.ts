/**
 * CopyObject.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { CopyObjectCommandInput, CopyObjectCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findSource } from '../copy-source';
import { AwsFault } from '../fault';
import { findBucket, keyOf, liveObject, shownVersion } from '../find-bucket';
import { refuseWrite } from '../object-conditions';
import { aboutObject, quoted, shownChecksum, shownEncryption } from '../stored-object';

export function copyObject(
  state: WorldState,
  caller: Caller,
  input: CopyObjectCommandInput,
): Omit<CopyObjectCommandOutput, '$metadata'> {
  const { bucket: from, object } = findSource(state, caller, input);
  const bucket = findBucket(state, caller, input);
  const key = keyOf(input);
  refuseWrite(liveObject(bucket, key), input);
  const replaced = input.MetadataDirective === 'REPLACE';
  const said = aboutObject(bucket, input);
  const { ServerSideEncryption: algorithm = '', SSEKMSKeyId: kms, StorageClass: storage } = said.headers;
  const itself = from === bucket && object.key === key && object === liveObject(bucket, key);
  if (
    itself &&
    !replaced &&
    [input.StorageClass, input.ServerSideEncryption, input.WebsiteRedirectLocation].every((one) => one === undefined)
  ) {
    throw new AwsFault(
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  // Encryption and storage class are those of the new place, whatever is copied along.
  const { SSEKMSKeyId: _, StorageClass: __, ...kept } = object.headers;
  const headers = { ...kept, ...given({ ServerSideEncryption: algorithm, SSEKMSKeyId: kms, StorageClass: storage }) };
  const put = state.buckets.put(bucket, {
    ...object,
    key,
    headers: replaced ? said.headers : headers,
    metadata: replaced ? said.metadata : object.metadata,
    // An ACL is the new object's own: none is copied.
    acl: said.acl,
    tags: input.TaggingDirective === 'REPLACE' ? said.tags : object.tags,
  });
  return given({
    CopyObjectResult: given({
      ETag: quoted(put.etag),
      LastModified: dateOf(put.createdAt),
      ...shownChecksum(put.checksum),
    }),
    CopySourceVersionId: shownVersion(from, object),
    VersionId: shownVersion(bucket, put),
    ...shownEncryption(put.headers),
  });
}
