// A bucket and a table of a served World: filled, backed up by a plan, found by the next server, restored, and gone at a reset.
import {
  BackupClient,
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
  DescribeRestoreJobCommand,
  ListRecoveryPointsByResourceCommand,
  StartRestoreJobCommand,
} from '@aws-sdk/client-backup';
import { CreateTableCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ServedFolder } from '../../support/served-folder';
import { temporaryFolder } from '../../support/synth';

const IamRoleArn = 'arn:aws:iam::111111111111:role/backup';
const BUCKET_ARN = 'arn:aws:s3:::orders';
const TABLE_ARN = 'arn:aws:dynamodb:eu-central-1:111111111111:table/Orders';

let served: Served;

// A server that a test leaves open would keep the process.
afterEach(() => served.close());

class Served {
  readonly backup: BackupClient;
  readonly s3: S3Client;
  readonly dynamo: DynamoDBClient;

  private constructor(private readonly folder: ServedFolder) {
    const { config } = folder;
    this.backup = new BackupClient(config);
    this.s3 = new S3Client({ ...config, forcePathStyle: true });
    this.dynamo = new DynamoDBClient(config);
  }

  static async open(folder: string): Promise<Served> {
    return new Served(await ServedFolder.open(folder));
  }

  control(name: string, asked?: object): Promise<void> {
    return this.folder.control(name, asked);
  }

  async content(part: string): Promise<unknown> {
    return (await fetch(`${this.folder.config.endpoint}/_holdfast/content${part}`)).json();
  }

  advance(span: string): Promise<void> {
    return this.folder.advance(span);
  }

  async close(): Promise<void> {
    [this.backup, this.s3, this.dynamo].forEach((client) => client.destroy());
    await this.folder.close();
  }
}

/** A plan that backs everything up each day at 05:00. */
async function plan({ backup }: Served): Promise<void> {
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  const rule = { RuleName: 'daily', TargetBackupVaultName: 'main', ScheduleExpression: 'cron(0 5 * * ? *)' };
  const BackupPlan = { BackupPlanName: 'plan', Rules: [{ ...rule, Lifecycle: { DeleteAfterDays: 35 } }] };
  const { BackupPlanId } = await backup.send(new CreateBackupPlanCommand({ BackupPlan }));
  const BackupSelection = { SelectionName: 'all', IamRoleArn, Resources: ['*'] };
  await backup.send(new CreateBackupSelectionCommand({ BackupPlanId, BackupSelection }));
}

async function make({ s3, dynamo }: Served): Promise<void> {
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await s3.send(new CreateBucketCommand({ Bucket: 'orders' }));
  await s3.send(new PutBucketVersioningCommand({ Bucket: 'orders', VersioningConfiguration }));
  await dynamo.send(
    new CreateTableCommand({
      TableName: 'Orders',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
}

/** What an application has to say on a day goes into both. */
async function write({ s3, dynamo }: Served, said: string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: 'orders', Key: 'a', Body: said }));
  await dynamo.send(new PutItemCommand({ TableName: 'Orders', Item: { id: { S: 'a' }, said: { S: said } } }));
}

async function read({ s3, dynamo }: Served, Bucket: string, TableName: string): Promise<unknown[]> {
  const object = await s3.send(new GetObjectCommand({ Bucket, Key: 'a' }));
  const { Items = [] } = await dynamo.send(new ScanCommand({ TableName }));
  return [await object.Body?.transformToString(), ...Items.map(({ said }) => said?.S)];
}

/** Restores the point of a resource of a day. */
async function restore({ backup }: Served, ResourceArn: string, day: string, Metadata: Record<string, string>) {
  const { RecoveryPoints = [] } = await backup.send(new ListRecoveryPointsByResourceCommand({ ResourceArn }));
  const ofDay = RecoveryPoints.filter(({ CreationDate }) => CreationDate?.toISOString().startsWith(day));
  expect(ofDay).toHaveLength(1);
  const RecoveryPointArn = ofDay[0]?.RecoveryPointArn;
  return (await backup.send(new StartRestoreJobCommand({ RecoveryPointArn, IamRoleArn, Metadata }))).RestoreJobId;
}

/** Restores both as they were on a day, under a name. */
async function restoreBoth(served: Served, day: string, name: string): Promise<unknown[]> {
  const jobs = [
    await restore(served, BUCKET_ARN, day, { DestinationBucketName: name, NewBucket: 'true' }),
    await restore(served, TABLE_ARN, day, { targetTableName: name }),
  ];
  await served.advance('PT6H');
  for (const RestoreJobId of jobs) {
    const { Status, StatusMessage } = await served.backup.send(new DescribeRestoreJobCommand({ RestoreJobId }));
    expect([Status, StatusMessage]).toEqual(['COMPLETED', undefined]);
  }
  return read(served, name, name);
}

test('what a bucket and a table held on each day is restored by the server that made the backups, and by the next', async () => {
  const folder = path.join(temporaryFolder('contents'), 'd');
  const stores = path.join(folder, 'content', 'default');
  served = await Served.open(folder);
  await make(served);
  await plan(served);
  for (const said of ['first', 'second', 'third']) {
    await write(served, said);
    await served.advance('P1D');
  }
  await write(served, 'encrypted by somebody');
  expect(await restoreBoth(served, '2027-01-02', 'before')).toEqual(['second', 'second']);
  const [before] = fs.readdirSync(stores);
  const bytes = bytesIn(stores);

  await served.close();
  served = await Served.open(folder);
  // Captured again by the same jobs, and stored once.
  expect([fs.readdirSync(stores), bytesIn(stores)]).toEqual([[before], bytes]);
  expect(await read(served, 'orders', 'Orders')).toEqual(['encrypted by somebody', 'encrypted by somebody']);
  expect(await read(served, 'before', 'before')).toEqual(['second', 'second']);
  expect(await restoreBoth(served, '2027-01-01', 'after-1')).toEqual(['first', 'first']);
  expect(await restoreBoth(served, '2027-01-03', 'after-3')).toEqual(['third', 'third']);

  const left = path.join(temporaryFolder('left'), 'store');
  fs.cpSync(path.join(stores, before!), left, { recursive: true });
  await served.control('reset');
  expect(fs.readdirSync(stores)).toEqual([]);
  // What begins anew has a store of its own, which the next server finds.
  await make(served);
  await plan(served);
  await write(served, 'anew');
  await served.advance('P1D');
  const [after] = fs.readdirSync(stores);
  expect(after).not.toBe(before);
  await served.close();
  // So it is where a server is killed before it has thrown away what was before the reset.
  fs.cpSync(left, path.join(stores, before!), { recursive: true });
  fs.cpSync(left, path.join(folder, 'content', 'gone', before!), { recursive: true });
  served = await Served.open(folder);
  expect(fs.readdirSync(stores)).toEqual([after]);
  expect(fs.readdirSync(path.join(folder, 'content', 'gone'))).toEqual([]);
  expect(await restoreBoth(served, '2027-01-01', 'last')).toEqual(['anew', 'anew']);
  await served.control('reset');
  expect(fs.readdirSync(stores)).toEqual([]);
});

test('a verification tells which points damage harms; nothing else is asked of contents', async () => {
  const folder = path.join(temporaryFolder('damage'), 'd');
  served = await Served.open(folder);
  await make(served);
  await plan(served);
  await write(served, 'first');
  await served.advance('P1D');
  expect(await served.content('')).toEqual({ schema: 'holdfast.content/1', faults: [], damage: null });
  expect(await served.content('/verify')).toEqual({ schema: 'holdfast.content/1', faults: [], damage: [] });
  flipIn(path.join(folder, 'content', 'default'));
  const { damage } = (await served.content('/verify')) as { damage: { recoveryPointArns: string[] }[] };
  const harmed = damage.flatMap(({ recoveryPointArns }) => recoveryPointArns);
  const { RecoveryPoints = [] } = await served.backup.send(
    new ListRecoveryPointsByResourceCommand({ ResourceArn: BUCKET_ARN }),
  );
  expect(harmed).toContain(RecoveryPoints[0]?.RecoveryPointArn);
  expect(await served.content('/mended')).toEqual({
    message: "content can be verified, and nothing else: got 'mended'",
  });
});

/** Changes a bit near the end of every pack of a store. */
function flipIn(folder: string): void {
  const files = fs.readdirSync(folder, { withFileTypes: true, recursive: true });
  for (const { parentPath, name } of files.filter((one) => one.isFile() && one.parentPath.endsWith('packs'))) {
    const bytes = fs.readFileSync(path.join(parentPath, name));
    bytes[bytes.length - 8]! ^= 1;
    fs.writeFileSync(path.join(parentPath, name), bytes);
  }
}

function bytesIn(folder: string): number {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile())
    .reduce((sum, { path: of, name }) => sum + fs.statSync(path.join(of, name)).size, 0);
}

test('a backup that a crash cut off is taken anew of what was written since', async () => {
  const folder = path.join(temporaryFolder('contents'), 'd');
  const journal = path.join(folder, 'journal');
  served = await Served.open(folder);
  await make(served);
  await plan(served);
  await write(served, 'first');
  await served.advance('P1D');
  await write(served, 'second');
  const acknowledged = fs.readFileSync(journal);
  // The backup of the second day is taken, and the machine stops before anybody is told that the clock has moved.
  await served.advance('P1D');
  await served.close();
  fs.writeFileSync(journal, acknowledged);
  served = await Served.open(folder);
  await write(served, 'third');
  await served.advance('P1D');
  expect(await restoreBoth(served, '2027-01-02', 'again')).toEqual(['third', 'third']);
  expect(await restoreBoth(served, '2027-01-01', 'before')).toEqual(['first', 'first']);
  expect(await served.content('/verify')).toMatchObject({ faults: [], damage: [] });
});
