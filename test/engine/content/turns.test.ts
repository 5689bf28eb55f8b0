// Who asks while bytes move: calls, and clocks that somebody moves, have their turn before or after.
import {
  BackupClient,
  DeleteRecoveryPointCommand,
  ListRecoveryPointsByBackupVaultCommand,
  StartBackupJobCommand,
  StartRestoreJobCommand,
} from '@aws-sdk/client-backup';
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Content } from '../../../engine/src/host/content/content';
import { World } from '../../../engine/src/testing/world';
import { backupTemplate, ROLE_ARN } from '../../support/backup-template';
import { SlowTexts } from '../../support/slow-content';
import { Texts } from '../../support/texts-content';

const SHARE = 'fs-0123456789abcdef0';
const SHARE_ARN = `arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/${SHARE}`;
const TABLE_ARN = 'arn:aws:dynamodb:us-east-1:123456789012:table/orders';
const BUCKET_ARN = 'arn:aws:s3:::invoices';
const NOTHING_YET = Symbol('nothing yet');
const BUCKET = {
  Invoices: {
    Type: 'AWS::S3::Bucket',
    Properties: { BucketName: 'invoices', VersioningConfiguration: { Status: 'Enabled' } },
  },
};

const worlds: World[] = [];
const held: (() => void)[] = [];

afterEach(async () => {
  held.splice(0).forEach((release) => release());
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

/** A share, a table and a bucket, which are backed up at 05:00; captures of the share last until they are let go. */
async function begun(): Promise<{ readonly world: World; readonly slow: SlowTexts }> {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  worlds.push(world);
  await world.deploy(backupTemplate({ rule: {}, others: BUCKET }));
  const slow = new SlowTexts(Texts.of({ a: 'kept' }));
  held.push(() => slow.letGo());
  world.add({ type: 'EFS', name: SHARE, content: slow });
  world.add({ type: 'DynamoDB', name: 'orders' });
  return { world, slow };
}

function write(world: World, id: string): Promise<unknown> {
  const items = world.client(DynamoDBClient);
  const objects = world.client(S3Client);
  return Promise.all([
    items.send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: id } } })),
    objects.send(new PutObjectCommand({ Bucket: 'invoices', Key: id, Body: id })),
  ]);
}

/** What a promise has come to by now; everything that is not held has its chance. */
async function soon(promise: Promise<unknown>): Promise<unknown> {
  const later = new Promise((resolve) => setTimeout(() => resolve(NOTHING_YET), 50));
  return Promise.race([promise, later]);
}

async function restoredItems(world: World, resource: string): Promise<string[]> {
  const [point] = world.pointsOf(resource);
  await world.client(BackupClient).send(
    new StartRestoreJobCommand({
      RecoveryPointArn: point?.recoveryPointArn,
      IamRoleArn: ROLE_ARN,
      Metadata: { targetTableName: 'again' },
    }),
  );
  await world.advance({ hours: 1 });
  const { Items = [] } = await world.client(DynamoDBClient).send(new ScanCommand({ TableName: 'again' }));
  return Items.map(({ id }) => id?.S ?? '').sort();
}

test('what is written while captures of an instant are under way is in none of them, and is not lost', async () => {
  const { world, slow } = await begun();
  await write(world, 'before');
  const { begun: capturing, release } = slow.hold();
  const day = world.advance({ days: 1 });
  await capturing;
  const writing = write(world, 'meanwhile');
  expect(await soon(writing)).toBe(NOTHING_YET);
  release();
  await Promise.all([day, writing]);
  expect(world.contentFaults()).toEqual([]);
  const sizes = world.pointsOf(BUCKET_ARN).map(({ sizeBytes }) => sizeBytes);
  expect(sizes).toEqual(['before'.length]);
  expect(await restoredItems(world, TABLE_ARN)).toEqual(['before']);
  const { Items = [] } = await world.client(DynamoDBClient).send(new ScanCommand({ TableName: 'orders' }));
  expect(Items.map(({ id }) => id?.S).sort()).toEqual(['before', 'meanwhile']);
});

test('a backup by hand captures before what is written in the same breath', async () => {
  const { world } = await begun();
  await write(world, 'before');
  const start = new StartBackupJobCommand({
    BackupVaultName: 'vault',
    IamRoleArn: ROLE_ARN,
    ResourceArn: TABLE_ARN,
  });
  await Promise.all([world.client(BackupClient).send(start), write(world, 'after')]);
  await world.advance({ hours: 4 });
  expect(await restoredItems(world, TABLE_ARN)).toEqual(['before']);
});

test('a clock that somebody else moves waits for a capture under way', async () => {
  const times = async (both: (world: World, slow: SlowTexts) => Promise<void>) => {
    const { world, slow } = await begun();
    await both(world, slow);
    return { now: world.now, points: world.pointsOf(SHARE_ARN).map(({ createdAt }) => createdAt) };
  };
  const inTurns = await times(async (world) => {
    await world.advance({ days: 1 });
    await world.advance({ hours: 1 });
  });
  const atOnce = await times(async (world, slow) => {
    const { begun: capturing, release } = slow.hold();
    const first = world.advance({ hours: 25 });
    await capturing;
    const second = world.advance({ hours: 1 });
    expect(await soon(second)).toBe(NOTHING_YET);
    release();
    await Promise.all([first, second]);
  });
  expect(inTurns.points).toHaveLength(1);
  expect(atOnce).toEqual(inTurns);
});

test('a point that is deleted while its restore reads it is deleted afterwards', async () => {
  const { world, slow } = await begun();
  await world.advance({ days: 1 });
  const backup = world.client(BackupClient);
  const [point] = world.pointsOf(SHARE_ARN);
  const RecoveryPointArn = point?.recoveryPointArn;
  await backup.send(new StartRestoreJobCommand({ RecoveryPointArn, IamRoleArn: ROLE_ARN, Metadata: RESTORE_EFS }));
  slow.slowRestores = true;
  const { begun: restoring, release } = slow.hold();
  const hour = world.advance({ hours: 1 });
  await restoring;
  const deleting = backup.send(new DeleteRecoveryPointCommand({ BackupVaultName: 'vault', RecoveryPointArn }));
  expect(await soon(deleting)).toBe(NOTHING_YET);
  release();
  await Promise.all([hour, deleting]);
  const [job] = world.restoreJobs(SHARE_ARN);
  expect((world.content(job?.createdResourceArn ?? '') as Texts).all).toEqual({ a: 'kept' });
  const { RecoveryPoints = [] } = await backup.send(
    new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName: 'vault', ByResourceArn: SHARE_ARN }),
  );
  expect(RecoveryPoints).toEqual([]);
});

test('a driver may call the World while it captures; it may not move its clock', async () => {
  const { world } = await begun();
  await write(world, 'one');
  class OfTable extends Texts {
    override async *capture() {
      const { Items = [] } = await world.client(DynamoDBClient).send(new ScanCommand({ TableName: 'orders' }));
      this.set('items', `${Items.length}`);
      yield* super.capture();
    }
  }
  class Impatient extends Texts {
    override async *capture() {
      await world.advance({ hours: 1 });
      yield* super.capture();
    }
  }
  world.give(SHARE_ARN, new OfTable());
  await world.advance({ days: 1 });
  expect(world.pointsOf(SHARE_ARN)).toMatchObject([{ sizeBytes: 1 }]);
  world.give(SHARE_ARN, new Impatient());
  await world.advance({ days: 1 });
  expect(world.contentFaults().map(({ message }) => message)).toEqual([
    'the clock must not be moved by a driver that captures or restores: bytes move while it stands still',
  ]);
});

const RESTORE_EFS = {
  'file-system-id': SHARE,
  newFileSystem: 'true',
  CreationToken: 'again',
  Encrypted: 'false',
  PerformanceMode: 'generalPurpose',
};

test('what was made ready for a restore is closed where its name was taken meanwhile, and who took it keeps what it has', async () => {
  const { world } = await begun();
  const slow = new SlowTexts(Texts.of({ a: 'ours' }));
  world.add({ type: 'RDS', name: 'shop', content: slow });
  await world.advance({ days: 1 });
  const [point] = world.pointsOf('shop');
  await world.client(BackupClient).send(
    new StartRestoreJobCommand({
      RecoveryPointArn: point?.recoveryPointArn,
      IamRoleArn: ROLE_ARN,
      Metadata: { DBInstanceIdentifier: 'again' },
    }),
  );
  slow.slowRestores = true;
  const { begun: restoring, release } = slow.hold();
  held.push(release);
  const hour = world.advance({ hours: 1 });
  await restoring;
  const theirs: Content = Texts.of({ b: 'theirs' });
  const taken = world.add({ type: 'RDS', name: 'again', content: theirs });
  release();
  await hour;
  const [job] = world.restoreJobs('shop');
  expect(job).toMatchObject({
    state: 'FAILED',
    statusMessage: 'Restore job failed. A resource with that name already exists.',
  });
  expect(world.content(taken.arn)).toBe(theirs);
  expect(slow.open.size).toBe(0);
});

test('a World that is closed while it restores closes what comes of it', async () => {
  const { world, slow } = await begun();
  await world.advance({ days: 1 });
  const [point] = world.pointsOf(SHARE_ARN);
  await world.client(BackupClient).send(
    new StartRestoreJobCommand({
      RecoveryPointArn: point?.recoveryPointArn,
      IamRoleArn: ROLE_ARN,
      Metadata: RESTORE_EFS,
    }),
  );
  slow.slowRestores = true;
  const { begun: restoring, release } = slow.hold();
  const hour = world.advance({ hours: 1 }).catch(() => undefined);
  await restoring;
  const closing = world.close();
  release();
  await Promise.all([hour, closing]);
  worlds.pop();
  expect(slow.open.size).toBe(0);
});
