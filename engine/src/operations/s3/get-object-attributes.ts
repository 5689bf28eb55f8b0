/**
 * GetObjectAttributes: those that are asked for.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type {
  GetObjectAttributesCommandInput,
  GetObjectAttributesCommandOutput,
  StorageClass,
} from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findBucket, findObject, shownVersion } from '../find-bucket';
import { shownChecksum } from '../stored-object';

export function getObjectAttributes(
  state: WorldState,
  caller: Caller,
  input: GetObjectAttributesCommandInput,
): Omit<GetObjectAttributesCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  const object = findObject(bucket, input);
  const asked = new Set(input.ObjectAttributes);
  const { partSizes, checksum } = object;
  return given({
    LastModified: dateOf(object.createdAt),
    VersionId: shownVersion(bucket, object),
    ETag: asked.has('ETag') ? object.etag : undefined,
    Checksum: asked.has('Checksum') && checksum !== undefined ? shownChecksum(checksum) : undefined,
    ObjectParts:
      asked.has('ObjectParts') && partSizes !== undefined ? { TotalPartsCount: partSizes.length } : undefined,
    StorageClass: asked.has('StorageClass')
      ? ((object.headers['StorageClass'] ?? 'STANDARD') as StorageClass)
      : undefined,
    ObjectSize: asked.has('ObjectSize') ? object.sizeBytes : undefined,
  });
}
