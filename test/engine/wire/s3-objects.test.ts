// Objects through the official client, in process.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  DeletePublicAccessBlockCommand,
  GetObjectAclCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  paginateListObjectsV2,
  PutBucketOwnershipControlsCommand,
  PutBucketVersioningCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { World } from '@holdfast/engine';

const Bucket = 'my-bucket';
const BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);

let client: S3Client;

beforeEach(async () => {
  client = new World({ start: '2027-01-01T00:00:00Z', seed: 1 }).client(S3Client);
  await client.send(new CreateBucketCommand({ Bucket }));
});

async function put(Key: string, Body: string | Uint8Array = Key): Promise<string | undefined> {
  return (await client.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId;
}

async function text(Key: string, more: object = {}): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return (await Body?.transformToString()) ?? '';
}

function refused(send: Promise<unknown>, name: string, httpStatusCode: number): Promise<void> {
  return expect(send).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
}

test('bytes come back as they went, with what was said of them', async () => {
  const Key = 'a b/é+&/x.bin';
  const said = { ContentType: 'image/png', CacheControl: 'no-cache', Metadata: { owner: 'ops' }, Tagging: 'a=1&b=2' };
  const Expires = new Date('2028-01-01T00:00:00Z');
  const made = await client.send(new PutObjectCommand({ Bucket, Key, Body: BYTES, Expires, ...said }));
  expect(made).toMatchObject({ ETag: '"e2c865db4162bed963bfaa9ef6ac18f0"', ServerSideEncryption: 'AES256' });
  // The client sends a CRC32 by itself.
  expect(made.ChecksumCRC32).toBe('KQWMcw==');
  const got = await client.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
  expect(await got.Body?.transformToByteArray()).toEqual(BYTES);
  expect(got).toMatchObject({
    ContentType: 'image/png',
    CacheControl: 'no-cache',
    Metadata: { owner: 'ops' },
    ContentLength: 256,
    TagCount: 2,
    LastModified: new Date('2027-01-01T00:00:00Z'),
    ExpiresString: Expires.toUTCString(),
    ChecksumCRC32: made.ChecksumCRC32,
    ChecksumType: 'FULL_OBJECT',
  });
  expect(await client.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({
    ContentLength: 256,
    ETag: made.ETag,
  });
  const asked = { ResponseContentType: 'text/plain' };
  expect((await client.send(new GetObjectCommand({ Bucket, Key, ...asked }))).ContentType).toBe('text/plain');
});

// prettier-ignore
test.each([
  ['bytes=0-1', '01', 'bytes 0-1/10'], ['bytes=8-', '89', 'bytes 8-9/10'], ['bytes=-3', '789', 'bytes 7-9/10'],
  ['bytes=9-99', '9', 'bytes 9-9/10'], ['bytes=-99', '0123456789', 'bytes 0-9/10'],
])('range %s is %j', async (Range, part, ContentRange) => {
  await put('k', '0123456789');
  const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k', Range }));
  expect([await got.Body?.transformToString(), got.ContentRange]).toEqual([part, ContentRange]);
  expect(got.$metadata.httpStatusCode).toBe(206);
});

test('fails for ranges behind the end, other etags, wrong checksums, and what is not there', async () => {
  await put('k', '0123456789');
  await refused(text('k', { Range: 'bytes=10-' }), 'InvalidRange', 416);
  await refused(text('k', { IfMatch: '"other"' }), 'PreconditionFailed', 412);
  await refused(text('none'), 'NoSuchKey', 404);
  await refused(text('k', { VersionId: 'none' }), 'NoSuchVersion', 404);
  await refused(client.send(new HeadObjectCommand({ Bucket, Key: 'none' })), 'NotFound', 404);
  await refused(client.send(new GetObjectCommand({ Bucket: 'none', Key: 'k' })), 'NoSuchBucket', 404);
  const write = (more: object) => client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ...more }));
  await refused(write({ IfNoneMatch: '*' }), 'PreconditionFailed', 412);
  await refused(write({ ChecksumCRC32C: 'AAAAAA==' }), 'BadDigest', 400);
  await refused(write({ ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }), 'BadDigest', 400);
  await refused(write({ ACL: 'public-read' }), 'AccessControlListNotSupported', 400);
  await refused(write({ Key: 'x'.repeat(1025) }), 'KeyTooLongError', 400);
  expect(await text('k')).toBe('0123456789');
  // Source: RFC 3720 B.4: the check value of "123456789" is e3069283.
  await write({ Body: '123456789', ChecksumCRC32C: '4waSgw==' });
  const { ETag } = await client.send(new HeadObjectCommand({ Bucket, Key: 'k' }));
  await refused(text('k', { IfNoneMatch: ETag }), 'Unknown', 304);
});

test('lists are in the order of bytes, roll up, and come in pages', async () => {
  for (const key of ['a/1', 'a/2', 'b', 'ä', 'Z', 'c/d/1', 'c/e/1', 'c0']) {
    await put(key);
  }
  const seen: (string | undefined)[][] = [];
  for await (const page of paginateListObjectsV2({ client }, { Bucket, Delimiter: '/', MaxKeys: 2 })) {
    seen.push([
      ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      ...(page.Contents ?? []).map((one) => one.Key),
    ]);
    expect(page.KeyCount).toBe(seen.at(-1)?.length);
  }
  expect(seen).toEqual([
    ['a/', 'Z'],
    ['c/', 'b'],
    ['c0', 'ä'],
  ]);
  const first = await client.send(new ListObjectsCommand({ Bucket, Prefix: 'c/', Delimiter: '/', MaxKeys: 1 }));
  expect(first).toMatchObject({ CommonPrefixes: [{ Prefix: 'c/d/' }], IsTruncated: true, NextMarker: 'c/d/' });
  const Marker = first.NextMarker;
  const second = await client.send(new ListObjectsCommand({ Bucket, Prefix: 'c/', Delimiter: '/', Marker }));
  expect(second).toMatchObject({ CommonPrefixes: [{ Prefix: 'c/e/' }], IsTruncated: false });
  const { Contents } = await client.send(new ListObjectsCommand({ Bucket, Prefix: 'ä', EncodingType: 'url' }));
  expect(Contents?.[0]).toMatchObject({ Key: '%C3%A4', Size: 2, StorageClass: 'STANDARD' });
});

test('with versioning a deletion leaves a marker, and each version stays until it is deleted itself', async () => {
  await put('k', 'none');
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  const [one, two] = [await put('k', 'one'), await put('k', 'two')];
  expect(await text('k', { VersionId: 'null' })).toBe('none');
  expect(await text('k', { VersionId: one })).toBe('one');
  const marker = await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
  expect(marker.DeleteMarker).toBe(true);
  await refused(text('k'), 'NoSuchKey', 404);
  await refused(text('k', { VersionId: marker.VersionId }), 'MethodNotAllowed', 405);
  const listed = await client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 3 }));
  expect(listed.Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
    [two, false],
    [one, false],
  ]);
  expect(listed.DeleteMarkers).toMatchObject([{ VersionId: marker.VersionId, IsLatest: true }]);
  const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = listed;
  const rest = await client.send(new ListObjectVersionsCommand({ Bucket, KeyMarker, VersionIdMarker }));
  expect([rest.Versions?.map(({ VersionId }) => VersionId), rest.DeleteMarkers]).toEqual([['null'], undefined]);
  // Without its marker the key is what it was before.
  const Objects = [{ Key: 'k', VersionId: marker.VersionId }];
  const { Deleted } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  expect(Deleted).toMatchObject([{ Key: 'k', DeleteMarker: true, DeleteMarkerVersionId: marker.VersionId }]);
  expect(await text('k')).toBe('two');
  const Suspended = { Status: 'Suspended' as const };
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: Suspended }));
  expect(await put('k', 'three')).toBe('null');
  const left = await client.send(new ListObjectVersionsCommand({ Bucket }));
  expect(left.Versions?.map(({ VersionId }) => VersionId)).toEqual(['null', two, one]);
});

test('without versioning a deletion is for good, and deleting nothing goes well', async () => {
  await put('k');
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
  await refused(text('k'), 'NoSuchKey', 404);
  expect((await client.send(new ListObjectVersionsCommand({ Bucket }))).Versions).toBeUndefined();
  const quiet = await client.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'k' }], Quiet: true } }),
  );
  expect(quiet.Deleted).toBeUndefined();
});

test('a copy has the bytes, and metadata and tags of its own where it is told so', async () => {
  await client.send(
    new PutObjectCommand({ Bucket, Key: 'a/ü', Body: 'x', Metadata: { m: '1' }, Tagging: 't=1', ContentType: 'a/b' }),
  );
  const CopySource = `${Bucket}/${encodeURIComponent('a/ü')}`;
  await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }));
  expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'copy' }))).toMatchObject({
    Metadata: { m: '1' },
    ContentType: 'a/b',
    TagCount: 1,
  });
  const replaced = {
    MetadataDirective: 'REPLACE' as const,
    TaggingDirective: 'REPLACE' as const,
    Metadata: { m: '2' },
  };
  const made = await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource, ...replaced }));
  expect(made.CopyObjectResult?.LastModified).toEqual(new Date('2027-01-01T00:00:00Z'));
  const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'copy' }));
  expect([head.Metadata, head.ContentType, head.TagCount]).toEqual([{ m: '2' }, 'binary/octet-stream', undefined]);
  const none = new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/none` });
  await refused(client.send(none), 'NoSuchKey', 404);
  const itself = new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/copy` });
  await refused(client.send(itself), 'InvalidRequest', 400);
  const other = { CopySourceIfMatch: '"other"' };
  const unlike = new CopyObjectCommand({ Bucket, Key: 'copy', CopySource, ...other });
  await refused(client.send(unlike), 'PreconditionFailed', 412);
});

test('tags of an object are put, read and deleted, at most ten', async () => {
  await put('k');
  const tagged = (count: number) =>
    client.send(
      new PutObjectTaggingCommand({
        Bucket,
        Key: 'k',
        Tagging: { TagSet: Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: 'v' })) },
      }),
    );
  await tagged(10);
  await refused(tagged(11), 'BadRequest', 400);
  const read = async () => (await client.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }))).TagSet;
  expect(await read()).toHaveLength(10);
  await client.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'k' }));
  expect(await read()).toEqual([]);
});

test('an object comes in parts, in the order of their numbers', async () => {
  const Key = 'big';
  const begun = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: 'CRC32' }));
  const { UploadId } = begun;
  const large = new Uint8Array(5 * 1024 * 1024).fill(7);
  const part = (PartNumber: number, Body: Uint8Array) =>
    client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
  const complete = (...named: [number, string | undefined][]) => {
    const Parts = named.map(([PartNumber, ETag]) => ({ PartNumber, ETag }));
    return client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
  };
  const [{ ETag: two }, { ETag: one }] = [await part(2, BYTES), await part(1, large)];
  const three = await client.send(
    new UploadPartCopyCommand({
      ...{ Bucket, Key, UploadId, PartNumber: 3 },
      CopySource: `${Bucket}/${await put('source').then(() => 'source')}`,
      CopySourceRange: 'bytes=0-2',
    }),
  );
  expect(await client.send(new ListMultipartUploadsCommand({ Bucket }))).toMatchObject({
    Uploads: [{ Key, UploadId }],
  });
  const listed = await client.send(new ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 2 }));
  expect(listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
    [1, large.length],
    [2, 256],
  ]);
  expect(listed).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '2' });
  await refused(complete([1, one], [2, '"other"']), 'InvalidPart', 400);
  await refused(complete([2, two], [1, one]), 'EntityTooSmall', 400);
  await refused(complete([1, one], [1, one]), 'InvalidPartOrder', 400);
  await refused(text(Key), 'NoSuchKey', 404);
  await refused(complete([1, one], [2, two], [3, three.CopyPartResult?.ETag]), 'EntityTooSmall', 400);
  const made = await complete([1, one], [3, three.CopyPartResult?.ETag]);
  expect(made.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
  expect(made.ChecksumCRC32).toMatch(/-2$/);
  const got = await client.send(new GetObjectCommand({ Bucket, Key }));
  expect(got.ContentLength).toBe(large.length + 3);
  expect(
    Buffer.compare((await got.Body?.transformToByteArray()) ?? BYTES, Buffer.concat([large, Buffer.from('sou')])),
  ).toBe(0);
  const second = await client.send(new GetObjectCommand({ Bucket, Key, PartNumber: 2 }));
  expect([await second.Body?.transformToString(), second.PartsCount]).toEqual(['sou', 2]);
  const ObjectAttributes = ['ETag', 'ObjectSize', 'ObjectParts'] as const;
  const asked = new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: [...ObjectAttributes] });
  expect(await client.send(asked)).toMatchObject({
    ETag: made.ETag?.replaceAll('"', ''),
    ObjectSize: large.length + 3,
    ObjectParts: { TotalPartsCount: 2 },
  });
  await refused(part(1, BYTES), 'NoSuchUpload', 404);
});

test('an upload that is aborted is gone, and no object of it', async () => {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k' }));
  const named = { Bucket, Key: 'k', UploadId };
  await client.send(new UploadPartCommand({ ...named, PartNumber: 1, Body: 'x' }));
  await client.send(new AbortMultipartUploadCommand(named));
  await refused(client.send(new ListPartsCommand(named)), 'NoSuchUpload', 404);
  expect((await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
});

test('the owner alone has a grant', async () => {
  await put('k');
  const { Owner, Grants } = await client.send(new GetObjectAclCommand({ Bucket, Key: 'k' }));
  expect(Grants).toEqual([{ Grantee: { ID: Owner?.ID, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }]);
});

test('an object keeps its ACL, and a copy of it has one of its own', async () => {
  const put = (input: object) => client.send(new PutObjectAclCommand({ Bucket, Key: 'k', ...input }));
  const grants = async (Key: string) => (await client.send(new GetObjectAclCommand({ Bucket, Key }))).Grants ?? [];
  const Rules = [{ ObjectOwnership: 'ObjectWriter' as const }];
  const write = { Bucket, Key: 'k', Body: 'x', ACL: 'bucket-owner-full-control' as const };
  await client.send(new PutObjectCommand(write));
  await refused(put({ ACL: 'authenticated-read' }), 'AccessControlListNotSupported', 400);
  await client.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }));
  await client.send(new DeletePublicAccessBlockCommand({ Bucket }));
  expect(await grants('k')).toHaveLength(1);
  await put({ ACL: 'authenticated-read' });
  expect((await grants('k'))[1]?.Grantee?.URI).toMatch(/AuthenticatedUsers$/);
  await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/k` }));
  expect(await grants('copy')).toHaveLength(1);
  await client.send(
    new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/k`, ACL: 'public-read-write' }),
  );
  expect(await grants('copy')).toHaveLength(3);
  await refused(put({ Key: 'none', ACL: 'private' }), 'NoSuchKey', 404);
  await refused(put({}), 'MissingRequestBodyError', 400);
});
