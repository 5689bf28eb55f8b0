/**
 * UploadPartCopy.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { UploadPartCopyCommandInput, UploadPartCopyCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findSource } from '../copy-source';
import { findBucket, shownVersion } from '../find-bucket';
import { findUpload, partNumberOf } from '../find-upload';
import { spanOf } from '../object-conditions';
import { etagOf, quoted, shownEncryption } from '../stored-object';

export function uploadPartCopy(
  state: WorldState,
  caller: Caller,
  input: UploadPartCopyCommandInput,
): Omit<UploadPartCopyCommandOutput, '$metadata'> {
  const into = findBucket(state, caller, input);
  const upload = findUpload(into, input);
  const number = partNumberOf(input.PartNumber);
  const { bucket, object } = findSource(state, caller, input);
  const span = spanOf(input.CopySourceRange, object.sizeBytes);
  const { bodies } = state.buckets;
  const body = span === undefined ? object.body : object.body.slice(span.from, span.to);
  const { checksumAlgorithm: algorithm } = upload;
  const checksum = algorithm === undefined ? undefined : bodies.digest(body, algorithm);
  const etag = etagOf(bodies, body);
  into.setPart(upload, number, { body, etag, at: state.now, checksum });
  return given({
    CopyPartResult: {
      ETag: quoted(etag),
      LastModified: dateOf(state.now),
      ...(checksum !== undefined && { [`Checksum${algorithm}`]: checksum }),
    },
    CopySourceVersionId: shownVersion(bucket, object),
    ...shownEncryption(upload.headers),
  });
}
