/**
 * Files of a captured disk as objects of a bucket.
 *
 * Owns     what was read, until it is put into the bucket; it is in memory, as objects of buckets are.
 * Source   B8/7. Assumed: keys are the paths without the first `/`; what a bucket has is not written over, as with restores of S3.
 * Spec     disk/disk.md
 */
import { createHash } from 'node:crypto';
import type { Bucket, Buckets } from '../../domain/buckets';
import { destinationBucket, type WantedPath, wantedPaths } from '../../domain/file-restores';
import { type Metadata, valueOf } from '../../domain/restore-job';
import { readableFiles, type ReadableFile, UnreadableDisk } from './block-files';
import type { CapturedEntry } from './content';

/** A file with its bytes. */
interface ReadFile {
  readonly key: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads the files that the metadata asks for.
 *
 * @returns what puts them into the bucket
 * @throws UnreadableDisk when one of them is not there
 */
export async function restoredFiles(
  entries: AsyncIterable<CapturedEntry>,
  metadata: Metadata,
  { buckets, partition }: { readonly buckets: Buckets; readonly partition: string },
): Promise<() => void> {
  const wanted = wantedPaths(metadata);
  const found = new Set<WantedPath>();
  const files: ReadFile[] = [];
  for await (const file of readableFiles(entries)) {
    const asked = wanted.filter((one) => isWanted(one, file));
    asked.forEach((one) => found.add(one));
    if (asked.length > 0) {
      files.push({ key: file.filePath.slice(1), bytes: await all(file.bytes()) });
    }
  }
  const absent = wanted.filter((one) => !found.has(one)).map(({ given }) => given);
  if (absent.length > 0) {
    throw new UnreadableDisk(`${absent.join(', ')}: no such file in the backup`);
  }
  return () => {
    const bucket = buckets.tryFind(partition, destinationBucket(metadata));
    if (bucket !== undefined) {
      files.forEach((file) => put(buckets, bucket, file, metadata));
    }
  };
}

function isWanted({ path, fileSystemIdentifier }: WantedPath, file: ReadableFile): boolean {
  const isOn = fileSystemIdentifier === undefined || fileSystemIdentifier === file.fileSystemIdentifier;
  return isOn && (file.filePath === path || file.filePath.startsWith(path.replace(/\/*$/, '/')));
}

function put(buckets: Buckets, bucket: Bucket, { key, bytes }: ReadFile, metadata: Metadata): void {
  if (bucket.objects.tryFind(key)?.deleteMarker === false) {
    return;
  }
  buckets.put(bucket, {
    key,
    deleteMarker: false,
    sizeBytes: bytes.length,
    etag: createHash('md5').update(bytes).digest('hex'),
    bytes: () => bytes,
    headers: encryptionOf(metadata),
    metadata: {},
    checksum: undefined,
    partSizes: undefined,
    tags: {},
  });
}

function encryptionOf(metadata: Metadata): Record<string, string> {
  const key = valueOf(metadata, 'kmsKeyId');
  return valueOf(metadata, 'encryptionType') === 'SSE-KMS'
    ? { ServerSideEncryption: 'aws:kms', ...(key !== undefined && { SSEKMSKeyId: key }) }
    : { ServerSideEncryption: 'AES256' };
}

async function all(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
