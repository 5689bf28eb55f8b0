// Snapshots that the direct APIs of EBS write, by the official client: over the wire, and by the next server of a data folder.
import {
  CompleteSnapshotCommand,
  type CompleteSnapshotCommandInput,
  EBSClient,
  GetSnapshotBlockCommand,
  ListChangedBlocksCommand,
  ListSnapshotBlocksCommand,
  PutSnapshotBlockCommand,
  type PutSnapshotBlockCommandInput,
  StartSnapshotCommand,
} from '@aws-sdk/client-ebs';
import {
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DeleteSnapshotCommand,
  DescribeSnapshotsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { World } from '@holdfast/engine';
import { ServedFolder } from '../../support/served-folder';
import { temporaryFolder } from '../../support/synth';

const BLOCK = 512 * 1024;
const SHA256 = 'SHA256' as const;
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

function block(text: string): Buffer {
  const bytes = Buffer.alloc(BLOCK);
  bytes.write(text);
  return bytes;
}

function put(client: EBSClient, SnapshotId: string, BlockIndex: number, bytes: Buffer, more: object = {}) {
  const input: PutSnapshotBlockCommandInput = {
    ...{ SnapshotId, BlockIndex, BlockData: bytes, DataLength: bytes.length },
    ...{ Checksum: digest(bytes).toString('base64'), ChecksumAlgorithm: SHA256, ...more },
  };
  return client.send(new PutSnapshotBlockCommand(input));
}

/** The checksum of blocks in the order of their numbers. */
function checksumOf(blocks: readonly Buffer[]): Partial<CompleteSnapshotCommandInput> {
  const Checksum = digest(Buffer.concat(blocks.map(digest))).toString('base64');
  return { Checksum, ChecksumAlgorithm: SHA256, ChecksumAggregationMethod: 'LINEAR' };
}

function complete(client: EBSClient, SnapshotId: string, ChangedBlocksCount: number, more: object = {}) {
  return client.send(new CompleteSnapshotCommand({ SnapshotId, ChangedBlocksCount, ...more }));
}

async function start(client: EBSClient, more: object = {}): Promise<string> {
  return (await client.send(new StartSnapshotCommand({ VolumeSize: 1, ...more }))).SnapshotId ?? '';
}

/** What a snapshot holds, by the number of the block. */
async function blocksIn(client: EBSClient, SnapshotId: string): Promise<Record<number, string>> {
  const { Blocks = [] } = await client.send(new ListSnapshotBlocksCommand({ SnapshotId }));
  const found: Record<number, string> = {};
  for (const { BlockIndex = -1, BlockToken } of Blocks) {
    const got = await client.send(new GetSnapshotBlockCommand({ SnapshotId, BlockIndex, BlockToken }));
    found[BlockIndex] = Buffer.from((await got.BlockData?.transformToByteArray()) ?? [])
      .toString('latin1')
      .replace(/\0+$/, '');
  }
  return found;
}

function here() {
  const world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  return { world, client: world.client(EBSClient), ec2: world.client(EC2Client) };
}

const invalid = (Reason: string) => ({ name: 'ValidationException', Reason, $metadata: { httpStatusCode: 400 } });

test('a snapshot is started, written in any order, completed, read, and made a volume of', async () => {
  const { client, ec2 } = here();
  const Tags = [{ Key: 'team', Value: 'a' }];
  const started = await client.send(new StartSnapshotCommand({ VolumeSize: 2, Description: 'from afar', Tags }));
  expect(started).toMatchObject({
    ...{ Status: 'pending', OwnerId: '123456789012', VolumeSize: 2, BlockSize: BLOCK, Description: 'from afar', Tags },
    StartTime: new Date('2027-01-01T00:00:00Z'),
  });
  const SnapshotId = started.SnapshotId ?? '';
  const stateNow = async () => {
    const { Snapshots = [] } = await ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: [SnapshotId] }));
    return [Snapshots[0]?.State, Snapshots[0]?.VolumeId, Snapshots[0]?.VolumeSize];
  };
  expect(await stateNow()).toEqual(['pending', 'vol-ffffffff', 2]);
  const volume = new CreateVolumeCommand({ AvailabilityZone: 'us-east-1a', SnapshotId });
  await expect(ec2.send(volume)).rejects.toMatchObject({ name: 'IncorrectState' });
  await expect(blocksIn(client, SnapshotId)).rejects.toMatchObject(invalid('INVALID_SNAPSHOT_ID'));

  expect(await put(client, SnapshotId, 4095, block('last'))).toMatchObject({
    Checksum: digest(block('last')).toString('base64'),
    ChecksumAlgorithm: SHA256,
  });
  await put(client, SnapshotId, 3, block('three'));
  await put(client, SnapshotId, 0, block('first'));
  // What was there is overwritten, and counts once.
  await put(client, SnapshotId, 3, block('three again'));
  const sum = checksumOf([block('first'), block('three again'), block('last')]);
  expect(await complete(client, SnapshotId, 3, sum)).toMatchObject({ Status: 'completed' });
  expect(await stateNow()).toEqual(['completed', 'vol-ffffffff', 2]);
  expect(await blocksIn(client, SnapshotId)).toEqual({ 0: 'first', 3: 'three again', 4095: 'last' });
  expect((await ec2.send(volume)).Size).toBe(2);
});

test('a snapshot begins with the blocks of its parent, and keeps them when the parent goes', async () => {
  const { client, ec2 } = here();
  const first = await start(client);
  await put(client, first, 1, block('one'));
  await put(client, first, 2, block('two'));
  await complete(client, first, 2);
  const second = await start(client, { ParentSnapshotId: first, VolumeSize: 3 });
  await put(client, second, 2, block('two anew'));
  await put(client, second, 5, block('five'));
  // What is of the parent is no part of the checksum.
  await complete(client, second, 2, checksumOf([block('two anew'), block('five')]));
  const whole = { 1: 'one', 2: 'two anew', 5: 'five' };
  expect(await blocksIn(client, second)).toEqual(whole);
  expect(await blocksIn(client, first)).toEqual({ 1: 'one', 2: 'two' });
  const changed = { FirstSnapshotId: first, SecondSnapshotId: second };
  const { ChangedBlocks = [] } = await client.send(new ListChangedBlocksCommand(changed));
  expect(ChangedBlocks.map((one) => one.BlockIndex)).toEqual([2, 5]);
  const other = await start(client);
  await complete(client, other, 0);
  const unrelated = new ListChangedBlocksCommand({ FirstSnapshotId: first, SecondSnapshotId: other });
  await expect(client.send(unrelated)).rejects.toMatchObject(invalid('UNRELATED_SNAPSHOTS'));
  await ec2.send(new DeleteSnapshotCommand({ SnapshotId: first }));
  expect(await blocksIn(client, second)).toEqual(whole);
});

test('the same token starts one snapshot', async () => {
  const { client } = here();
  const ClientToken = 'again';
  const [one, two] = [await start(client, { ClientToken }), await start(client, { ClientToken })];
  expect(one).toBe(two);
  expect(await start(client, { ClientToken: 'other' })).not.toBe(one);
  await expect(start(client, { ClientToken, VolumeSize: 2 })).rejects.toMatchObject({ name: 'ConflictException' });
});

test('is refused from the last minute of its timeout on, which each block begins anew', async () => {
  const { world, client, ec2 } = here();
  const SnapshotId = await start(client, { Timeout: 10 });
  await world.advance({ minutes: 9 });
  await put(client, SnapshotId, 0, block('a'));
  await world.advance({ minutes: 9 });
  await put(client, SnapshotId, 1, block('b'));
  await world.advance({ minutes: 10 });
  await expect(put(client, SnapshotId, 2, block('c'))).rejects.toMatchObject(invalid('WRITE_REQUEST_TIMEOUT'));
  await expect(complete(client, SnapshotId, 2)).rejects.toMatchObject(invalid('WRITE_REQUEST_TIMEOUT'));
  const { Snapshots = [] } = await ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: [SnapshotId] }));
  expect(Snapshots[0]?.State).toBe('error');
});

test.each<[object, string]>([
  [{ VolumeSize: 0 }, 'INVALID_VOLUME_SIZE'],
  [{ VolumeSize: 65_537 }, 'INVALID_VOLUME_SIZE'],
  [{ Timeout: 9 }, 'INVALID_PARAMETER_VALUE'],
  [{ Timeout: 4321 }, 'INVALID_PARAMETER_VALUE'],
  [{ KmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/a' }, 'INVALID_PARAMETER_VALUE'],
])('fails to start a snapshot with %j', async (more, reason) => {
  await expect(start(here().client, more)).rejects.toMatchObject(invalid(reason));
});

test('starts at the bounds', async () => {
  const { client } = here();
  for (const more of [{ VolumeSize: 65_536 }, { Timeout: 10 }, { Timeout: 4320 }]) {
    expect(await start(client, more)).toMatch(/^snap-[0-9a-f]{17}$/);
  }
});

test('fails to start from a parent that is not there, is not complete, is larger, or with encryption beside it', async () => {
  const { client, ec2 } = here();
  const pending = await start(client);
  const parent = await start(client, { VolumeSize: 2 });
  await complete(client, parent, 0);
  const from = (ParentSnapshotId: string, more: object = {}) => start(client, { ParentSnapshotId, ...more });
  const { VolumeId } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: 'us-east-1a', Size: 1 }));
  const { SnapshotId = '' } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
  await expect(from(SnapshotId)).rejects.toMatchObject({ name: 'NotEmulated' });
  await expect(from('snap-0123')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(from(pending)).rejects.toMatchObject(invalid('INVALID_SNAPSHOT_ID'));
  await expect(from(parent)).rejects.toMatchObject(invalid('INVALID_VOLUME_SIZE'));
  const encrypted = { VolumeSize: 2, Encrypted: true };
  await expect(from(parent, encrypted)).rejects.toMatchObject(invalid('INVALID_PARAMETER_VALUE'));
  expect(await from(parent, { VolumeSize: 2 })).toMatch(/^snap-/);
});

test.each<[string, number, Buffer, object, string]>([
  ['beyond the volume', 2048, block('a'), {}, 'INVALID_BLOCK'],
  ['that is too short', 0, block('a').subarray(1), {}, 'INVALID_PARAMETER_VALUE'],
  ['of another length than it says', 0, block('a'), { DataLength: BLOCK - 1 }, 'INVALID_PARAMETER_VALUE'],
  [
    'of another checksum',
    0,
    block('a'),
    { Checksum: digest(block('b')).toString('base64') },
    'INVALID_PARAMETER_VALUE',
  ],
  ['of another algorithm', 0, block('a'), { ChecksumAlgorithm: 'MD5' }, 'INVALID_PARAMETER_VALUE'],
  ['with more progress than there is', 0, block('a'), { Progress: 101 }, 'INVALID_PARAMETER_VALUE'],
])('fails to put a block %s', async (_, number, bytes, more, reason) => {
  const { client } = here();
  const SnapshotId = await start(client);
  await expect(put(client, SnapshotId, number, bytes, more)).rejects.toMatchObject(invalid(reason));
  await put(client, SnapshotId, 2047, block('last'));
  await complete(client, SnapshotId, 1);
  expect(await blocksIn(client, SnapshotId)).toEqual({ 2047: 'last' });
});

test('another checksum does not complete it, another number of blocks breaks it, and nothing is written behind that', async () => {
  const { client } = here();
  const [good, bad] = [await start(client), await start(client)];
  for (const SnapshotId of [good, bad]) {
    await put(client, SnapshotId, 1, block('one'));
    await put(client, SnapshotId, 0, block('zero'));
  }
  const swapped = checksumOf([block('one'), block('zero')]);
  await expect(complete(client, good, 2, swapped)).rejects.toMatchObject(invalid('INVALID_PARAMETER_VALUE'));
  expect((await complete(client, good, 2, checksumOf([block('zero'), block('one')]))).Status).toBe('completed');
  expect((await complete(client, bad, 3)).Status).toBe('error');
  await expect(put(client, good, 0, block('x'))).rejects.toMatchObject(invalid('INVALID_SNAPSHOT_ID'));
  await expect(complete(client, good, 2)).rejects.toMatchObject(invalid('INVALID_SNAPSHOT_ID'));
  await expect(put(client, 'snap-0', 0, block('x'))).rejects.toMatchObject(invalid('INVALID_SNAPSHOT_ID'));
  expect(await blocksIn(client, good)).toEqual({ 0: 'zero', 1: 'one' });
});

test('what was written is there for the next server of the folder, complete or not', async () => {
  const folder = path.join(temporaryFolder('ebs-writing'), 'd');
  const files = () => fs.readdirSync(path.join(folder, 'bodies')).length;
  let served = await ServedFolder.open(folder, undefined, true);
  let client = new EBSClient(served.config);
  const done = await start(client);
  await put(client, done, 7, block('seven'));
  await complete(client, done, 1);
  const open = await start(client, { ParentSnapshotId: done });
  await put(client, open, 8, block('overwritten'));
  await put(client, open, 8, block('eight'));
  // What was overwritten is gone, and the journal has none of it.
  expect(files()).toBe(2);
  const journal = fs.readFileSync(path.join(folder, 'journal'), 'latin1');
  expect([journal.includes('/blocks/8'), journal.includes('ZWlnaHQ'), journal.includes('eight')]).toEqual([
    true,
    false,
    false,
  ]);
  client.destroy();
  await served.close();
  served = await ServedFolder.open(folder, undefined, true);
  client = new EBSClient(served.config);
  expect(await blocksIn(client, done)).toEqual({ 7: 'seven' });
  await complete(client, open, 1, checksumOf([block('eight')]));
  expect(await blocksIn(client, open)).toEqual({ 7: 'seven', 8: 'eight' });
  const ec2 = new EC2Client(served.config);
  await ec2.send(new DeleteSnapshotCommand({ SnapshotId: done }));
  expect(files()).toBe(2);
  expect(await blocksIn(client, open)).toEqual({ 7: 'seven', 8: 'eight' });
  await ec2.send(new DeleteSnapshotCommand({ SnapshotId: open }));
  expect(files()).toBe(0);
  ec2.destroy();
  client.destroy();
  await served.close();
});
