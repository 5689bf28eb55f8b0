/**
 * CreateMultipartUpload.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { CreateMultipartUploadCommandInput, CreateMultipartUploadCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findBucket, keyOf } from '../find-bucket';
import { aboutObject, shownEncryption } from '../stored-object';

export function createMultipartUpload(
  state: WorldState,
  caller: Caller,
  input: CreateMultipartUploadCommandInput,
): Omit<CreateMultipartUploadCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  const key = keyOf(input);
  const about = aboutObject(bucket, input);
  const id = state.buckets.newId(bucket, 's3-upload');
  bucket.uploads.set(id, {
    ...about,
    id,
    key,
    startedAt: state.now,
    checksumAlgorithm: input.ChecksumAlgorithm,
    fullChecksum: input.ChecksumType === 'FULL_OBJECT',
    parts: new Map(),
  });
  return given({
    Bucket: bucket.name,
    Key: key,
    UploadId: id,
    ChecksumAlgorithm: input.ChecksumAlgorithm,
    ChecksumType: input.ChecksumType,
    ...shownEncryption(about.headers),
  });
}
