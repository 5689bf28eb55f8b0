// What is restored into buckets, and what is not.
import { WorldState } from '../../../engine/src/domain/world-state';
import { BucketContent } from '../../../engine/src/host/content/bucket-content';
import { createBucket } from '../../../engine/src/operations/s3/create-bucket';
import { deleteObject } from '../../../engine/src/operations/s3/delete-object';
import { getObjectAcl } from '../../../engine/src/operations/s3/get-object-acl';
import { headObject } from '../../../engine/src/operations/s3/head-object';
import { listObjectVersions } from '../../../engine/src/operations/s3/list-object-versions';
import { getObject } from '../../../engine/src/operations/s3/get-object';
import { putBucketVersioning } from '../../../engine/src/operations/s3/put-bucket-versioning';
import { putObject } from '../../../engine/src/operations/s3/put-object';
import { putObjectAcl } from '../../../engine/src/operations/s3/put-object-acl';
import { captured, restorable } from './memory-store';

const caller = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
const ALL = 'http://acs.amazonaws.com/groups/global/AllUsers';

let state: WorldState;

beforeEach(() => {
  state = new WorldState({ start: Date.parse('2027-01-01T00:00:00Z'), seed: 1 });
  make('orders');
});

function make(Bucket: string, more: object = {}): void {
  createBucket(state, caller, { Bucket, ...more });
  putBucketVersioning(state, caller, { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
}

function put(Key: string, Body: string, more: object = {}): string | undefined {
  return putObject(state, caller, { Bucket: 'orders', Key, Body, ...more }).VersionId;
}

function contentOf(name: string): BucketContent {
  const bucket = state.buckets.tryFind('aws', name);
  if (bucket === undefined) {
    throw new Error(`no bucket ${name}`);
  }
  return new BucketContent(bucket, state.buckets);
}

/** Backs `orders` up and restores it into another bucket; answers the content of that. */
async function restore(to: string, metadata: Record<string, string> = {}, options = {}): Promise<BucketContent> {
  const from = contentOf('orders');
  const order = { metadata: { DestinationBucketName: to, ...metadata }, restoreJobId: 'job-1' };
  const capture = await captured(from, undefined, undefined, options);
  const restored = await from.restore(restorable(capture), order);
  await contentOf(to).merge(restored, order);
  return restored;
}

function text(Bucket: string, Key: string): string {
  return Buffer.from(getObject(state, caller, { Bucket, Key }).Body.bytes()).toString();
}

function versionsIn(Bucket: string): (string | undefined)[] {
  return (listObjectVersions(state, caller, { Bucket }).Versions ?? []).map(({ Key }) => Key);
}

test('the latest version of each key is restored, with all that was said of it, and none of what was deleted (B8/7)', async () => {
  put('a', 'old');
  const said = { ContentType: 'image/png', Metadata: { owner: 'ops' }, Tagging: 'a=1', StorageClass: 'STANDARD_IA' };
  const before = put('a', 'new', said);
  put('gone', 'x');
  deleteObject(state, caller, { Bucket: 'orders', Key: 'gone' });
  make('other');
  await restore('other');
  expect(versionsIn('other')).toEqual(['a']);
  expect(text('other', 'a')).toBe('new');
  const { VersionId, ETag, ...head } = headObject(state, caller, { Bucket: 'other', Key: 'a' });
  expect(head).toMatchObject({ ContentType: 'image/png', Metadata: { owner: 'ops' }, TagCount: 1 });
  expect(head.StorageClass).toBeUndefined();
  expect(ETag).toBe(headObject(state, caller, { Bucket: 'orders', Key: 'a' }).ETag);
  expect(VersionId).not.toBe(before);
});

test('as many versions are restored as the metadata asks for, in the order in which they were written (B8/7)', async () => {
  ['1', '2', '3'].forEach((one) => put('a', one));
  deleteObject(state, caller, { Bucket: 'orders', Key: 'a' });
  put('a', '4');
  make('other');
  await restore('other', { RestoreLatestVersionsUpTo: '3' });
  const versions = listObjectVersions(state, caller, { Bucket: 'other' }).Versions ?? [];
  const read = versions.map(({ Key, VersionId }) => getObject(state, caller, { Bucket: 'other', Key, VersionId }).Body);
  expect(read.map((one) => Buffer.from(one.bytes()).toString())).toEqual(['4', '3', '2']);
  await expect(restore('other', { RestoreLatestVersionsUpTo: '0' })).rejects.toThrow('from 1 on, got 0');
});

test('of an item as many versions are restored as is asked for, and none is asked for by its id (B8/7)', async () => {
  ['1', '2', '3'].forEach((one) => put('a', one));
  ['1', '2'].forEach((one) => put('b', one));
  const [, before] = listObjectVersions(state, caller, { Bucket: 'orders', Prefix: 'a' }).Versions ?? [];
  make('other');
  await restore('other', { ItemsToRestore: JSON.stringify([`a?versionId=${before?.VersionId}`]) });
  expect(versionsIn('other')).toEqual([]);
  await restore('other', { ItemsToRestore: '["a"]', RestoreLatestVersionsUpTo: '2' });
  const versions = listObjectVersions(state, caller, { Bucket: 'other' }).Versions ?? [];
  const read = versions.map(({ Key, VersionId }) => getObject(state, caller, { Bucket: 'other', Key, VersionId }).Body);
  expect(versions.map(({ Key }) => Key)).toEqual(['a', 'a']);
  expect(read.map((one) => Buffer.from(one.bytes()).toString())).toEqual(['3', '2']);
});

test('items are keys, prefixes that end with a slash, and addresses; others stay behind (B8/7)', async () => {
  ['a', 'ab', 'logs/1', 'logs/2', 'logs2', 'x y'].forEach((key) => put(key, key));
  make('other');
  await restore('other', { itemstorestore: '["a","logs/","s3://orders/x y"]' });
  expect(versionsIn('other')).toEqual(['a', 'logs/1', 'logs/2', 'x y']);
  await expect(restore('other', { ItemsToRestore: '"a"' })).rejects.toThrow('must be a JSON list of keys');
});

test('nothing that is in a bucket is written over; what was deleted there comes back (B8/3)', async () => {
  put('a', 'backed up');
  put('b', 'backed up');
  const from = contentOf('orders');
  const order = { metadata: {}, restoreJobId: 'job-1' };
  const restored = await from.restore(restorable(await captured(from)), order);
  put('a', 'newer');
  deleteObject(state, caller, { Bucket: 'orders', Key: 'b' });
  await from.merge(restored, order);
  expect([text('orders', 'a'), text('orders', 'b')]).toEqual(['newer', 'backed up']);
  expect(restored.leftOut).toEqual([{ name: 'a', reason: 'the bucket has an object of that name' }]);
});

test('a bucket without versioning cannot receive objects, unless the restore makes it (B8/7)', async () => {
  put('a', 'x');
  createBucket(state, caller, { Bucket: 'other' });
  await expect(restore('other')).rejects.toThrow('versioning of the bucket other must be on');
  expect(versionsIn('other')).toEqual([]);
  await restore('other', { NewBucket: 'true' });
  expect(versionsIn('other')).toEqual(['a']);
  expect(state.buckets.tryFind('aws', 'other')?.versioning).toBe('Enabled');
});

test('ACLs are restored into buckets that allow some, public ones only where the bucket does not block them', async () => {
  createBucket(state, caller, { Bucket: 'open', ObjectOwnership: 'ObjectWriter' });
  make('shared', { ObjectOwnership: 'ObjectWriter' });
  const orders = state.buckets.tryFind('aws', 'orders');
  state.buckets.set(orders as never, 'ownership', { Rules: [{ ObjectOwnership: 'ObjectWriter' }] });
  state.buckets.set(orders as never, 'public-access-block', {});
  put('public', 'x', { ACL: 'public-read' });
  put('granted', 'x');
  const granted = { Grantee: { ID: 'somebody', Type: 'CanonicalUser' as const }, Permission: 'READ' as const };
  const named = { Bucket: 'orders', Key: 'granted' };
  putObjectAcl(state, caller, { ...named, AccessControlPolicy: { Grants: [granted] } });
  const restored = await restore('shared');
  expect(versionsIn('shared')).toEqual(['granted']);
  expect(restored.leftOut.map(({ name }) => name)).toEqual(['public']);
  expect(getObjectAcl(state, caller, { ...named, Bucket: 'shared' }).Grants).toEqual([granted]);
  make('closed');
  await expect(restore('closed')).rejects.toThrow('closed must allow ACLs');
  // Without its ACL it is an object like others.
  await restore('closed', { RestoreACLs: 'false' });
  expect(versionsIn('closed')).toEqual(['granted', 'public']);
  make('another');
  await restore('another', {}, { BackupACLs: 'disabled' });
  expect(versionsIn('another')).toEqual(['granted', 'public']);
  const grants = getObjectAcl(state, caller, { Bucket: 'orders', Key: 'public' }).Grants ?? [];
  expect(grants.map(({ Grantee }) => Grantee?.URI)).toEqual([undefined, ALL]);
});

test.each([
  ['disabled', undefined],
  ['enabled', 1],
])('tags of objects whose backup has BackupObjectTags %s: %s is restored', async (BackupObjectTags, count) => {
  put('a', 'x', { Tagging: 'a=1' });
  make('other');
  await restore('other', {}, { BackupObjectTags });
  expect(headObject(state, caller, { Bucket: 'other', Key: 'a' }).TagCount).toBe(count);
});

test('objects of classes that have to be fetched first are left out and named', async () => {
  put('a', 'x');
  put('cold', 'x', { StorageClass: 'GLACIER' });
  put('colder', 'x', { StorageClass: 'DEEP_ARCHIVE' });
  const content = contentOf('orders');
  const { entries, sizeBytes } = await captured(content);
  expect([entries.length, sizeBytes]).toEqual([1, 1]);
  expect(content.leftOut.map(({ name }) => name)).toEqual(['cold', 'colder']);
});

test.each([
  ['SSE-S3', { ServerSideEncryption: 'AES256', SSEKMSKeyId: undefined }],
  ['SSE-KMS', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/other' }],
  ['original', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/mine' }],
])('restored objects are encrypted as %s asks (B8/7)', async (EncryptionType, expected) => {
  put('a', 'x', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/mine' });
  make('other');
  await restore('other', { EncryptionType, KMSKey: 'alias/other' });
  const { ServerSideEncryption, SSEKMSKeyId } = headObject(state, caller, { Bucket: 'other', Key: 'a' });
  expect({ ServerSideEncryption, SSEKMSKeyId }).toEqual(expected);
});

test('large objects come in pieces, and a change of tags alone reads none of them again', async () => {
  put('large', 'x'.repeat(3 * 1024 * 1024 + 1));
  const content = contentOf('orders');
  const sizes: number[] = [];
  for await (const entry of content.capture()) {
    for await (const piece of entry.bytes()) {
      sizes.push(piece.length);
    }
  }
  expect(sizes).toEqual([1_048_576, 1_048_576, 1_048_576, 1]);
  const base = await captured(content);
  const object = state.buckets.tryFind('aws', 'orders')?.objects.tryFind('large');
  Object.assign(object as object, { tags: { a: '1' } });
  const next = await captured(content, base);
  expect([next.read, next.entries[0]?.about['tags']]).toEqual([[], { a: '1' }]);
});
