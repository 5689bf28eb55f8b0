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
import {
  CancelKeyDeletionCommand,
  CreateKeyCommand,
  EnableKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Journal } from '../../../engine/src/host/journal';
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
  readonly kms: KMSClient;

  private constructor(private readonly folder: ServedFolder) {
    const { config } = folder;
    this.backup = new BackupClient(config);
    this.s3 = new S3Client({ ...config, forcePathStyle: true });
    this.dynamo = new DynamoDBClient(config);
    this.kms = new KMSClient(config);
  }

  static async open(folder: string): Promise<Served> {
    return new Served(await ServedFolder.open(folder));
  }

  control(name: string, asked?: object): Promise<void> {
    return this.folder.control(name, asked);
  }

  async asked(name: string): Promise<unknown> {
    return (await fetch(`${this.folder.config.endpoint}/_holdfast/${name}`)).json();
  }

  content(part: string): Promise<unknown> {
    return this.asked(`content${part}`);
  }

  /** A call by REST to AWS Backup search, of which there is no client here. */
  async search(method: string, path: string, asked?: object): Promise<Record<string, unknown>> {
    const authorization = 'AWS4-HMAC-SHA256 Credential=111111111111/20270101/eu-central-1/backup-search/aws4_request';
    const body = asked === undefined ? null : JSON.stringify(asked);
    const answer = await fetch(`${this.folder.config.endpoint}${path}`, { method, body, headers: { authorization } });
    return (await answer.json()) as Record<string, unknown>;
  }

  advance(span: string): Promise<void> {
    return this.folder.advance(span);
  }

  async close(): Promise<void> {
    [this.backup, this.s3, this.dynamo, this.kms].forEach((client) => client.destroy());
    await this.folder.close();
  }
}

/** A plan that backs everything up each day at 05:00. */
async function plan({ backup }: Served, EncryptionKeyArn?: string, BackupVaultName = 'main'): Promise<void> {
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName, EncryptionKeyArn }));
  const rule = {
    ...{ RuleName: 'daily', TargetBackupVaultName: BackupVaultName, ScheduleExpression: 'cron(0 5 * * ? *)' },
    IndexActions: [{ ResourceTypes: ['S3'] }],
  };
  const BackupPlan = { BackupPlanName: BackupVaultName, Rules: [{ ...rule, Lifecycle: { DeleteAfterDays: 35 } }] };
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

/** Changes a bit near the end of every pack of a store, and every so many bytes before it. */
function flipIn(folder: string, each = Infinity): void {
  const files = fs.readdirSync(folder, { withFileTypes: true, recursive: true });
  for (const { parentPath, name } of files.filter((one) => one.isFile() && one.parentPath.endsWith('packs'))) {
    const bytes = fs.readFileSync(path.join(parentPath, name));
    for (let at = bytes.length - 8; at >= 0; at -= each) {
      bytes[at]! ^= 1;
    }
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

test('what was restored and searched is there at the next start, though its points and their key are gone', async () => {
  const folder = path.join(temporaryFolder('contents'), 'd');
  served = await Served.open(folder);
  await make(served);
  const { KeyMetadata } = await served.kms.send(new CreateKeyCommand({}));
  await plan(served, KeyMetadata?.Arn);
  await write(served, 'first');
  await served.advance('P1D');
  await write(served, 'second');
  expect(await restoreBoth(served, '2027-01-01', 'before')).toEqual(['first', 'first']);
  const asked = { SearchScope: { BackupResourceTypes: ['S3'] } };
  const { SearchJobIdentifier } = await served.search('PUT', '/search-jobs', asked);
  const s3ExportSpecification = { DestinationBucket: 'before', DestinationPrefix: 'found' };
  const exported = await served.search('PUT', '/export-search-jobs', {
    SearchJobIdentifier,
    ExportSpecification: { s3ExportSpecification },
  });
  const results = async () => {
    const Key = `found/${String(exported['ExportJobIdentifier'])}.csv`;
    return (await served.s3.send(new GetObjectCommand({ Bucket: 'before', Key }))).Body?.transformToString();
  };
  const found = await results();
  expect(found).toContain(',arn:aws:s3:::orders,main,a,5,');
  // Nothing of this is possible where there is no bucket.
  await served.s3.send(new PutObjectCommand({ Bucket: 'before', Key: 'b', Body: 'since' }));

  await served.advance('P40D');
  await served.close();
  served = await Served.open(folder);
  expect(await read(served, 'before', 'before')).toEqual(['first', 'first']);
  expect(await results()).toEqual(found);
  const KeyId = KeyMetadata?.KeyId;
  await served.kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  await served.advance('P8D');
  for (let start = 0; start < 2; start++) {
    await served.close();
    served = await Served.open(folder);
    expect(await read(served, 'before', 'before')).toEqual(['first', 'first']);
    expect(await results()).toEqual(found);
  }
  await served.control('reset');
  expect(fs.readdirSync(path.join(folder, 'content', 'default'))).toEqual([]);
});

test('a key whose end was never acknowledged has its material', async () => {
  const folder = path.join(temporaryFolder('contents'), 'd');
  served = await Served.open(folder);
  await make(served);
  const { KeyMetadata } = await served.kms.send(new CreateKeyCommand({}));
  const KeyId = KeyMetadata?.KeyId;
  await plan(served, KeyMetadata?.Arn);
  await write(served, 'first');
  await served.advance('P1D');
  await served.kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  // Backups go on beside it. The machine stops when the clock has moved, and before that is written.
  await plan(served, undefined, 'others');
  let written = () => {};
  const append = jest.spyOn(Journal.prototype, 'append');
  append.mockImplementationOnce(() => new Promise((resolve) => (written = resolve)));
  const advanced = served.advance('P8D');
  await expect(served.asked('clock')).resolves.toMatchObject({ now: '2027-01-10T00:00:00Z' });
  const stopped = path.join(temporaryFolder('stopped'), 'd');
  fs.cpSync(folder, stopped, { recursive: true });
  append.mockRestore();
  written();
  await advanced;
  await served.close();
  served = await Served.open(stopped);
  await served.kms.send(new CancelKeyDeletionCommand({ KeyId }));
  await served.kms.send(new EnableKeyCommand({ KeyId }));
  expect(await restoreBoth(served, '2027-01-01', 'before')).toEqual(['first', 'first']);
});

test('what could not be read then could not be read at the next start, though it was mended since', async () => {
  const folder = path.join(temporaryFolder('contents'), 'd');
  served = await Served.open(folder);
  await make(served);
  await plan(served);
  await write(served, 'first');
  await served.advance('P1D');
  const packs = path.join(folder, 'content', 'default');
  const whole = path.join(temporaryFolder('whole'), 'packs');
  fs.cpSync(packs, whole, { recursive: true });
  flipIn(packs, 64);
  const RestoreJobId = await restore(served, TABLE_ARN, '2027-01-01', { targetTableName: 'lost' });
  await served.advance('PT6H');
  const came = () => served.backup.send(new DescribeRestoreJobCommand({ RestoreJobId }));
  const { Status, StatusMessage } = await came();
  expect(Status).toBe('FAILED');
  const { faults } = (await served.content('')) as { faults: unknown[] };
  expect(faults).toMatchObject([{ what: 'restore' }]);
  await served.close();
  fs.cpSync(whole, packs, { recursive: true });
  served = await Served.open(folder);
  expect(await came()).toMatchObject({ Status, StatusMessage });
  expect(await served.content('')).toMatchObject({ faults });
});
