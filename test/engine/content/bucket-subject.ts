/** A bucket with versioning, written at random: versions, markers, tags, ACLs and all that is said of an object. */
import { createHash } from 'node:crypto';
import { Body } from '../../../engine/src/domain/bodies';
import { StoredObject, StoredObjects } from '../../../engine/src/domain/stored-objects';
import { BucketContent } from '../../../engine/src/host/content/bucket-content';
import { bytesFrom, Draw, Driver, Subject } from './suite';

const KEYS = ['a', 'a/', 'a/b', 'a\nb', 'é', 'e\u0301', '\u{1f600}', '\uffee', ' ', '../x', 'null'];

export const BUCKET: Driver = { name: 'BucketContent', make: async () => bucketSubject() };

/** The bucket of a content that the subject made or restored. */
type Room = { readonly room: { readonly objects: StoredObjects } };

function bucketSubject(): Subject {
  const objects = new StoredObjects();
  let made = 0;
  return {
    content: new BucketContent({ objects }),
    metadata: { RestoreLatestVersionsUpTo: '1000' },
    change: async (draw) => change(objects, draw, ++made),
    look: async (content) => lookAt((content as unknown as Room).room.objects),
    leftovers: () => 0,
    end: async () => {},
  };
}

/** All versions of what is not deleted, the newest first, each as a restore has to bring it back. */
function lookAt(objects: StoredObjects): unknown {
  return objects
    .keys()
    .filter((key) => objects.versions(key)[0]?.deleteMarker === false)
    .map((key) => [
      key,
      objects
        .versions(key)
        .filter(({ deleteMarker }) => !deleteMarker)
        .map(({ body, ...others }) => ({ ...others, digest: createHash('sha256').update(body.bytes()).digest('hex') })),
    ]);
}

function change(objects: StoredObjects, draw: Draw, made: number): void {
  const key = KEYS[draw(KEYS.length)] as string;
  const newest = objects.versions(key)[0];
  const step = draw(6);
  if (newest === undefined || step < 3) {
    objects.put(version(key, draw, made));
  } else if (step === 3) {
    newest.tags = { owner: `${draw(3)}` };
  } else if (step === 4) {
    objects.delete(key, 'Enabled', () => ({ ...version(key, () => 0, made), deleteMarker: true, etag: '' }));
  } else {
    objects.drop(key, newest.versionId);
  }
}

function version(key: string, draw: Draw, made: number): StoredObject {
  const bytes = bytesFrom(draw, draw(30_000));
  const tagged = draw(2) === 0;
  return {
    key,
    versionId: `${draw(1000)}-${made}`,
    createdAt: 1_800_000_000_000 + made,
    deleteMarker: false,
    sizeBytes: bytes.length,
    etag: createHash('md5').update(bytes).digest('hex'),
    body: Body.inMemory(bytes),
    headers: { ContentType: 'text/plain', ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/mine' },
    metadata: { 'owner-é': `${draw(9)}` },
    checksum: tagged ? { algorithm: 'CRC32', value: 'KQWMcw==', composite: false } : undefined,
    partSizes: tagged ? undefined : [bytes.length],
    tags: tagged ? { a: '1', b: '2' } : {},
    ...(tagged && { acl: [{ grantee: { id: 'somebody' }, permission: 'READ' }] }),
  };
}
