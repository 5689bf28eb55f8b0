// Objects of a served World that are too large for memory: what was acknowledged is found by the next server, and what nobody
// needs is gone.
import {
  BackupClient,
  CreateBackupVaultCommand,
  DescribeBackupJobCommand,
  DescribeRestoreJobCommand,
  StartBackupJobCommand,
  StartRestoreJobCommand,
} from '@aws-sdk/client-backup';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as path from 'node:path';
import { bytesOf, hashOfBody, hex, MIB, piecesOf, streamOf } from '../../support/large-bodies';
import { ServedFolder } from '../../support/served-folder';
import { temporaryFolder } from '../../support/synth';

const Bucket = 'large';
const IamRoleArn = 'arn:aws:iam::111111111111:role/backup';
let folder: string;
let served: ServedFolder;
let s3: S3Client;

async function open(): Promise<void> {
  served = await ServedFolder.open(folder);
  s3 = new S3Client({ ...served.config, forcePathStyle: true });
}

async function close(): Promise<void> {
  s3.destroy();
  await served.close();
}

beforeEach(async () => {
  folder = path.join(temporaryFolder('served-bodies'), 'd');
  await open();
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterEach(close);

function files(of = folder): string[] {
  const bodies = path.join(of, 'bodies');
  return fs.existsSync(bodies) ? fs.readdirSync(bodies) : [];
}

function put(Key: string, seed: number, size: number, more: object = {}) {
  return s3.send(new PutObjectCommand({ Bucket, Key, Body: streamOf(seed, size), ContentLength: size, ...more }));
}

async function hash(Key: string, more: object = {}): Promise<string> {
  return hashOfBody((await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body);
}

test('objects that came at once are found by the next server, and those that were deleted are in no file', async () => {
  const keys = [1, 2, 3, 4];
  await Promise.all(keys.map((seed) => put(`k${seed}`, seed, 3 * MIB + seed)));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k2' }));
  expect(files()).toHaveLength(3);
  await close();
  await open();
  for (const seed of [1, 3, 4]) {
    expect(await hash(`k${seed}`)).toBe(hex('sha256', piecesOf(seed, 3 * MIB + seed)));
  }
  await expect(hash('k2')).rejects.toMatchObject({ name: 'NoSuchKey' });
  expect(files()).toHaveLength(3);
  expect(fs.statSync(path.join(folder, 'journal')).size).toBeLessThan(2 * MIB);
});

// Of the second we make no checksum: what is known of another is not taken for it.
test.each(['SHA256', 'CRC64NVME'] as const)(
  'what copies and parts with %s came to is done again though the bytes that they were made of are gone',
  async (ChecksumAlgorithm) => {
    await put('a', 5, 4 * MIB);
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'b', ChecksumAlgorithm }));
    const part = { Bucket, Key: 'b', UploadId, PartNumber: 1 };
    const copy = { ...part, CopySource: `${Bucket}/a`, CopySourceRange: `bytes=1-${2 * MIB}` };
    const { CopyPartResult } = await s3.send(new UploadPartCopyCommand(copy));
    const cut = bytesOf(5, 4 * MIB).subarray(1, 2 * MIB + 1);
    const sha256 = Buffer.from(hex('sha256', [cut]), 'hex').toString('base64');
    expect(CopyPartResult?.ChecksumSHA256).toBe(ChecksumAlgorithm === 'SHA256' ? sha256 : undefined);
    expect(CopyPartResult?.ChecksumCRC64NVME).toBeUndefined();
    const { ETag, ChecksumSHA256 } = CopyPartResult ?? {};
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag, ChecksumSHA256 }] };
    await s3.send(new CompleteMultipartUploadCommand({ ...part, MultipartUpload }));
    const made = await s3.send(new GetObjectCommand({ Bucket, Key: 'b' }));
    expect(await hashOfBody(made.Body)).toBe(hex('sha256', [cut]));
    for (const Key of ['a', 'b']) {
      await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    }
    await put('c', 1, 1);
    expect(files()).toEqual([]);
    await close();
    await open();
    expect(await hash('c')).toBe(hex('sha256', piecesOf(1, 1)));
  },
);

test('a folder as a killed process leaves it is taken on: what nobody was told of goes', async () => {
  await put('a', 1, 2 * MIB);
  const image = path.join(temporaryFolder('killed'), 'd');
  let seen: string[] = [];
  async function* slowly() {
    yield* piecesOf(2, 4 * MIB);
    // As a kill in the middle of a request finds it, when the server has come to what was sent.
    await until(() => files().length === 2);
    fs.cpSync(folder, image, { recursive: true, filter: (file) => !/lock/.test(path.basename(file)) });
    seen = files(image);
    yield* piecesOf(2, 4 * MIB);
  }
  const { Readable } = jest.requireActual<typeof import('node:stream')>('node:stream');
  const Body = Readable.from(slowly(), { objectMode: false });
  await s3.send(new PutObjectCommand({ Bucket, Key: 'b', Body, ContentLength: 8 * MIB }));
  expect(seen).toHaveLength(2);
  await close();
  folder = image;
  await open();
  expect(files()).toHaveLength(1);
  expect(await hash('a')).toBe(hex('sha256', piecesOf(1, 2 * MIB)));
  await expect(hash('b')).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('a folder that lacks a body, or has it cut off, is refused', async () => {
  await put('a', 1, 2 * MIB);
  await close();
  const file = path.join(folder, 'bodies', files()[0] ?? '');
  fs.truncateSync(file, MIB);
  await expect(ServedFolder.open(folder)).rejects.toThrow(
    `must have the body ${path.basename(file)} with ${2 * MIB} bytes`,
  );
  folder = path.join(temporaryFolder('other'), 'd');
  await open();
});

test('a client that goes in the middle of an object leaves nothing', async () => {
  const url = new URL(`${served.config.endpoint}/${Bucket}/a`);
  const Credential = '111111111111/20270101/eu-central-1/s3/aws4_request';
  const headers = { authorization: `AWS4-HMAC-SHA256 Credential=${Credential}`, 'content-length': 9 * MIB };
  const request = http.request(url, { method: 'PUT', headers });
  request.on('error', () => undefined);
  for (const piece of piecesOf(1, 4 * MIB)) {
    request.write(piece);
  }
  await until(() => files().length === 1);
  request.destroy();
  await until(() => files().length === 0);
  await expect(hash('a')).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('an object for a World that cannot be leaves nothing', async () => {
  const config = { ...served.config, endpoint: `${served.config.endpoint}/_world/no%20name`, maxAttempts: 1 };
  const other = new S3Client({ ...config, forcePathStyle: true });
  const asked = { Bucket, Key: 'a', Body: streamOf(1, 2 * MIB), ContentLength: 2 * MIB };
  await expect(other.send(new PutObjectCommand(asked))).rejects.toThrow();
  other.destroy();
  expect(files()).toEqual([]);
});

test('a reset and a World that is deleted leave no body', async () => {
  await put('a', 1, 2 * MIB);
  await served.control('reset');
  expect(files()).toEqual([]);
  await s3.send(new CreateBucketCommand({ Bucket }));
  await put('a', 1, 2 * MIB);
  expect(files()).toHaveLength(1);
  await fetch(`${served.config.endpoint}/_holdfast/worlds/default`, { method: 'DELETE' });
  expect(files()).toEqual([]);
});

test('a snapshot carries what fits, and says so of what does not', async () => {
  const snapshot = async (): Promise<Response> => fetch(`${served.config.endpoint}/_holdfast/snapshot`);
  await put('a', 1, 2 * MIB);
  const body = await (await snapshot()).text();
  const other = `${served.config.endpoint}/_world/other`;
  expect((await fetch(`${other}/_holdfast/snapshot`, { method: 'POST', body })).status).toBe(200);
  const there = new S3Client({ ...served.config, endpoint: other, forcePathStyle: true });
  const { Body } = await there.send(new GetObjectCommand({ Bucket, Key: 'a' }));
  expect(await hashOfBody(Body)).toBe(hex('sha256', piecesOf(1, 2 * MIB)));
  there.destroy();
  await put('b', 2, 63 * MIB);
  expect(await (await snapshot()).text()).toContain('have 65 MiB, and 64 MiB fit into one');
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'b' }));
  expect(await (await snapshot()).text()).toContain(
    '1 of its objects of more than 1 MiB and blocks of snapshots were deleted since',
  );
});

test('a large object is backed up, overwritten, restored from what was captured, and found by the next server', async () => {
  const backup = new BackupClient(served.config);
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  const { VersionId } = await put('a', 1, 9 * MIB);
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  const ResourceArn = `arn:aws:s3:::${Bucket}`;
  const asked = { BackupVaultName: 'main', ResourceArn, IamRoleArn };
  const { BackupJobId } = await backup.send(new StartBackupJobCommand(asked));
  await served.advance('P1D');
  const { RecoveryPointArn } = await backup.send(new DescribeBackupJobCommand({ BackupJobId }));
  await put('a', 2, 2 * MIB);
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId }));
  expect(files()).toHaveLength(1);
  const Metadata = { DestinationBucketName: 'back', NewBucket: 'true' };
  const restore = { RecoveryPointArn, IamRoleArn, Metadata };
  const { RestoreJobId } = await backup.send(new StartRestoreJobCommand(restore));
  await served.advance('P1D');
  const { Status, StatusMessage } = await backup.send(new DescribeRestoreJobCommand({ RestoreJobId }));
  expect([Status, StatusMessage]).toEqual(['COMPLETED', undefined]);
  backup.destroy();
  expect(await hash('a', { Bucket: 'back' })).toBe(hex('sha256', piecesOf(1, 9 * MIB)));
  expect(files()).toHaveLength(2);
  await close();
  await open();
  expect(files()).toHaveLength(2);
  expect(await hash('a', { Bucket: 'back' })).toBe(hex('sha256', piecesOf(1, 9 * MIB)));
  expect(await hash('a')).toBe(hex('sha256', piecesOf(2, 2 * MIB)));
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 500) {
      throw new Error('not in time');
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
