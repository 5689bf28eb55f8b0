/**
 * UploadPart: the same number again replaces what came.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { UploadPartCommandInput, UploadPartCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { checkedOf } from '../checksums';
import { findBucket } from '../find-bucket';
import { findUpload, partNumberOf } from '../find-upload';
import { bodyOf, etagOf, quoted, shownEncryption } from '../stored-object';

export function uploadPart(
  state: WorldState,
  caller: Caller,
  input: UploadPartCommandInput,
): Omit<UploadPartCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  const upload = findUpload(bucket, input);
  const number = partNumberOf(input.PartNumber);
  const { bodies } = state.buckets;
  const body = bodyOf(input.Body);
  const checked = checkedOf(input, bodies, body);
  const etag = etagOf(bodies, body);
  bucket.setPart(upload, number, { body, etag, at: state.now, checksum: checked?.value });
  return {
    ETag: quoted(etag),
    ...(checked !== undefined && { [`Checksum${checked.algorithm}`]: checked.value }),
    ...shownEncryption(upload.headers),
  };
}
