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
import { checksumOf } from '../checksums';
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
  const upload = findUpload(findBucket(state, caller, input), input);
  const number = partNumberOf(input.PartNumber);
  const { bucket, object } = findSource(state, caller, input);
  const span = spanOf(input.CopySourceRange, object.sizeBytes);
  const bytes = object.bytes().slice(span?.from, span?.to);
  const { checksumAlgorithm: algorithm } = upload;
  const checksum = algorithm === undefined ? undefined : checksumOf(algorithm, bytes);
  const etag = etagOf(bytes);
  upload.parts.set(number, { bytes, etag, at: state.now, checksum });
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
