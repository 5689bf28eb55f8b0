/**
 * DeleteObjectTagging.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { DeleteObjectTaggingCommandInput, DeleteObjectTaggingCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findBucket, findObject, shownVersion } from '../find-bucket';

export function deleteObjectTagging(
  state: WorldState,
  caller: Caller,
  input: DeleteObjectTaggingCommandInput,
): Omit<DeleteObjectTaggingCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  const object = findObject(bucket, input);
  object.tags = {};
  return given({ VersionId: shownVersion(bucket, object) });
}
