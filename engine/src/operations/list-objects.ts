/**
 * A page of the objects of a bucket, as the lists of S3's API have it.
 *
 * Pure: reads the World.
 * Source   S3 API reference: ListObjects, ListObjectsV2 (read 2026-11-26).
 */
import type { _Object, CommonPrefix, ObjectStorageClass, Owner } from '@aws-sdk/client-s3';
import type { Bucket } from '../domain/buckets';
import { Listing, listKeys } from '../domain/object-listing';
import { dateOf } from '../kernel/instant';
import { AwsFault } from './fault';
import { given } from './backup/shapes';
import { liveObject } from './find-bucket';
import { quoted } from './stored-object';

export interface ListInput {
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly EncodingType?: string | undefined;
}

export interface Page {
  readonly page: Listing;
  readonly contents: _Object[];
  readonly prefixes: CommonPrefix[];
  /** A key or prefix, encoded where the caller wants that. */
  readonly encoded: <T extends string | undefined>(text: T) => T;
}

/** More are never in a page. */
const MOST = 1000;

export function pageOf(bucket: Bucket, input: ListInput, after = '', owner: Owner | undefined): Page {
  const { objects } = bucket;
  const keys = objects.keys().filter((key) => liveObject(bucket, key) !== undefined);
  const encoded = encoderOf(input);
  const page = listKeys(keys, {
    prefix: input.Prefix ?? '',
    delimiter: input.Delimiter ?? '',
    after,
    most: mostOf(input.MaxKeys),
  });
  const contents = page.keys.flatMap((key): _Object[] => {
    const object = liveObject(bucket, key);
    return object === undefined
      ? []
      : [
          given({
            Key: encoded(key),
            LastModified: dateOf(object.createdAt),
            ETag: quoted(object.etag),
            Size: object.sizeBytes,
            StorageClass: (object.headers['StorageClass'] ?? 'STANDARD') as ObjectStorageClass,
            Owner: owner,
          }),
        ];
  });
  return { page, contents, prefixes: page.prefixes.map((Prefix) => ({ Prefix: encoded(Prefix) })), encoded };
}

export function mostOf(asked: number | undefined): number {
  if (asked !== undefined && asked < 0) {
    throw new AwsFault('InvalidArgument', 'Argument maxKeys must be an integer between 0 and 2147483647');
  }
  return Math.min(asked ?? MOST, MOST);
}

/** Source: EncodingType `url`: as in an address, slashes apart. */
export function encoderOf({ EncodingType }: ListInput): Page['encoded'] {
  return (text) =>
    (EncodingType === 'url' && text !== undefined
      ? encodeURIComponent(text).replaceAll('%2F', '/')
      : text) as typeof text;
}
