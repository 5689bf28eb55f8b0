/**
 * DeleteObject: one version for good, or a key as the bucket's versioning has it.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { DeleteObjectCommandInput, DeleteObjectCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findBucket, keyOf } from '../find-bucket';

export function deleteObject(
  state: WorldState,
  caller: Caller,
  input: DeleteObjectCommandInput,
): Omit<DeleteObjectCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  const { versionId, deleteMarker } = state.buckets.deleteObject(bucket, keyOf(input), input.VersionId);
  return given({ VersionId: versionId, DeleteMarker: deleteMarker || undefined });
}
