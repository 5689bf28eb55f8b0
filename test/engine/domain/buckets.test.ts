// A bucket is one thing: for S3, for backups, and for the reports that are delivered to it.
import {
  BackupClient,
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
  CreateReportPlanCommand,
  ListBackupJobsCommand,
  ListRecoveryPointsByBackupVaultCommand,
} from '@aws-sdk/client-backup';
import {
  DeleteBucketCommand,
  DeleteBucketTaggingCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetBucketTaggingCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  CreateBucketCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { World } from '@holdfast/engine';
import { Body } from '../../../engine/src/domain/bodies';
import type { ReportFile } from '../../../engine/src/domain/report-files';
import { WorldState } from '../../../engine/src/domain/world-state';
import { createBucket } from '../../../engine/src/operations/s3/create-bucket';
import { deleteBucketEncryption } from '../../../engine/src/operations/s3/delete-bucket-encryption';
import { putBucketEncryption } from '../../../engine/src/operations/s3/put-bucket-encryption';
import { listKeys } from '../../../engine/src/domain/object-listing';
import { resource } from '../scenarios/stage';

const ARN = 'arn:aws:s3:::orders';
const Bucket = 'orders';
/** As `printf ab | md5sum` has it. */
const MD5_OF_AB = '187ef4436122d1cc2f40dc2b92f0eba0';

function begin(): { world: World; s3: S3Client; backup: BackupClient } {
  const world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  return { world, s3: world.client(S3Client), backup: world.client(BackupClient) };
}

/** Backs up every day what has the tag. */
async function protect(backup: BackupClient): Promise<void> {
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  const Rules = [{ RuleName: 'daily', TargetBackupVaultName: 'main', ScheduleExpression: 'cron(0 5 * * ? *)' }];
  const BackupPlan = { BackupPlanName: 'plan', Rules };
  const { BackupPlanId } = await backup.send(new CreateBackupPlanCommand({ BackupPlan }));
  const ListOfTags = [{ ConditionType: 'STRINGEQUALS' as const, ConditionKey: 'backup', ConditionValue: 'daily' }];
  const IamRoleArn = 'arn:aws:iam::123456789012:role/backup';
  const BackupSelection = { SelectionName: 'tagged', IamRoleArn, ListOfTags };
  await backup.send(new CreateBackupSelectionCommand({ BackupPlanId, BackupSelection }));
}

async function sizes(backup: BackupClient): Promise<(number | undefined)[]> {
  const input = { BackupVaultName: 'main', ByResourceArn: ARN };
  const { RecoveryPoints } = await backup.send(new ListRecoveryPointsByBackupVaultCommand(input));
  const made = (RecoveryPoints ?? []).sort((a, b) => Number(a.CreationDate) - Number(b.CreationDate));
  return made.map(({ BackupSizeInBytes }) => BackupSizeInBytes);
}

test('a bucket that S3 makes is backed up as large as its objects are, while it has the tag and is there', async () => {
  const { world, s3, backup } = begin();
  await protect(backup);
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: new Uint8Array(1000) }));
  await world.advance({ days: 1 });
  expect(await sizes(backup)).toEqual([]);
  const Tagging = { TagSet: [{ Key: 'backup', Value: 'daily' }] };
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging }));
  // S3 keeps no versions unless it is told to, and what keeps none is not backed up.
  await world.advance({ days: 1 });
  expect(await sizes(backup)).toEqual([]);
  const { BackupJobs } = await backup.send(new ListBackupJobsCommand({}));
  expect(BackupJobs?.map(({ State }) => State)).toEqual(['FAILED']);
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  await world.advance({ days: 1 });
  expect(await sizes(backup)).toEqual([1000]);
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: 'null' }));
  await s3.send(new DeleteBucketCommand({ Bucket }));
  await world.advance({ days: 1 });
  expect(await sizes(backup)).toEqual([1000]);
  // What is made under the name again is another bucket, empty and without tags.
  await s3.send(new CreateBucketCommand({ Bucket }));
  await expect(s3.send(new GetBucketTaggingCommand({ Bucket }))).rejects.toMatchObject({ name: 'NoSuchTagSet' });
});

test('a bucket of an inventory is as large as that says, whatever is put in it, and has its tags', async () => {
  const { world, s3, backup } = begin();
  await protect(backup);
  world.add({ type: 'S3', name: Bucket, sizeGiB: 2, dailyChangePercent: 0, tags: { backup: 'daily' } });
  expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual([{ Key: 'backup', Value: 'daily' }]);
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
  await world.advance({ days: 1 });
  expect(await sizes(backup)).toEqual([2 * 1024 ** 3]);
  await s3.send(new DeleteBucketTaggingCommand({ Bucket }));
  await world.advance({ days: 1 });
  expect(await sizes(backup)).toHaveLength(1);
  world.remove(ARN);
  await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotFound' });
  world.add({ type: 'S3', name: Bucket, sizeGiB: 2 });
  expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
});

// prettier-ignore
test.each([
  ['aws:kms',   '00000000-0000-4000-8000-000000000001',     'key/00000000-0000-4000-8000-000000000001'],
  ['aws:kms',   'alias/mine',                               'alias/mine'],
  ['aws:kms',   undefined,                                  'alias/aws/s3'],
  ['AES256',    undefined,                                  undefined],
] as const)('a bucket under %s with key %s is one under %s to backups', (SSEAlgorithm, KMSMasterKeyID, key) => {
  const state = new WorldState({ start: 0 });
  const caller = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
  createBucket(state, caller, { Bucket });
  const ApplyServerSideEncryptionByDefault = { SSEAlgorithm, KMSMasterKeyID };
  const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault }] };
  putBucketEncryption(state, caller, { Bucket, ServerSideEncryptionConfiguration });
  const arn = key && `arn:aws:kms:us-east-1:123456789012:${key}`;
  expect(state.resources.map((one) => [one.arn, one.encryptedWith])).toEqual([[ARN, arn]]);
  deleteBucketEncryption(state, caller, { Bucket });
  expect(state.resources[0]).not.toHaveProperty('encryptedWith');
});

test('reports are objects of their bucket', async () => {
  const { world, s3, backup } = begin();
  await s3.send(new CreateBucketCommand({ Bucket }));
  await backup.send(
    new CreateReportPlanCommand({
      ReportPlanName: 'jobs',
      ReportDeliveryChannel: { S3BucketName: Bucket, S3KeyPrefix: 'audit' },
      ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
    }),
  );
  await world.advance({ days: 1 });
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'audit/' }));
  const [file] = world.reports();
  expect(Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([[file?.key, file?.sizeBytes]]);
  const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket, Key: file?.key }));
  expect([await Body?.transformToString(), ContentType]).toEqual([file?.text(), 'text/csv']);
});

test('the same calls give the same ids of versions and the same digest', async () => {
  const run = async () => {
    const { world, s3 } = begin();
    await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
    const put = async () => (await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }))).VersionId;
    return [await put(), await put(), world.summary().digest];
  };
  const [one, two, digest] = await run();
  expect(one).not.toBe(two);
  expect(await run()).toEqual([one, two, digest]);
});

// prettier-ignore
test.each([
  [{},                                    ['a', 'b/1', 'b/2', 'b0'],  []],
  [{ delimiter: '/' },                    ['a', 'b0'],                ['b/']],
  [{ delimiter: '/', prefix: 'b/' },      ['b/1', 'b/2'],             []],
  [{ after: 'a' },                        ['b/1', 'b/2', 'b0'],       []],
  [{ after: 'b/', delimiter: '/' },       ['b0'],                     []],
  [{ after: 'b/1' },                      ['b/2', 'b0'],              []],
  [{ most: 0 },                           [],                         []],
])('a list of %j has keys %j and prefixes %j', (props, keys, prefixes) => {
  const all = { prefix: '', delimiter: '', after: '', most: 10, ...props };
  expect(listKeys(['a', 'b/1', 'b/2', 'b0'], all)).toMatchObject({ keys, prefixes });
});

describe('buckets of a World', () => {
  const HERE = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
  const made = (key: string, sizeBytes: number) => ({
    key,
    deleteMarker: false,
    sizeBytes,
    etag: 'e',
    body: Body.inMemory(new Uint8Array(sizeBytes)),
    headers: {},
    metadata: {},
    checksum: undefined,
    partSizes: undefined,
    tags: {},
  });

  test('are listed by account and partition, by name, whoever made them', () => {
    const state = new WorldState({ start: 0 });
    state.buckets.create({ ...HERE, region: 'eu-west-1' }, 'second', {});
    state.buckets.create(HERE, 'first', {});
    state.buckets.create({ ...HERE, account: '999999999999' }, 'theirs', {});
    state.buckets.create({ ...HERE, partition: 'aws-cn', region: 'cn-north-1' }, 'chinese', {});
    state.addResource(resource('efs', 'files', { env: HERE }));
    state.addResource(resource('s3', 'third', { env: HERE }));
    state.buckets.delete(state.buckets.create(HERE, 'gone', {}));
    const names = (env: typeof HERE) => state.buckets.list(env).map(({ name }) => name);
    expect(names(HERE)).toEqual(['first', 'second', 'third']);
    expect(names({ ...HERE, account: '999999999999' })).toEqual(['theirs']);
    expect(names({ ...HERE, partition: 'aws-cn' })).toEqual(['chinese']);
    expect(state.buckets.tryFind('aws', 'third')?.createdAt).toBe(0);
  });

  test('are as large as what was put in them, until somebody says how large they are', () => {
    const state = new WorldState({ start: 0 });
    const bucket = state.buckets.create(HERE, Bucket, {});
    const sizeOf = () => (state.resources.find(({ arn }) => arn === ARN)?.sizeGiB ?? -1) * 1024 ** 3;
    state.buckets.put(bucket, made('a', 1000));
    expect(sizeOf()).toBe(1000);
    state.addResource(resource('s3', Bucket, { env: HERE, sizeGiB: 2 }));
    state.buckets.put(bucket, made('b', 500));
    expect(sizeOf()).toBe(2 * 1024 ** 3);
  });

  test('of an inventory that does not say how large they are stay so, whatever is put in them', () => {
    const state = new WorldState({ start: 0 });
    const { sizeGiB: _size, ...unsized } = resource('s3', Bucket, { env: HERE });
    state.addResource(unsized);
    state.buckets.put(state.buckets.tryFind('aws', Bucket)!, made('a', 1000));
    expect(state.resources[0]).not.toHaveProperty('sizeGiB');
  });

  test('know of a key that was deleted by a marker, which goes like any version (versioning)', () => {
    const state = new WorldState({ start: 0 });
    const { buckets } = state;
    const bucket = buckets.create(HERE, Bucket, {});
    expect(buckets.deleteObject(bucket, 'none', 'null')).toEqual({ versionId: 'null', deleteMarker: false });
    buckets.set(bucket, 'versioning', { Status: 'Enabled' });
    const { versionId } = buckets.put(bucket, made('a', 10));
    const deletion = buckets.deleteObject(bucket, 'a');
    expect(deletion).toEqual({ versionId: expect.stringMatching(/^[0-9a-f]{32}$/), deleteMarker: true });
    const [marker] = bucket.objects.versions('a');
    expect(marker).toMatchObject({ deleteMarker: true, sizeBytes: 0, versionId: deletion.versionId, createdAt: 0 });
    expect(marker?.body.sizeBytes).toBe(0);
    expect(buckets.deleteObject(bucket, 'a', versionId)).toEqual({ versionId, deleteMarker: false });
    expect(buckets.deleteObject(bucket, 'a', deletion.versionId)).toEqual(deletion);
    expect(bucket.objects.isEmpty).toBe(true);
    buckets.set(bucket, 'versioning', { Status: 'Suspended' });
    expect(buckets.deleteObject(bucket, 'a')).toEqual({ versionId: 'null', deleteMarker: true });
  });

  test('have no setting that was taken away, and the digest tells which was put', () => {
    const digest = (...settings: [string, object | undefined][]) => {
      const state = new WorldState({ start: 0 });
      const bucket = state.buckets.create(HERE, Bucket, {});
      settings.forEach(([kind, value]) => state.buckets.set(bucket, kind, value));
      return [state.digest(), ...bucket.settings.keys()];
    };
    const [put, ...kinds] = digest(['cors', { a: 1 }]);
    expect(kinds).toEqual(['cors']);
    expect(digest(['cors', { a: 1 }], ['cors', undefined])).toHaveLength(1);
    const all = [put, digest(['cors', { a: 2 }])[0], digest(['policy', { a: 1 }])[0], digest(['cors', undefined])[0]];
    expect(new Set(all).size).toBe(4);
  });

  test('encrypt with what they are set to, and with keys of S3 where nothing is said', () => {
    const state = new WorldState({ start: 0 });
    const bucket = state.buckets.create(HERE, Bucket, {});
    const set = (...defaults: (object | undefined)[]) => {
      const Rules = defaults.map((one) => (one === undefined ? {} : { ApplyServerSideEncryptionByDefault: one }));
      state.buckets.set(bucket, 'encryption', { Rules });
      return bucket.encryption;
    };
    const own = { ServerSideEncryption: 'AES256' };
    expect(bucket.encryption).toStrictEqual(own);
    expect([set(), set(undefined), set({ SSEAlgorithm: 'AES256' })]).toStrictEqual([own, own, own]);
    expect(set({ SSEAlgorithm: 'aws:kms' })).toStrictEqual({ ServerSideEncryption: 'aws:kms' });
    expect(set({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'k' })).toStrictEqual({
      ...{ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'k' },
    });
  });

  test('stand for S3 from when they are written or asked about until they are gone', () => {
    const state = new WorldState({ start: 0 });
    state.addResource(resource('s3', Bucket, { env: HERE }));
    const other = resource('efs', 'files', { env: HERE });
    state.addResource(other);
    const standing = () => state.buckets.tryStanding(ARN);
    expect([standing(), standing()?.policy]).toEqual([undefined, undefined]);
    const bucket = state.buckets.tryFind('aws', Bucket)!;
    expect(standing()).toBe(bucket);
    expect(bucket.policy).toBeUndefined();
    state.buckets.set(bucket, 'policy', { Policy: '{}' });
    expect(standing()?.policy).toBe('{}');
    state.removeResource(state.ledger.resources.tryFind(other.arn)!);
    state.buckets.put(bucket, made('a', 10));
    state.buckets.delete(bucket);
    expect([standing(), bucket.objects.isEmpty]).toEqual([undefined, true]);
  });

  test.each([
    ['audit/a.json', 'application/json'],
    ['audit/a.csv', 'text/csv'],
  ])('take %s as %s', (key, ContentType) => {
    const state = new WorldState({ start: 0 });
    const bucket = state.buckets.create(HERE, Bucket, {});
    const file = { bucket: Bucket, key, sizeBytes: 2, text: () => 'ab' } as ReportFile;
    state.buckets.deliver('aws', file);
    state.buckets.deliver('aws-cn', file);
    expect(bucket.objects.versions(key)).toMatchObject([{ headers: { ContentType }, sizeBytes: 2, etag: MD5_OF_AB }]);
  });
});
