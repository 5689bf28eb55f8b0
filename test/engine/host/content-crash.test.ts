// A server that is killed while a bucket and a table are written, backed up and expire: each point restores to what they held
// at its instant, and nothing else is left. HOLDFAST_KILLS kills more often, HOLDFAST_SEED at other instants.
import {
  BackupClient,
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
  DescribeRestoreJobCommand,
  ListRecoveryPointsByResourceCommand,
  RecoveryPointByResource,
  StartRestoreJobCommand,
} from '@aws-sdk/client-backup';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { KilledServer } from '../../support/killed-server';
import { temporaryFolder } from '../../support/synth';

const KILLS = Number(process.env['HOLDFAST_KILLS'] ?? 4);
const SEED = Number(process.env['HOLDFAST_SEED'] ?? 1);
const KEPT_DAYS = 4;
const IamRoleArn = 'arn:aws:iam::111111111111:role/backup';
const ARNS = { bucket: 'arn:aws:s3:::orders', table: 'arn:aws:dynamodb:us-east-1:111111111111:table/Orders' };
type Kind = keyof typeof ARNS;

/** What was written, and whether the client was told that it is there. */
interface Write {
  /** Day of the World's clock. */
  readonly day: string;
  readonly number: number;
  acknowledged: boolean;
}

let server: KilledServer;

afterEach(() => server.kill());

const clients = () => {
  const { config } = server;
  return {
    backup: new BackupClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    dynamo: new DynamoDBClient(config),
  };
};

/** Large every third time, so that it stands in a file of its own. */
const textOf = (number: number) => `${number} `.repeat(number % 3 === 0 ? 400_000 : 1000);

async function prepare(): Promise<void> {
  const { backup, s3, dynamo } = clients();
  await s3.send(new CreateBucketCommand({ Bucket: 'orders' }));
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await s3.send(new PutBucketVersioningCommand({ Bucket: 'orders', VersioningConfiguration }));
  await dynamo.send(
    new CreateTableCommand({
      TableName: 'Orders',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  const rule = { RuleName: 'daily', TargetBackupVaultName: 'main', ScheduleExpression: 'cron(0 5 * * ? *)' };
  const BackupPlan = { BackupPlanName: 'plan', Rules: [{ ...rule, Lifecycle: { DeleteAfterDays: KEPT_DAYS } }] };
  const { BackupPlanId } = await backup.send(new CreateBackupPlanCommand({ BackupPlan }));
  const BackupSelection = { SelectionName: 'all', IamRoleArn, Resources: ['*'] };
  await backup.send(new CreateBackupSelectionCommand({ BackupPlanId, BackupSelection }));
}

/** Writes both once a day of the World's clock, until the server is gone. */
async function live(writes: Record<Kind, Write[]>): Promise<void> {
  const { s3, dynamo } = clients();
  try {
    for (;;) {
      const { now } = (await server.control('clock')) as { now: string };
      const day = now.slice(0, 10);
      const number = writes.bucket.length;
      const [object, item] = [0, 1].map((): Write => ({ day, number, acknowledged: false })) as [Write, Write];
      writes.bucket.push(object);
      await s3.send(new PutObjectCommand({ Bucket: 'orders', Key: 'a', Body: textOf(number) }));
      object.acknowledged = true;
      writes.table.push(item);
      await dynamo.send(
        new PutItemCommand({ TableName: 'Orders', Item: { id: { S: 'a' }, said: { N: `${number}` } } }),
      );
      item.acknowledged = true;
      await server.control('clock', { advance: 'P1D' });
    }
  } catch (fault) {
    // A refusal is none of a server that is gone.
    if ((fault as { $response?: unknown }).$response !== undefined || (fault as Error).name === 'JestAssertionError') {
      throw fault;
    }
  }
}

/** Numbers of which a backup of a day may have the last: what was acknowledged is there, what came after it may be. */
function possible(writes: readonly Write[], day: string): number[] {
  const before = writes.filter((write) => write.day <= day);
  const last = before.findLastIndex(({ acknowledged }) => acknowledged);
  return before.slice(Math.max(0, last)).map(({ number }) => number);
}

async function pointsOf(ResourceArn: string): Promise<RecoveryPointByResource[]> {
  const { RecoveryPoints = [] } = await clients().backup.send(new ListRecoveryPointsByResourceCommand({ ResourceArn }));
  return RecoveryPoints;
}

const METADATA: Readonly<Record<Kind, (name: string) => Record<string, string>>> = {
  bucket: (name) => ({ DestinationBucketName: name, NewBucket: 'true' }),
  table: (name) => ({ targetTableName: name }),
};

async function held(kind: Kind, name: string): Promise<number> {
  const { s3, dynamo } = clients();
  if (kind === 'table') {
    const { Item } = await dynamo.send(new GetItemCommand({ TableName: name, Key: { id: { S: 'a' } } }));
    return Number(Item?.['said']?.N);
  }
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: name, Key: 'a' }));
  const text = (await Body?.transformToString()) ?? '';
  const number = Number(text.slice(0, text.indexOf(' ')));
  expect(text === textOf(number)).toBe(true);
  return number;
}

/** Restores each point that stands, and answers how many there were. */
async function restoreAll(writes: Readonly<Record<Kind, Write[]>>): Promise<number> {
  const { backup } = clients();
  const started: { kind: Kind; name: string; day: string; RestoreJobId: string | undefined }[] = [];
  for (const kind of ['bucket', 'table'] as const) {
    for (const { RecoveryPointArn, CreationDate } of await pointsOf(ARNS[kind])) {
      const day = CreationDate?.toISOString().slice(0, 10) ?? '';
      const name = `${kind}-of-${day}`;
      const Metadata = METADATA[kind](name);
      const job = await backup.send(new StartRestoreJobCommand({ RecoveryPointArn, IamRoleArn, Metadata }));
      started.push({ kind, name, day, RestoreJobId: job.RestoreJobId });
    }
  }
  await server.control('clock', { advance: 'PT4H' });
  for (const { kind, name, day, RestoreJobId } of started) {
    const { Status, StatusMessage } = await backup.send(new DescribeRestoreJobCommand({ RestoreJobId }));
    expect([Status, StatusMessage]).toEqual(['COMPLETED', undefined]);
    expect([name, possible(writes[kind], day)]).toEqual([name, expect.arrayContaining([await held(kind, name)])]);
  }
  return started.length;
}

test(
  `${KILLS} kills under backups of real content (seed ${SEED})`,
  async () => {
    const folder = path.join(temporaryFolder('content-crash'), 'd');
    const writes: Record<Kind, Write[]> = { bucket: [], table: [] };
    server = await KilledServer.start(folder);
    await prepare();
    let chance = SEED;
    for (let life = 0; life < KILLS; life++) {
      chance = (Math.imul(chance, 1_103_515_245) + 12_345) >>> 0;
      const living = live(writes);
      await new Promise((resolve) => setTimeout(resolve, 50 + ((chance >>> 8) % 900)));
      await server.kill();
      await living;
      server = await KilledServer.start(folder);
      expect(await server.control('content/verify')).toMatchObject({ faults: [], damage: [] });
    }
    const acknowledged = [...writes.bucket, ...writes.table].filter((write) => write.acknowledged).length;
    const restored = await restoreAll(writes);
    process.stderr.write(
      `${KILLS} kills, ${acknowledged} writes acknowledged, ${restored} points restored, seed ${SEED}\n`,
    );
    expect(restored).toBeGreaterThan(1);
    await server.control('reset', {});
    expect(fs.readdirSync(path.join(folder, 'content', 'default'))).toEqual([]);
  },
  120_000 + KILLS * 10_000,
);
