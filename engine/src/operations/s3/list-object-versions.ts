/**
 * ListObjectVersions: markers among them, the newest of each key first.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { ListObjectVersionsCommandInput, ListObjectVersionsCommandOutput } from '@aws-sdk/client-s3';
import type { Bucket } from '../../domain/buckets';
import { listKeys } from '../../domain/object-listing';
import type { StoredObject } from '../../domain/stored-objects';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findBucket, ownerOf } from '../find-bucket';
import { encoderOf, mostOf } from '../list-objects';
import { quoted } from '../stored-object';

export function listObjectVersions(
  state: WorldState,
  caller: Caller,
  input: ListObjectVersionsCommandInput,
): Omit<ListObjectVersionsCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  const most = mostOf(input.MaxKeys);
  const encoded = encoderOf(input);
  const found = entriesOf(bucket, input);
  const page = found.slice(0, most);
  const last = found.length > most ? page.at(-1) : undefined;
  const Owner = ownerOf(bucket.env.account);
  const shown = ({ key, versionId, createdAt }: StoredObject) => ({
    Key: encoded(key),
    VersionId: versionId,
    IsLatest: bucket.objects.tryFind(key)?.versionId === versionId,
    LastModified: dateOf(createdAt),
    Owner,
  });
  const versions = page.flatMap((entry) => (typeof entry === 'string' ? [] : [entry]));
  return given({
    Name: bucket.name,
    Prefix: encoded(input.Prefix ?? ''),
    Delimiter: encoded(input.Delimiter),
    MaxKeys: input.MaxKeys ?? 1000,
    EncodingType: input.EncodingType,
    KeyMarker: encoded(input.KeyMarker ?? ''),
    VersionIdMarker: input.VersionIdMarker ?? '',
    IsTruncated: last !== undefined,
    NextKeyMarker: encoded(typeof last === 'string' ? last : last?.key),
    NextVersionIdMarker: typeof last === 'string' ? undefined : last?.versionId,
    Versions: versions
      .filter(({ deleteMarker }) => !deleteMarker)
      .map((one) => ({
        ...shown(one),
        ETag: quoted(one.etag),
        Size: one.sizeBytes,
        StorageClass: 'STANDARD' as const,
      })),
    DeleteMarkers: versions.filter(({ deleteMarker }) => deleteMarker).map(shown),
    CommonPrefixes: page.flatMap((entry) => (typeof entry === 'string' ? [{ Prefix: encoded(entry) }] : [])),
  });
}

/** Versions, and rolled-up prefixes as texts, behind the markers. */
function entriesOf(bucket: Bucket, input: ListObjectVersionsCommandInput): (StoredObject | string)[] {
  const { KeyMarker: after = '', VersionIdMarker: version } = input;
  const { objects } = bucket;
  const page = listKeys(objects.keys(), {
    prefix: input.Prefix ?? '',
    delimiter: input.Delimiter ?? '',
    after,
    most: Number.POSITIVE_INFINITY,
  });
  const left = version === undefined || version === '' ? [] : objects.versions(after);
  const begun = left.slice(left.findIndex(({ versionId }) => versionId === version) + 1);
  const listed = [...page.keys, ...page.prefixes].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const rolled = new Set(page.prefixes);
  return [
    ...begun,
    ...listed.flatMap((one): (StoredObject | string)[] => (rolled.has(one) ? [one] : [...objects.versions(one)])),
  ];
}
