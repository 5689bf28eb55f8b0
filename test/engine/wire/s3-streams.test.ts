// Objects that are too large for memory, in process: streams in and out, and files that go with the last that needs them.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { World } from '@holdfast/engine';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { below, finish, mix, seeded } from '../../../engine/src/kernel/prng';
import { bytesOf, hashOfBody, hex, MIB, piecesOf, streamOf } from '../../support/large-bodies';
import { temporaryFolder } from '../../support/synth';

/** What the machine's folder for temporary files is meanwhile. */
let mockTemporary: string | undefined;

jest.mock('node:os', () => {
  const os = jest.requireActual<typeof import('node:os')>('node:os');
  return { ...os, tmpdir: () => mockTemporary ?? os.tmpdir() };
});

const Bucket = 'large';
let world: World;
let s3: S3Client;
let temporary: string;

beforeEach(async () => {
  temporary = temporaryFolder('bodies');
  mockTemporary = temporary;
  world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  s3 = world.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterEach(async () => {
  await world.close();
  expect(fs.readdirSync(temporary)).toEqual([]);
  mockTemporary = undefined;
});

/** Sizes of the files that there are, ascending. */
function files(): number[] {
  const folders = fs.readdirSync(temporary).filter((name) => name.startsWith('holdfast-bodies-'));
  const names = folders.flatMap((name) =>
    fs.readdirSync(path.join(temporary, name)).map((file) => path.join(name, file)),
  );
  return names.map((name) => fs.statSync(path.join(temporary, name)).size).sort((a, b) => a - b);
}

function put(Key: string, seed: number, size: number, more: object = {}) {
  return s3.send(new PutObjectCommand({ Bucket, Key, Body: streamOf(seed, size), ContentLength: size, ...more }));
}

async function hash(Key: string, more: object = {}): Promise<string> {
  return hashOfBody((await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body);
}

test('what is no larger than a mebibyte stays in memory, what is larger goes to a file', async () => {
  await put('small', 1, MIB);
  expect(files()).toEqual([]);
  await put('large', 2, MIB + 1);
  expect(files()).toEqual([MIB + 1]);
  expect([await hash('small'), await hash('large')]).toEqual([
    hex('sha256', piecesOf(1, MIB)),
    hex('sha256', piecesOf(2, MIB + 1)),
  ]);
});

test('a stream comes back as it went, whole and in ranges, and is gone with its object', async () => {
  const size = 20 * MIB + 3;
  const { ETag } = await put('a', 3, size);
  expect(ETag).toBe(`"${hex('md5', piecesOf(3, size))}"`);
  expect(await hash('a')).toBe(hex('sha256', piecesOf(3, size)));
  const all = bytesOf(3, size);
  for (const [from, to] of [
    [0, 0],
    [5, 3 * MIB],
    [MIB - 1, size - 1],
  ] as const) {
    expect(await hash('a', { Range: `bytes=${from}-${to}` })).toBe(hex('sha256', [all.subarray(from, to + 1)]));
  }
  expect(await hash('a', { Range: `bytes=-${2 * MIB}` })).toBe(hex('sha256', [all.subarray(size - 2 * MIB)]));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  expect(files()).toEqual([]);
});

test('a stream whose checksum is wrong leaves nothing', async () => {
  const wrong = { ChecksumSHA256: Buffer.alloc(32).toString('base64') };
  await expect(put('a', 1, 2 * MIB, wrong)).rejects.toMatchObject({ name: 'BadDigest' });
  await expect(put('a', 1, 2 * MIB, { ContentMD5: Buffer.alloc(16).toString('base64') })).rejects.toMatchObject({
    name: 'BadDigest',
  });
  expect(files()).toEqual([]);
  const ChecksumSHA256 = Buffer.from(hex('sha256', piecesOf(1, 2 * MIB)), 'hex').toString('base64');
  expect((await put('a', 1, 2 * MIB, { ChecksumSHA256 })).ChecksumSHA256).toBe(ChecksumSHA256);
});

test('a stream that breaks off leaves nothing', async () => {
  function* broken() {
    yield* piecesOf(1, 3 * MIB);
    throw new Error('the disk of the client is gone');
  }
  const { Readable } = jest.requireActual<typeof import('node:stream')>('node:stream');
  const Body = Readable.from(broken(), { objectMode: false });
  await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body, ContentLength: 9 * MIB }))).rejects.toThrow(
    'the disk of the client is gone',
  );
  expect(files()).toEqual([]);
});

test('a bucket that is not there leaves nothing', async () => {
  await expect(put('a', 1, 2 * MIB, { Bucket: 'none' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
  expect(files()).toEqual([]);
});

test('an object of more than 5 GiB in one request is refused before it comes', async () => {
  const announced = put('a', 1, 2 * MIB, { ContentLength: 5 * 1024 ** 3 + 1 });
  await expect(announced).rejects.toMatchObject({ name: 'EntityTooLarge', $metadata: { httpStatusCode: 400 } });
});

/** An upload of parts of 6 MiB of seeds, the last of which is 2 MiB. */
async function upload(Key: string, seeds: readonly number[], more: object = {}) {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }));
  const Parts = await Promise.all(
    seeds.map(async (seed, index) => {
      const size = index === seeds.length - 1 ? 2 * MIB : 6 * MIB;
      const Body = streamOf(seed, size);
      const part = { Bucket, Key, UploadId, PartNumber: index + 1, Body, ContentLength: size };
      return { ...(await s3.send(new UploadPartCommand(part))), PartNumber: index + 1 };
    }),
  );
  return { Bucket, Key, UploadId, MultipartUpload: { Parts } };
}

test('parts become an object without a copy of their bytes, and what is not named goes', async () => {
  const made = await upload('a', [1, 2, 3], { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' });
  expect(files()).toHaveLength(3);
  const spare = { ...made, PartNumber: 9, Body: streamOf(9, 5 * MIB), ContentLength: 5 * MIB };
  await s3.send(new UploadPartCommand(spare));
  const { ChecksumCRC32 } = await s3.send(new CompleteMultipartUploadCommand(made));
  const all = Buffer.concat([bytesOf(1, 6 * MIB), bytesOf(2, 6 * MIB), bytesOf(3, 2 * MIB)]);
  expect(await hash('a')).toBe(hex('sha256', [all]));
  expect(files()).toEqual([2 * MIB, 6 * MIB, 6 * MIB]);
  const whole = await s3.send(new PutObjectCommand({ Bucket, Key: 'b', Body: all, ChecksumAlgorithm: 'CRC32' }));
  expect(ChecksumCRC32).toBe(whole.ChecksumCRC32);
  expect(await hash('a', { PartNumber: 2 })).toBe(hex('sha256', piecesOf(2, 6 * MIB)));
});

test('an upload that is aborted, or a part that comes again, leaves nothing', async () => {
  const made = await upload('a', [1, 2]);
  await s3.send(new UploadPartCommand({ ...made, PartNumber: 1, Body: streamOf(7, 3 * MIB), ContentLength: 3 * MIB }));
  expect(files()).toEqual([2 * MIB, 3 * MIB]);
  await s3.send(new AbortMultipartUploadCommand(made));
  expect(files()).toEqual([]);
});

test('copies share bytes, which stay until the last of them goes', async () => {
  await put('a', 5, 8 * MIB);
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` }));
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'c' }));
  const part = { Bucket, Key: 'c', UploadId, PartNumber: 1 };
  const CopySourceRange = `bytes=${MIB}-${7 * MIB - 1}`;
  const { CopyPartResult } = await s3.send(
    new UploadPartCopyCommand({ ...part, CopySource: `${Bucket}/a`, CopySourceRange }),
  );
  const cut = bytesOf(5, 8 * MIB).subarray(MIB, 7 * MIB);
  expect(CopyPartResult?.ETag).toBe(`"${hex('md5', [cut])}"`);
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: CopyPartResult?.ETag }] };
  await s3.send(new CompleteMultipartUploadCommand({ ...part, MultipartUpload }));
  expect(files()).toEqual([8 * MIB]);
  for (const Key of ['a', 'b']) {
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(files()).toEqual([8 * MIB]);
  }
  expect(await hash('c')).toBe(hex('sha256', [cut]));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'c' }));
  expect(files()).toEqual([]);
});

test('whoever reads an object goes on after it was deleted', async () => {
  await put('a', 6, 12 * MIB);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'a' }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  expect(files()).toEqual([12 * MIB]);
  expect(await hashOfBody(Body)).toBe(hex('sha256', piecesOf(6, 12 * MIB)));
  await new Promise((resolve) => setImmediate(resolve));
  await put('b', 1, 1);
  expect(files()).toEqual([]);
});

test('a bucket that is removed takes its objects and uploads with it', async () => {
  await put('a', 1, 2 * MIB);
  await upload('b', [1]);
  world.remove(Bucket);
  await s3.send(new CreateBucketCommand({ Bucket: 'other' }));
  expect(files()).toEqual([]);
});

test.each([1, 2, 3])('random objects, copies, versions and deletions are those of a map (seed %i)', async (seed) => {
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  /** Of each version that stands, by key, the newest first: seed and size of its bytes. */
  const model = new Map<string, { id: string | undefined; of: number; size: number }[]>();
  let drawn = 0;
  const draw = (limit: number) => below(finish(mix(seeded(seed), drawn++)), limit);
  for (let step = 1; step <= 40; step++) {
    const Key = `k${draw(4)}`;
    const versions = model.get(Key) ?? [];
    const kind = draw(5);
    if (kind <= 2 || versions.length === 0) {
      const size = draw(3) === 0 ? draw(1000) : MIB + draw(2 * MIB);
      const { VersionId } = await put(Key, step, size);
      versions.unshift({ id: VersionId, of: step, size });
    } else if (kind === 3) {
      const source = versions[draw(versions.length)]!;
      const CopySource = `${Bucket}/${Key}?versionId=${source.id}`;
      const to = `c${draw(2)}`;
      const { VersionId } = await s3.send(new CopyObjectCommand({ Bucket, Key: to, CopySource }));
      model.set(to, [{ ...source, id: VersionId }, ...(model.get(to) ?? [])]);
    } else {
      const [gone] = versions.splice(draw(versions.length), 1);
      await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: gone?.id }));
    }
    model.set(Key, versions);
  }
  const large = new Map<number, number>();
  for (const [Key, versions] of model) {
    for (const { id, of, size } of versions) {
      expect(await hash(Key, { VersionId: id })).toBe(hex('sha256', piecesOf(of, size)));
      if (size > MIB) {
        large.set(of, size);
      }
    }
  }
  await new Promise((resolve) => setImmediate(resolve));
  await put('last', 1, 1);
  expect(files()).toEqual([...large.values()].sort((a, b) => a - b));
});
