// A file is lost on a volume; its version of yesterday is found in the backups and restored to a bucket.
import {
  BackupClient,
  GetRecoveryPointIndexDetailsCommand,
  StartRestoreJobCommand,
  UpdateRecoveryPointIndexSettingsCommand,
} from '@aws-sdk/client-backup';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { BackupLimits } from '@holdfast/model';
import { BlockImage } from '../../../engine/src/host/content/block-image';
import { World } from '../../../engine/src/testing/world';
import type { RecoveryPointView, RestoreJobView } from '../../../engine/src/domain/views';
import { backupTemplate, ROLE_ARN } from '../../support/backup-template';
import { canMakeExt, debugfs, makeExt } from '../../support/ext-image';
import { temporaryFolder } from '../../support/synth';

const VOLUME_ARN = 'arn:aws:ec2:us-east-1:123456789012:volume/vol-0123456789abcdef0';
const FIXTURE = path.join(__dirname, '../../fixtures/disks/ext4.img.gz');
const FILE_SYSTEM = '8d1e3c5a-0f2b-4d6e-9a7c-112233445566';
const BUCKET = 'restored-files';

const testMade = canMakeExt() ? test : test.skip;
const worlds: World[] = [];
let folder: string;

beforeEach(() => {
  folder = temporaryFolder('file-restores');
});

afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

async function worldWith(image: string, indexActions: object[] = [{ ResourceTypes: ['EBS'] }]): Promise<World> {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  worlds.push(world);
  await world.deploy(backupTemplate({ rule: { IndexActions: indexActions } }));
  world.add({ arn: VOLUME_ARN, content: new BlockImage(image, { workFolder: folder }) });
  await world.client(S3Client).send(new CreateBucketCommand({ Bucket: BUCKET }));
  return world;
}

function fixture(): string {
  const image = path.join(folder, 'disk.img');
  fs.writeFileSync(image, gunzipSync(fs.readFileSync(FIXTURE)));
  return image;
}

function lastPoint(world: World): RecoveryPointView {
  const point = world.pointsOf('vol-0123456789abcdef0').at(-1);
  if (point === undefined) {
    throw new Error('no point');
  }
  return point;
}

async function restored(
  world: World,
  point: RecoveryPointView,
  metadata: Record<string, string>,
): Promise<RestoreJobView | undefined> {
  const { RestoreJobId } = await start(world, point, metadata);
  await world.advance({ hours: 2 });
  return world.restoreJobs().find(({ restoreJobId }) => restoreJobId === RestoreJobId);
}

function start(world: World, point: RecoveryPointView, metadata: Record<string, string>) {
  return world.client(BackupClient).send(
    new StartRestoreJobCommand({
      RecoveryPointArn: point.recoveryPointArn,
      IamRoleArn: ROLE_ARN,
      Metadata: { destinationBucketName: BUCKET, ...metadata },
    }),
  );
}

async function keysOf(world: World): Promise<(string | undefined)[]> {
  const { Contents = [] } = await world.client(S3Client).send(new ListObjectsV2Command({ Bucket: BUCKET }));
  return Contents.map(({ Key }) => Key);
}

async function objectOf(world: World, Key: string): Promise<string> {
  const { Body } = await world.client(S3Client).send(new GetObjectCommand({ Bucket: BUCKET, Key }));
  return (await Body?.transformToString()) ?? '';
}

async function indexOf(world: World, point: RecoveryPointView) {
  return world
    .client(BackupClient)
    .send(
      new GetRecoveryPointIndexDetailsCommand({ BackupVaultName: 'vault', RecoveryPointArn: point.recoveryPointArn }),
    );
}

testMade(
  "a file that was lost comes back to a bucket as it was yesterday, and today's point has it no more",
  async () => {
    const image = path.join(folder, 'made.img');
    const tree = path.join(folder, 'tree');
    fs.mkdirSync(path.join(tree, 'srv'), { recursive: true });
    fs.writeFileSync(path.join(tree, 'srv', 'ledger.csv'), 'day 1\n'.repeat(50_000));
    makeExt(image, 8192, tree, { type: 'ext4' });
    const world = await worldWith(image);
    await world.advance({ hours: 12 });
    const yesterday = lastPoint(world);
    debugfs(image, 'rm /srv/ledger.csv');
    await world.advance({ days: 1 });
    const today = lastPoint(world);
    expect(today.recoveryPointArn).not.toBe(yesterday.recoveryPointArn);

    const asked = { pathsToRestore: JSON.stringify(['/srv/ledger.csv']) };
    expect(await restored(world, today, asked)).toMatchObject({ state: 'FAILED' });
    expect(world.contentFaults().at(-1)?.message).toBe('/srv/ledger.csv: no such file in the backup');
    expect(await restored(world, yesterday, asked)).toMatchObject({
      state: 'COMPLETED',
      createdResourceArn: `arn:aws:s3:::${BUCKET}`,
    });
    expect(await objectOf(world, 'srv/ledger.csv')).toBe('day 1\n'.repeat(50_000));
    expect(await keysOf(world)).toEqual(['srv/ledger.csv']);
  },
);

test('folders come with all that is in them, a path may name its file system, and what the bucket has stays', async () => {
  const world = await worldWith(fixture());
  await world.advance({ hours: 12 });
  await world.client(S3Client).send(new PutObjectCommand({ Bucket: BUCKET, Key: 'etc/app.conf', Body: 'mine' }));
  const paths = ['/etc', `${FILE_SYSTEM}:/var/log/app.log`];
  const job = await restored(world, lastPoint(world), {
    pathsToRestore: JSON.stringify(paths),
    encryptionType: 'SSE-KMS',
    kmsKeyId: 'arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012',
  });
  expect(job).toMatchObject({ state: 'COMPLETED' });
  expect(await keysOf(world)).toEqual(['etc/app.conf', 'etc/inline.txt', 'var/log/app.log']);
  expect(await objectOf(world, 'etc/app.conf')).toBe('mine');
  expect(await objectOf(world, 'var/log/app.log')).toBe('line\n'.repeat(4000));
  const { ServerSideEncryption } = await world
    .client(S3Client)
    .send(new GetObjectCommand({ Bucket: BUCKET, Key: 'etc/inline.txt' }));
  expect(ServerSideEncryption).toBe('aws:kms');
});

test.each([
  ['no bucket', { destinationBucketName: '', pathsToRestore: '["/etc"]' }, 'destinationBucketName is required'],
  ['no paths', {}, 'pathsToRestore is required'],
  ['no list', { pathsToRestore: '/etc' }, 'must be a JSON list of paths that begin with /, got /etc'],
  ['an empty list', { pathsToRestore: '[]' }, 'must be a JSON list of paths'],
  ['a path from nowhere', { pathsToRestore: '["etc"]' }, 'must be a JSON list of paths'],
  ['another encryption', { pathsToRestore: '["/etc"]', encryptionType: 'none' }, 'must be SSE-S3 or SSE-KMS, got none'],
])('fails for %s', async (_what, metadata, message) => {
  const world = await worldWith(fixture());
  await world.advance({ hours: 12 });
  await expect(start(world, lastPoint(world), metadata)).rejects.toThrow(message);
});

test('fails without an index, and without the bucket', async () => {
  const world = await worldWith(fixture(), []);
  await world.advance({ hours: 12 });
  const point = lastPoint(world);
  const asked = { pathsToRestore: '["/etc"]' };
  await expect(start(world, point, asked)).rejects.toThrow('index is ACTIVE; it is not indexed');
  await world.client(BackupClient).send(
    new UpdateRecoveryPointIndexSettingsCommand({
      BackupVaultName: 'vault',
      RecoveryPointArn: point.recoveryPointArn,
      Index: 'ENABLED',
      IamRoleArn: ROLE_ARN,
    }),
  );
  await world.advance({ hours: 1 });
  expect(await restored(world, point, { ...asked, destinationBucketName: 'nowhere' })).toMatchObject({
    state: 'FAILED',
    statusMessage: 'Restore job failed. The destination bucket does not exist.',
  });
  expect(await restored(world, point, asked)).toMatchObject({ state: 'COMPLETED' });
});

test(`${BackupLimits.EBS_FILE_RESTORES} restores of files run at once, and one more does not`, async () => {
  const world = await worldWith(fixture());
  await world.advance({ hours: 12 });
  const asked = { pathsToRestore: '["/etc"]' };
  for (let count = 0; count < BackupLimits.EBS_FILE_RESTORES; count++) {
    await start(world, lastPoint(world), asked);
  }
  await expect(start(world, lastPoint(world), asked)).rejects.toMatchObject({ name: 'LimitExceededException' });
  await world.advance({ hours: 2 });
  await start(world, lastPoint(world), asked);
});

test('the index of a volume without a file system that can be read is FAILED and says why; another is ACTIVE', async () => {
  const blank = path.join(folder, 'blank.img');
  fs.writeFileSync(blank, Buffer.alloc(1024 * 1024, 'no file system'));
  const world = await worldWith(blank);
  await world.advance({ hours: 12 });
  expect(await indexOf(world, lastPoint(world))).toMatchObject({
    IndexStatus: 'FAILED',
    IndexStatusMessage: 'Unable to index the recovery point. Its file systems are not supported.',
  });
  expect(world.contentFaults().map(({ what, message }) => [what, message])).toEqual([
    ['index', 'only files of ext2, ext3 and ext4 can be read: the disk has no file system that is known'],
  ]);
  const other = await worldWith(fixture());
  await other.advance({ hours: 12 });
  expect(await indexOf(other, lastPoint(other))).toMatchObject({ IndexStatus: 'ACTIVE' });
  expect(other.cost().unpriced.map(({ item, quantity }) => [item, quantity])).toEqual([['index/item/ebs', 3]]);
});
