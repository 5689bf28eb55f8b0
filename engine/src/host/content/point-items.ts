/**
 * What a capture holds, item by item, as an index of the point would list it.
 *
 * Pure: entries of a capture in, items out; bytes of objects are not read.
 * Source   API S3ResultItem (key, size, version, ETag, creation), EBSResultItem (path, size, times).
 * Spec     ../../domain/searches.md
 */
import type { FileItem, ObjectItem, PointItem } from '../../domain/point-items';
import type { Resource } from '../../domain/protected-resources';
import { listFiles } from './block-files';
import type { CapturedEntry } from './content';

/** What reads the items out of a capture, by id of the service. A service that is not here has no items that are known. */
const READERS: Readonly<Record<string, (entries: AsyncIterable<CapturedEntry>) => AsyncIterable<PointItem>>> = {
  s3: objectsOf,
  ebs: filesOf,
};

/** Undefined where nobody can say what the capture holds. */
export async function itemsOf(
  resource: Resource,
  entries: AsyncIterable<CapturedEntry>,
): Promise<PointItem[] | undefined> {
  const read = READERS[resource.service.id];
  if (read === undefined) {
    return undefined;
  }
  const items: PointItem[] = [];
  for await (const item of read(entries)) {
    items.push(item);
  }
  return items;
}

/** Versions of objects; a marker says that a key was deleted, and is none. */
async function* objectsOf(entries: AsyncIterable<CapturedEntry>): AsyncIterable<ObjectItem> {
  for await (const { about, sizeBytes } of entries) {
    const { key, versionId, createdAt, etag, deleteMarker } = about as unknown as AboutObject;
    if (!deleteMarker) {
      yield { type: 'S3', key, versionId, sizeBytes, createdAt, etag };
    }
  }
}

/** Files of the file systems on a volume. */
async function* filesOf(entries: AsyncIterable<CapturedEntry>): AsyncIterable<FileItem> {
  for await (const file of listFiles(entries)) {
    yield { type: 'EBS', createdAt: undefined, ...file };
  }
}

/** What `BucketContent` says of a version. */
type AboutObject = Pick<ObjectItem, 'key' | 'versionId' | 'createdAt' | 'etag'> & { readonly deleteMarker: boolean };
