/**
 * GetObjectTagging.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { GetObjectTaggingCommandInput, GetObjectTaggingCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import { tagListOf } from '../bucket-tags';
import type { Caller } from '../caller';
import { findBucket, findObject, shownVersion } from '../find-bucket';

export function getObjectTagging(
  state: WorldState,
  caller: Caller,
  input: GetObjectTaggingCommandInput,
): Omit<GetObjectTaggingCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  const object = findObject(bucket, input);
  return given({ TagSet: tagListOf(object.tags), VersionId: shownVersion(bucket, object) });
}
