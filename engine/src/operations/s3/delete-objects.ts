/**
 * DeleteObjects: up to 1000 at once.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { DeleteObjectsCommandInput, DeleteObjectsCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findBucket } from '../find-bucket';

const MOST = 1000;

export function deleteObjects(
  state: WorldState,
  caller: Caller,
  input: DeleteObjectsCommandInput,
): Omit<DeleteObjectsCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  const { Objects: objects = [], Quiet: quiet } = input.Delete ?? { Objects: [] };
  if (objects.length === 0 || objects.length > MOST) {
    throw new AwsFault(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
  const Deleted = objects.map(({ Key = '', VersionId }) => {
    const { versionId, deleteMarker } = state.buckets.deleteObject(bucket, Key, VersionId);
    return given({
      Key,
      VersionId,
      DeleteMarker: deleteMarker || undefined,
      DeleteMarkerVersionId: deleteMarker ? versionId : undefined,
    });
  });
  return quiet === true ? {} : { Deleted };
}
