/**
 * The objects of a bucket as its content.
 *
 * Owns     what was restored, until it is put into a bucket.
 * Units    sizes are bytes.
 * Source   AWS Backup developer guide, "Amazon S3 backups", "Restore S3 data using AWS Backup" (read 2026-11-26); B8/7.
 * Spec     drivers.md
 */
import { createHash } from 'node:crypto';
import type { Body } from '../../domain/bodies';
import type { Bucket, Buckets } from '../../domain/buckets';
import type { Resource } from '../../domain/protected-resources';
import { valueOf } from '../../domain/restore-job';
import { AclGrant, isArchived, StoredObject, StoredObjects } from '../../domain/stored-objects';
import { isPublicAcl } from '../../operations/access-control';
import { aclsAreOff, settingOf } from '../../operations/bucket-settings';
import type { CapturedEntry, CaptureOptions, Content, ContentEntry, Json, RestoreOrder } from './content';
import { keptBody } from '../bodies/kept-body';
import type { LeftOut } from './file-writer';
import type { RoomContent } from './room-contents';

/** Where restores put what they bring back. */
export interface PutInto {
  readonly buckets: Buckets;
  readonly bucket: Bucket;
}

/** A version as it was when a capture began. */
interface Seen {
  readonly name: string;
  readonly object: StoredObject;
  readonly tags: StoredObject['tags'];
  readonly acl: readonly AclGrant[] | undefined;
  /** How many versions of its key that hold something are newer. */
  readonly age: number;
}

type Metadata = RestoreOrder['metadata'];

export class BucketContent implements RoomContent {
  readonly kind = 'bucket';
  /** What the last capture did not keep, or what was not put into a bucket, by key. */
  leftOut: readonly LeftOut[] = [];

  /**
   * @param room a bucket, or what was restored
   * @param buckets where the bucket is, for restores into it
   */
  constructor(
    private readonly room: Bucket | { readonly objects: StoredObjects },
    private readonly buckets?: Buckets,
    /** How it was restored, if it was. */
    private readonly metadata?: Metadata,
  ) {}

  async sizeBytes(): Promise<number> {
    return this.seen().reduce((sum, { object }) => sum + object.sizeBytes, 0);
  }

  async version(): Promise<string> {
    const digest = createHash('sha256');
    for (const seen of this.seen()) {
      digest.update(`${seen.name}\n${JSON.stringify(aboutOf(seen, {}))}\n\n`);
    }
    return digest.digest('base64url');
  }

  /** Bytes of a version never change, so that what stands now is all that a view needs. */
  async *capture(options: CaptureOptions = {}): AsyncIterable<ContentEntry> {
    const seen = this.seen();
    this.leftOut = this.archived().map(({ key, headers }) => ({
      name: key,
      reason: `objects of the storage class ${headers['StorageClass']} are not backed up`,
    }));
    for (const one of seen) {
      const { object, name } = one;
      yield {
        name,
        about: aboutOf(one, options),
        version: `${object.etag} ${object.sizeBytes} ${object.createdAt}`,
        sizeBytes: object.sizeBytes,
        bytes: () => piecesOf(object),
      };
    }
  }

  /** Keeps what the order asks for as buckets of a World keep theirs: what is large in files. */
  async restore(entries: AsyncIterable<CapturedEntry>, { metadata }: RestoreOrder): Promise<BucketContent> {
    this.refuseDestination(metadata);
    const objects = new StoredObjects(this.buckets?.bodies);
    // They are needed from when they are there, so that those which are not restored after all go.
    const came: Body[] = [];
    try {
      for (const object of await this.wanted(entries, metadata, came)) {
        objects.put(object);
      }
    } finally {
      came.forEach((body) => this.buckets?.bodies.drop(body));
    }
    return new BucketContent({ objects }, this.buckets, metadata);
  }

  /** Versions that an order asks for, the oldest first. */
  private async wanted(
    entries: AsyncIterable<CapturedEntry>,
    metadata: Metadata,
    came: Body[],
  ): Promise<StoredObject[]> {
    const [wanted, most] = [itemsOf(metadata), latestOf(metadata)];
    const deleted = new Set<string>();
    const versions: { readonly age: number; readonly object: StoredObject }[] = [];
    for await (const entry of entries) {
      const { key, age, deleteMarker } = entry.about as unknown as AboutVersion;
      if (deleteMarker && age === 0) {
        deleted.add(key);
      } else if (!deleteMarker && age < most && wanted(key)) {
        const object = await this.objectOf(entry, metadata);
        this.buckets?.bodies.hold(object.body);
        came.push(object.body);
        versions.push({ age, object });
      }
    }
    // What was deleted at that instant is not restored.
    const restored = versions.filter(({ object }) => !deleted.has(object.key));
    return restored.sort((a, b) => b.age - a.age).map(({ object }) => object);
  }

  async merge(restored: Content, order: RestoreOrder): Promise<void> {
    if (!(restored instanceof BucketContent) || this.buckets === undefined || !('resource' in this.room)) {
      throw new Error(`a content of kind ${restored.kind} cannot be put into this bucket`);
    }
    restored.putInto({ buckets: this.buckets, bucket: this.room }, order.metadata);
    restored.leave();
  }

  /** A bucket that holds nothing yet takes all of it. */
  attach(resource: Resource): void {
    const { env, name, sizeGiB } = resource.declaration;
    const bucket = this.buckets?.tryFind(env.partition, name);
    if (bucket !== undefined && this.buckets !== undefined) {
      // From now on it is as large as what it holds.
      bucket.measuredGiB = sizeGiB;
      this.putInto({ buckets: this.buckets, bucket }, { ...this.metadata, NewBucket: 'true' });
    }
    this.leave();
  }

  /**
   * Puts all of it into a bucket that is there; what that has is not written over.
   *
   * @throws Error when the bucket cannot take it
   */
  putInto({ buckets, bucket }: PutInto, metadata: Metadata): void {
    const { objects } = this.room;
    const versions = objects.keys().map((key) => [...objects.versions(key)].reverse());
    const hasAcls = versions.flat().some(({ acl }) => acl !== undefined);
    prepare({ buckets, bucket }, valueOf(metadata, 'NewBucket') === 'true', hasAcls);
    const blocked = settingOf(bucket, 'public-access-block')?.BlockPublicAcls === true;
    const left: LeftOut[] = [];
    for (const ofKey of versions) {
      const key = ofKey[0]?.key ?? '';
      if (bucket.objects.tryFind(key)?.deleteMarker === false) {
        left.push({ name: key, reason: 'the bucket has an object of that name' });
      } else if (blocked && ofKey.some(({ acl }) => acl !== undefined && isPublicAcl(acl))) {
        left.push({ name: key, reason: 'its ACL is public, and the bucket blocks public access' });
      } else {
        ofKey.forEach(({ versionId: _, createdAt: __, ...version }) => buckets.put(bucket, version));
      }
    }
    this.leftOut = left;
  }

  /** What was brought stays; what a restore made goes. */
  async close(): Promise<void> {
    if (this.metadata !== undefined) {
      this.leave();
    }
  }

  /** What was restored is not needed beside the bucket that took it. */
  private leave(): void {
    if (!('resource' in this.room)) {
      this.room.objects.clear();
    }
  }

  /** Where the bucket is known to S3, and not to be made: it has to be set up before anything is read. */
  private refuseDestination(metadata: Metadata): void {
    const name = valueOf(metadata, 'DestinationBucketName');
    const { partition } = 'resource' in this.room ? this.room.env : { partition: '' };
    const bucket = this.buckets?.tryStanding(`arn:${partition}:s3:::${name}`);
    if (bucket !== undefined && valueOf(metadata, 'NewBucket') !== 'true') {
      refuseUnversioned(bucket);
    }
  }

  private async objectOf(entry: CapturedEntry, metadata: Metadata): Promise<StoredObject> {
    const { age: _, headers, acl, ...about } = entry.about as unknown as AboutVersion;
    const body = await keptBody(entry.bytes(), this.buckets?.bodies.keeper);
    const keepsAcl = valueOf(metadata, 'RestoreACLs') !== 'false';
    return {
      ...about,
      checksum: about.checksum ?? undefined,
      partSizes: about.partSizes ?? undefined,
      headers: headersOf(headers, metadata),
      sizeBytes: body.sizeBytes,
      body,
      ...(acl !== undefined && keepsAcl && { acl }),
    };
  }

  private seen(): Seen[] {
    const { objects } = this.room;
    const seen = objects.keys().flatMap((key) => {
      let age = 0;
      return objects
        .versions(key)
        .filter((object) => !isArchived(object))
        .map((object) => {
          const { tags, acl } = object;
          return { name: nameOf(object), object, tags, acl, age: object.deleteMarker ? age : age++ };
        });
    });
    const keyed = seen.map((one) => ({ one, key: Buffer.from(one.name) }));
    return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ one }) => one);
  }

  private archived(): StoredObject[] {
    const { objects } = this.room;
    return objects.keys().flatMap((key) => objects.versions(key).filter(isArchived));
  }
}

/** Source B2.4/1 for the options. Assumed: ACLs and tags are kept unless they are disabled. */
function aboutOf({ object, tags, acl, age }: Seen, options: CaptureOptions): ContentEntry['about'] {
  const { key, versionId, createdAt, deleteMarker, etag, headers, metadata, checksum, partSizes } = object;
  return {
    ...{ key, versionId, createdAt, age, deleteMarker, etag, headers, metadata },
    tags: options['BackupObjectTags'] === 'disabled' ? {} : tags,
    ...(checksum !== undefined && { checksum: checksum as unknown as Json }),
    ...(partSizes !== undefined && { partSizes }),
    ...(acl !== undefined && options['BackupACLs'] !== 'disabled' && { acl: acl as unknown as Json }),
  };
}

/** What an entry says of a version. */
type AboutVersion = Omit<StoredObject, 'body' | 'sizeBytes'> & { readonly age: number };

/** Source: AWS Backup developer guide, "Restore S3 data": to the class S3 Standard; B8/7 for the encryption. */
function headersOf(headers: StoredObject['headers'], metadata: Metadata): StoredObject['headers'] {
  const { StorageClass: _, ...original } = headers;
  const { ServerSideEncryption: __, SSEKMSKeyId: ___, ...plain } = original;
  switch (valueOf(metadata, 'EncryptionType')) {
    case 'SSE-S3':
      return { ...plain, ServerSideEncryption: 'AES256' };
    case 'SSE-KMS': {
      const key = valueOf(metadata, 'KMSKey');
      return { ...plain, ServerSideEncryption: 'aws:kms', ...(key !== undefined && { SSEKMSKeyId: key }) };
    }
    default:
      return original;
  }
}

/** A new bucket is set up for what comes; one that is there has to be. */
function prepare({ buckets, bucket }: PutInto, isNew: boolean, hasAcls: boolean): void {
  if (isNew && bucket.versioning === undefined) {
    buckets.set(bucket, 'versioning', { Status: 'Enabled' });
  }
  if (isNew && hasAcls && aclsAreOff(bucket)) {
    buckets.set(bucket, 'ownership', { Rules: [{ ObjectOwnership: 'ObjectWriter' }] });
  }
  refuseUnversioned(bucket);
  if (hasAcls && aclsAreOff(bucket)) {
    throw new Error(`the bucket ${bucket.name} must allow ACLs: the backup has some`);
  }
}

function refuseUnversioned(bucket: Bucket): void {
  if (bucket.versioning === undefined) {
    throw new Error(`versioning of the bucket ${bucket.name} must be on`);
  }
}

/** How many versions of a key are restored. */
function latestOf(metadata: Metadata): number {
  const asked = valueOf(metadata, 'RestoreLatestVersionsUpTo');
  const most = asked === undefined ? 1 : Number(asked);
  if (!Number.isInteger(most) || most < 1) {
    throw new Error(`RestoreLatestVersionsUpTo must be a whole number from 1 on, got ${asked}`);
  }
  return most;
}

/** Keys, or what begins with an item that ends with `/`; an address names its bucket before the key. */
function itemsOf(metadata: Metadata): (key: string) => boolean {
  const asked = valueOf(metadata, 'ItemsToRestore');
  if (asked === undefined) {
    return () => true;
  }
  const items = JSON.parse(asked) as unknown;
  if (!Array.isArray(items) || items.some((item) => typeof item !== 'string')) {
    throw new Error(`ItemsToRestore must be a JSON list of keys, got ${asked}`);
  }
  const keys = (items as string[]).map((item) => item.replace(/^s3:\/\/[^/]+\//, ''));
  return (key) => keys.some((item) => key === item || (item.endsWith('/') && key.startsWith(item)));
}

/** No version id has a line end, so that the last one of a name parts it from the key. */
function nameOf({ key, versionId }: StoredObject): string {
  return `${key}\n${versionId}`;
}

async function* piecesOf({ body }: StoredObject): AsyncIterable<Uint8Array> {
  yield* body.read();
}
