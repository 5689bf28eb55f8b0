// The direct APIs of EBS by the official client: over the wire, and in process.
import {
  EBSClient,
  GetSnapshotBlockCommand,
  ListChangedBlocksCommand,
  ListSnapshotBlocksCommand,
  paginateListSnapshotBlocks,
  PutSnapshotBlockCommand,
  StartSnapshotCommand,
  CompleteSnapshotCommand,
} from '@aws-sdk/client-ebs';
import { CreateVolumeCommand, CreateSnapshotCommand, DeleteSnapshotCommand, EC2Client } from '@aws-sdk/client-ec2';
import { BackupClient, DeleteRecoveryPointCommand } from '@aws-sdk/client-backup';
import { CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { Readable } from 'node:stream';
import { BlockImage, World } from '@holdfast/engine';
import { backupTemplate } from '../../support/backup-template';
import { temporaryFolder } from '../../support/synth';

const BLOCK = 512 * 1024;
const VOLUME = 'vol-0123456789abcdef0';
const VOLUME_ARN = `arn:aws:ec2:us-east-1:123456789012:volume/${VOLUME}`;

const Role = {
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: 'backup',
    AssumeRolePolicyDocument: {
      Statement: { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' },
    },
    ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  },
};

let world: World;
let client: EBSClient;
let image: BlockImage;

beforeEach(async () => {
  const folder = temporaryFolder('ebs');
  // The last block of the disk is not whole.
  image = await BlockImage.create(path.join(folder, 'disk.img'), 240 * BLOCK + 4096, { workFolder: folder });
  await image.write(3 * BLOCK + 5, Buffer.from('three'));
  await image.write(240 * BLOCK, Buffer.from('last'));
  await begin(false);
});

async function begin(enforceIam: boolean): Promise<void> {
  world = new World({ start: '2027-01-01T00:00:00Z', seed: 1, enforceIam });
  await world.deploy(backupTemplate({ others: { Role } }));
  world.add({ arn: VOLUME_ARN, content: image });
  client = world.client(EBSClient);
}

afterEach(() => world.close());

/** Ids of the snapshots of the volume, oldest first. */
async function snapshotsAfter(days: number): Promise<string[]> {
  await world.advance({ days });
  return world.pointsOf(VOLUME).map(({ recoveryPointArn }) => recoveryPointArn.split('/').at(-1) ?? '');
}

async function read(from: EBSClient, SnapshotId: string, BlockIndex?: number, BlockToken?: string): Promise<Buffer> {
  const got = await from.send(new GetSnapshotBlockCommand({ SnapshotId, BlockIndex, BlockToken }));
  const bytes = Buffer.from((await got.BlockData?.transformToByteArray()) ?? []);
  expect(got).toMatchObject({
    DataLength: BLOCK,
    Checksum: createHash('sha256').update(bytes).digest('base64'),
    ChecksumAlgorithm: 'SHA256',
  });
  return bytes;
}

/** The World behind a socket. */
async function served(): Promise<http.Server> {
  const handler = client.config.requestHandler;
  const server = http.createServer((asked, answer) => {
    const { pathname, searchParams } = new URL(asked.url ?? '', 'http://127.0.0.1');
    const query = Object.fromEntries(searchParams);
    const { method = '', headers } = asked;
    void handler
      .handle({ method, path: pathname, query, headers } as unknown as Parameters<typeof handler.handle>[0])
      .then(({ response }) => {
        answer.writeHead(response.statusCode, response.headers);
        const body = response.body as Readable | Uint8Array;
        return body instanceof Readable ? body.pipe(answer) : answer.end(body);
      });
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

/** The disk, made anew of all that a snapshot lists. */
async function diskOf(from: EBSClient, snapshot: string): Promise<Buffer> {
  const disk = Buffer.alloc(241 * BLOCK);
  for await (const { Blocks = [] } of paginateListSnapshotBlocks({ client: from }, { SnapshotId: snapshot })) {
    for (const { BlockIndex = 0, BlockToken } of Blocks) {
      (await read(from, snapshot, BlockIndex, BlockToken)).copy(disk, BlockIndex * BLOCK);
    }
  }
  return disk.subarray(0, 240 * BLOCK + 4096);
}

test('the blocks of a snapshot that hold anything are listed and make the disk, over the wire as in process', async () => {
  const [snapshot = ''] = await snapshotsAfter(1);
  const listed = await client.send(new ListSnapshotBlocksCommand({ SnapshotId: snapshot }));
  expect(listed).toMatchObject({
    Blocks: [
      { BlockIndex: 3, BlockToken: expect.stringMatching(/^[A-Za-z0-9+/=]{1,256}$/) },
      { BlockIndex: 240, BlockToken: expect.any(String) },
    ],
    BlockSize: BLOCK,
    VolumeSize: 1,
    ExpiryTime: new Date('2027-01-09T00:00:00Z'),
  });
  expect(listed.NextToken).toBeUndefined();
  const disk = fs.readFileSync(image.file);
  expect((await diskOf(client, snapshot)).equals(disk)).toBe(true);
  const server = await served();
  const remote = new EBSClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: '123456789012', secretAccessKey: 'x' },
  });
  expect((await diskOf(remote, snapshot)).equals(disk)).toBe(true);
  remote.destroy();
  server.close();
});

test('what changed between two snapshots is listed: written, written anew, and gone', async () => {
  await image.write(7 * BLOCK, Buffer.from('seven'));
  await snapshotsAfter(1);
  await image.write(3 * BLOCK, Buffer.from('anew'));
  await image.write(7 * BLOCK, Buffer.alloc(5));
  await image.write(9 * BLOCK, Buffer.from('nine'));
  const [FirstSnapshotId = '', SecondSnapshotId = ''] = await snapshotsAfter(1);
  const { ChangedBlocks = [] } = await client.send(new ListChangedBlocksCommand({ FirstSnapshotId, SecondSnapshotId }));
  const some = expect.any(String);
  expect(ChangedBlocks).toEqual([
    { BlockIndex: 3, FirstBlockToken: some, SecondBlockToken: some },
    { BlockIndex: 7, FirstBlockToken: some },
    { BlockIndex: 9, SecondBlockToken: some },
  ]);
  const [three, seven] = ChangedBlocks;
  expect((await read(client, SecondSnapshotId, 3, three?.SecondBlockToken)).toString('latin1', 0, 10)).toBe(
    'anew\0three',
  );
  expect((await read(client, FirstSnapshotId, 7, seven?.FirstBlockToken)).toString('latin1', 0, 5)).toBe('seven');
  const same = { FirstSnapshotId: SecondSnapshotId, SecondSnapshotId };
  expect((await client.send(new ListChangedBlocksCommand(same))).ChangedBlocks).toEqual([]);
});

test('lists come in pages of at least 100 blocks, and begin where they are asked to', async () => {
  for (let block = 0; block < 230; block++) {
    await image.write(block * BLOCK, Buffer.from(`${block}`));
  }
  const [SnapshotId = ''] = await snapshotsAfter(1);
  const page = async (input: object) => {
    const { Blocks = [], NextToken } = await client.send(new ListSnapshotBlocksCommand({ SnapshotId, ...input }));
    return { first: Blocks[0]?.BlockIndex, count: Blocks.length, NextToken };
  };
  const first = await page({ MaxResults: 100 });
  expect(first).toMatchObject({ first: 0, count: 100 });
  const second = await page({ MaxResults: 5, NextToken: first.NextToken, StartingBlockIndex: 3 });
  expect(second).toMatchObject({ first: 100, count: 100 });
  expect(await page({ NextToken: second.NextToken })).toEqual({ first: 200, count: 31 });
  expect(await page({ StartingBlockIndex: 229 })).toEqual({ first: 229, count: 2 });
  await world.advance({ minutes: 59 });
  expect(await page({ NextToken: second.NextToken })).toMatchObject({ first: 200 });
  await world.advance({ minutes: 1 });
  await expect(page({ NextToken: second.NextToken })).rejects.toMatchObject({ Reason: 'INVALID_PAGE_TOKEN' });
});

test('a token of a block holds for seven days, for its snapshot and block alone', async () => {
  const [SnapshotId = ''] = await snapshotsAfter(1);
  const { Blocks = [] } = await client.send(new ListSnapshotBlocksCommand({ SnapshotId }));
  const token = Blocks[0]?.BlockToken;
  const wrong = { name: 'ValidationException', Reason: 'INVALID_BLOCK_TOKEN', $metadata: { httpStatusCode: 400 } };
  await expect(read(client, SnapshotId, 240, token)).rejects.toMatchObject(wrong);
  await expect(read(client, SnapshotId, 3, 'AAAA')).rejects.toMatchObject(wrong);
  const [, later = ''] = await snapshotsAfter(1);
  await expect(read(client, later, 3, token)).rejects.toMatchObject(wrong);
  await world.advance({ days: 5, hours: 23, minutes: 59 });
  expect(await read(client, SnapshotId, 3, token)).toHaveLength(BLOCK);
  await world.advance({ minutes: 1 });
  await expect(read(client, SnapshotId, 3, token)).rejects.toMatchObject(wrong);
});

test('fails for a snapshot that is not there, and for two of different volumes', async () => {
  const [SecondSnapshotId = ''] = await snapshotsAfter(1);
  await expect(client.send(new ListSnapshotBlocksCommand({ SnapshotId: 'snap-0123' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "The snapshot 'snap-0123' does not exist.",
    Reason: 'SNAPSHOT_NOT_FOUND',
    $metadata: { httpStatusCode: 404 },
  });
  const ec2 = world.client(EC2Client);
  const { VolumeId } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: 'us-east-1a', Size: 1 }));
  const { SnapshotId: FirstSnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
  await expect(client.send(new ListChangedBlocksCommand({ FirstSnapshotId, SecondSnapshotId }))).rejects.toMatchObject({
    name: 'ValidationException',
    Reason: 'UNRELATED_SNAPSHOTS',
  });
  await expect(client.send(new ListChangedBlocksCommand({ SecondSnapshotId }))).rejects.toMatchObject({
    Reason: 'INVALID_SNAPSHOT_ID',
  });
  // Nothing was captured of it.
  const { Blocks } = await client.send(new ListSnapshotBlocksCommand({ SnapshotId: FirstSnapshotId }));
  expect(Blocks).toEqual([]);
});

test('policies decide who reads which snapshot', async () => {
  await world.close();
  await begin(true);
  const [allowed = ''] = await snapshotsAfter(1);
  const [, other = ''] = await snapshotsAfter(1);
  const iam = world.client(IAMClient);
  await iam.send(new CreateUserCommand({ UserName: 'reader' }));
  const Statement = {
    Effect: 'Allow',
    Action: 'ebs:ListSnapshotBlocks',
    Resource: `arn:aws:ec2:us-east-1::snapshot/${allowed}`,
  };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutUserPolicyCommand({ UserName: 'reader', PolicyName: 'read', PolicyDocument }));
  const reader = world.client(EBSClient, { principal: 'arn:aws:iam::123456789012:user/reader' });
  const { Blocks = [] } = await reader.send(new ListSnapshotBlocksCommand({ SnapshotId: allowed }));
  expect(Blocks).toHaveLength(2);
  const denied = { name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } };
  await expect(reader.send(new ListSnapshotBlocksCommand({ SnapshotId: other }))).rejects.toMatchObject(denied);
  await expect(read(reader, allowed, 3, Blocks[0]?.BlockToken)).rejects.toMatchObject(denied);
});

test('fails where the key of the snapshot is disabled', async () => {
  const kms = world.client(KMSClient);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const KeyId = KeyMetadata?.KeyId;
  const arn = VOLUME_ARN.replace(/.$/, '1');
  world.add({ arn, content: image, encryptedWith: KeyMetadata?.Arn ?? '' });
  await world.advance({ days: 1 });
  const SnapshotId = world
    .pointsOf(arn.split('/')[1] ?? '')[0]
    ?.recoveryPointArn.split('/')
    .at(-1);
  const list = () => client.send(new ListSnapshotBlocksCommand({ SnapshotId }));
  expect((await list()).Blocks).toHaveLength(2);
  await kms.send(new DisableKeyCommand({ KeyId }));
  await expect(list()).rejects.toMatchObject({ name: 'ValidationException', Reason: 'INVALID_CUSTOMER_KEY' });
});

test('a snapshot begins with what AWS Backup captured, and has it when the point is gone', async () => {
  const [ParentSnapshotId = ''] = await snapshotsAfter(1);
  const { SnapshotId = '' } = await client.send(new StartSnapshotCommand({ VolumeSize: 1, ParentSnapshotId }));
  const BlockData = Buffer.alloc(BLOCK, 'x');
  const Checksum = createHash('sha256').update(BlockData).digest('base64');
  const written = { BlockData, DataLength: BLOCK, Checksum, ChecksumAlgorithm: 'SHA256' as const };
  await client.send(new PutSnapshotBlockCommand({ SnapshotId, BlockIndex: 7, ...written }));
  await client.send(new CompleteSnapshotCommand({ SnapshotId, ChangedBlocksCount: 1 }));
  const changed = { FirstSnapshotId: ParentSnapshotId, SecondSnapshotId: SnapshotId };
  const { ChangedBlocks = [] } = await client.send(new ListChangedBlocksCommand(changed));
  expect(ChangedBlocks.map(({ BlockIndex }) => BlockIndex)).toEqual([7]);
  const disk = Buffer.from(fs.readFileSync(image.file));
  BlockData.copy(disk, 7 * BLOCK);
  expect((await diskOf(client, SnapshotId)).equals(disk)).toBe(true);
  // The parent goes, and nothing but the snapshot needs its capture.
  const backup = world.client(BackupClient);
  for (const { recoveryPointArn: RecoveryPointArn } of world.pointsOf(VOLUME)) {
    await backup.send(new DeleteRecoveryPointCommand({ BackupVaultName: 'vault', RecoveryPointArn }));
  }
  await expect(client.send(new ListSnapshotBlocksCommand({ SnapshotId: ParentSnapshotId }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await world.advance({ hours: 1 });
  expect((await diskOf(client, SnapshotId)).equals(disk)).toBe(true);
  const second = await client.send(new StartSnapshotCommand({ VolumeSize: 1, ParentSnapshotId: SnapshotId }));
  await client.send(new CompleteSnapshotCommand({ SnapshotId: second.SnapshotId, ChangedBlocksCount: 0 }));
  await world.client(EC2Client).send(new DeleteSnapshotCommand({ SnapshotId }));
  await world.advance({ hours: 1 });
  expect((await diskOf(client, second.SnapshotId ?? '')).equals(disk)).toBe(true);
});
