/**
 * The bucket, and the version of an object, that a call names.
 *
 * Pure: reads the World.
 * Source   S3 API reference, error codes and their texts (read 2026-11-26).
 * Assumed  A bucket answers in every Region, where AWS redirects to its own.
 */
import { createHash } from 'node:crypto';
import type { Bucket } from '../domain/buckets';
import type { StoredObject } from '../domain/stored-objects';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';

/** The members that name a bucket. */
export interface NamesBucket {
  readonly Bucket?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface NamesObject extends NamesBucket {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
}

const MOST_KEY_BYTES = 1024;

export function findBucket(state: WorldState, { partition }: Caller, names: NamesBucket): Bucket {
  const bucket = state.buckets.tryFind(partition, names.Bucket ?? '');
  if (bucket === undefined) {
    throw new AwsFault('NoSuchBucket', 'The specified bucket does not exist');
  }
  if (names.ExpectedBucketOwner !== undefined && names.ExpectedBucketOwner !== bucket.env.account) {
    throw new AwsFault('AccessDenied', 'Access Denied');
  }
  return bucket;
}

/** A version that holds something. */
export function findObject(bucket: Bucket, { Key = '', VersionId }: NamesObject): StoredObject {
  const found = bucket.objects.tryFind(Key, VersionId);
  if (found === undefined && VersionId !== undefined) {
    throw new AwsFault('NoSuchVersion', 'The specified version does not exist.');
  }
  if (found?.deleteMarker && VersionId !== undefined) {
    throw new AwsFault('MethodNotAllowed', 'The specified method is not allowed against this resource.');
  }
  if (found === undefined || found.deleteMarker) {
    throw new AwsFault('NoSuchKey', 'The specified key does not exist.');
  }
  return found;
}

/** The key that something is written under. */
export function keyOf({ Key = '' }: NamesObject): string {
  if (Buffer.byteLength(Key) > MOST_KEY_BYTES) {
    throw new AwsFault('KeyTooLongError', 'Your key is too long');
  }
  return Key;
}

/** The canonical user of an account. Assumed: an id of our own making, of AWS's form. */
export function ownerOf(account: string): { ID: string } {
  return { ID: createHash('sha256').update(`canonical user ${account}`).digest('hex') };
}

/** The id of a version as answers have it: none where the bucket never had versioning. */
export function shownVersion(bucket: Bucket, { versionId }: StoredObject): string | undefined {
  return bucket.versioning === undefined ? undefined : versionId;
}

/** What has the key, unless it was deleted. */
export function liveObject(bucket: Bucket, key: string): StoredObject | undefined {
  const newest = bucket.objects.tryFind(key);
  return newest?.deleteMarker === true ? undefined : newest;
}
