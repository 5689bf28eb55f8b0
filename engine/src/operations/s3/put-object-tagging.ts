/**
 * PutObjectTagging.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { PutObjectTaggingCommandInput, PutObjectTaggingCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import { tagMapOf } from '../bucket-tags';
import type { Caller } from '../caller';
import { findBucket, findObject, shownVersion } from '../find-bucket';

export function putObjectTagging(
  state: WorldState,
  caller: Caller,
  input: PutObjectTaggingCommandInput,
): Omit<PutObjectTaggingCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  const object = findObject(bucket, input);
  object.tags = tagMapOf(input.Tagging?.TagSet, 10);
  return given({ VersionId: shownVersion(bucket, object) });
}
