/**
 * The object that a copy is made of: `bucket/key` or `bucket/key?versionId=…`, encoded as in an address.
 *
 * Pure: reads the World.
 * Source   S3 API reference: CopyObject, UploadPartCopy (read 2026-11-26).
 */
import type { Bucket } from '../domain/buckets';
import type { StoredObject } from '../domain/stored-objects';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { findBucket, findObject } from './find-bucket';
import { refuseRead } from './object-conditions';

export interface CopyInput {
  readonly CopySource?: string | undefined;
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
  readonly ExpectedSourceBucketOwner?: string | undefined;
}

export function findSource(
  state: WorldState,
  caller: Caller,
  input: CopyInput,
): { readonly bucket: Bucket; readonly object: StoredObject } {
  const [, name, path, versionId] = /^\/?([^/]+)\/(.+?)(?:\?versionId=(.+))?$/.exec(input.CopySource ?? '') ?? [];
  if (name === undefined || path === undefined) {
    throw new AwsFault('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
  }
  const names = { Bucket: decoded(name), ExpectedBucketOwner: input.ExpectedSourceBucketOwner };
  const bucket = findBucket(state, caller, names);
  const object = findObject(bucket, { Key: decoded(path), VersionId: versionId });
  try {
    refuseRead(object, {
      IfMatch: input.CopySourceIfMatch,
      IfNoneMatch: input.CopySourceIfNoneMatch,
      IfModifiedSince: input.CopySourceIfModifiedSince,
      IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
    });
  } catch (fault) {
    // Source: CopyObject: 412 whichever condition it is.
    throw fault instanceof AwsFault ? new AwsFault('PreconditionFailed', fault.message) : fault;
  }
  return { bucket, object };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsFault('InvalidArgument', 'Invalid copy source encoding.');
  }
}
