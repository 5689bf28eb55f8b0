/**
 * Files of a captured disk as objects of a bucket.
 *
 * Owns     what was read, until it is put into the bucket: in files where it is large, as objects of buckets are.
 * Source   B8/7. Assumed: keys are the paths without the first `/`; what a bucket has is not written over, as with restores of S3.
 * Spec     disk/disk.md
 */
import type { Body } from '../../domain/bodies';
import type { Bucket, Buckets } from '../../domain/buckets';
import type { Ready } from '../../domain/content-orders';
import { destinationBucket, type WantedPath, wantedPaths } from '../../domain/file-restores';
import { type Metadata, valueOf } from '../../domain/restore-job';
import { digestOf } from '../../kernel/digests';
import { keptBody } from '../bodies/kept-body';
import { readableFiles, type ReadableFile, UnreadableDisk } from './block-files';
import type { CapturedEntry } from './content';

/** A file with its bytes. */
interface ReadFile {
  readonly key: string;
  readonly body: Body;
}

/**
 * Reads the files that the metadata asks for.
 *
 * @returns what puts them into the bucket when it is there
 * @throws UnreadableDisk when one of them is not there
 */
export async function restoredFiles(
  entries: AsyncIterable<CapturedEntry>,
  metadata: Metadata,
  { buckets, partition }: { readonly buckets: Buckets; readonly partition: string },
): Promise<Ready> {
  const wanted = wantedPaths(metadata);
  const found = new Set<WantedPath>();
  const files: ReadFile[] = [];
  // Held from when they are there, so that those which no bucket takes after all go.
  const leave = () => files.splice(0).forEach(({ body }) => buckets.bodies.drop(body));
  try {
    for await (const file of readableFiles(entries)) {
      const asked = wanted.filter((one) => isWanted(one, file));
      asked.forEach((one) => found.add(one));
      if (asked.length > 0) {
        const body = await keptBody(file.bytes(), buckets.bodies.keeper);
        buckets.bodies.hold(body);
        files.push({ key: file.filePath.slice(1), body });
      }
    }
    const absent = wanted.filter((one) => !found.has(one)).map(({ given }) => given);
    if (absent.length > 0) {
      throw new UnreadableDisk(`${absent.join(', ')}: no such file in the backup`);
    }
  } catch (fault) {
    leave();
    throw fault;
  }
  const arrive = () => {
    const bucket = buckets.tryFind(partition, destinationBucket(metadata));
    if (bucket !== undefined) {
      files.forEach((file) => put(buckets, bucket, file, metadata));
    }
    leave();
  };
  return { arrive, leave };
}

function isWanted({ path, fileSystemIdentifier }: WantedPath, file: ReadableFile): boolean {
  const isOn = fileSystemIdentifier === undefined || fileSystemIdentifier === file.fileSystemIdentifier;
  return isOn && (file.filePath === path || file.filePath.startsWith(path.replace(/\/*$/, '/')));
}

function put(buckets: Buckets, bucket: Bucket, { key, body }: ReadFile, metadata: Metadata): void {
  if (bucket.objects.tryFind(key)?.deleteMarker === false) {
    return;
  }
  buckets.put(bucket, {
    key,
    deleteMarker: false,
    sizeBytes: body.sizeBytes,
    etag: Buffer.from(body.knownDigest('MD5') ?? digestOf('MD5', body.read()) ?? '', 'base64').toString('hex'),
    body,
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
