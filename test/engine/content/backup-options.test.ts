// Options of backups reach what captures: those of a plan, of a call, and of a continuous backup that stands.
import {
  AdvancedBackupSetting,
  BackupClient,
  BackupPlanInput,
  DescribeBackupJobCommand,
  GetBackupPlanCommand,
  ListBackupJobsCommand,
  ListBackupPlansCommand,
  StartBackupJobCommand,
  StartRestoreJobCommand,
  UpdateBackupPlanCommand,
} from '@aws-sdk/client-backup';
import {
  CreateBucketCommand,
  GetObjectAclCommand,
  GetObjectTaggingCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { BlockImage, InstanceImages, World } from '@holdfast/engine';
import * as path from 'node:path';
import { backupTemplate, ROLE_ARN as IamRoleArn } from '../../support/backup-template';
import { temporaryFolder } from '../../support/synth';

const BUCKET_ARN = 'arn:aws:s3:::orders';
const INSTANCE_ARN = 'arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789abcdef0';

type Options = Record<string, string>;

let world: World;

afterEach(() => world.close());

/** A World with a plan that backs everything up at 05:00. */
async function begin(settings: Readonly<Record<string, Options>>, continuous = false): Promise<void> {
  world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  const rule = { Lifecycle: { DeleteAfterDays: 35 }, EnableContinuousBackup: continuous };
  const AdvancedBackupSettings = Object.entries(settings).map(([ResourceType, BackupOptions]) => {
    return { ResourceType, BackupOptions };
  });
  await world.deploy(backupTemplate({ rule, plan: { AdvancedBackupSettings } }));
}

/** An object with a tag and a grant to somebody. */
async function fill(): Promise<void> {
  const s3 = world.client(S3Client);
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await s3.send(new CreateBucketCommand({ Bucket: 'orders', ObjectOwnership: 'ObjectWriter' }));
  await s3.send(new PutBucketVersioningCommand({ Bucket: 'orders', VersioningConfiguration }));
  await put('a');
}

async function put(Key: string): Promise<void> {
  const s3 = world.client(S3Client);
  const grant = { Grantee: { ID: 'somebody', Type: 'CanonicalUser' as const }, Permission: 'READ' as const };
  const AccessControlPolicy = { Grants: [grant], Owner: { ID: 'owner' } };
  await s3.send(new PutObjectCommand({ Bucket: 'orders', Key, Body: 'x', Tagging: 'a=1' }));
  await s3.send(new PutObjectAclCommand({ Bucket: 'orders', Key, AccessControlPolicy }));
}

/** A backup by hand; answers its point. */
async function call(ResourceArn: string, BackupOptions?: Options): Promise<string | undefined> {
  const backup = world.client(BackupClient);
  const asked = { BackupVaultName: 'vault', ResourceArn, IamRoleArn, BackupOptions };
  const { BackupJobId } = await backup.send(new StartBackupJobCommand(asked));
  await world.advance({ hours: 1 });
  return (await backup.send(new DescribeBackupJobCommand({ BackupJobId }))).RecoveryPointArn;
}

/** What a restored object has beside its bytes. */
async function restored(RecoveryPointArn: string | undefined, Bucket: string, Key = 'a', more = {}): Promise<string[]> {
  const s3 = world.client(S3Client);
  const Metadata = { DestinationBucketName: Bucket, NewBucket: 'true', ...more };
  await world.client(BackupClient).send(new StartRestoreJobCommand({ RecoveryPointArn, IamRoleArn, Metadata }));
  await world.advance({ hours: 1 });
  expect(world.contentFaults()).toEqual([]);
  const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key }));
  const { Grants = [] } = await s3.send(new GetObjectAclCommand({ Bucket, Key }));
  return [...TagSet.map(() => 'tag'), ...Grants.filter(({ Grantee }) => Grantee?.ID === 'somebody').map(() => 'grant')];
}

const NO_ACLS = { BackupACLs: 'disabled' };
const NO_TAGS = { BackupObjectTags: 'disabled' };
const NEITHER = { ...NO_ACLS, ...NO_TAGS };

test.each<[what: string, settings: Readonly<Record<string, Options>>, kept: string[]]>([
  ['says nothing', {}, ['tag', 'grant']],
  ['enables both', { S3: { BackupACLs: 'enabled', BackupObjectTags: 'enabled' } }, ['tag', 'grant']],
  ['disables ACLs', { EC2: { WindowsVSS: 'enabled' }, S3: NO_ACLS }, ['tag']],
  ['disables tags', { S3: NO_TAGS }, ['grant']],
  ['disables both', { S3: NEITHER }, []],
])('a plan that %s: its backups of a bucket have that (B2.4/1)', async (_, settings, kept) => {
  await begin(settings);
  await fill();
  await world.advance({ days: 1 });
  expect(await restored(world.pointsOf(BUCKET_ARN)[0]?.recoveryPointArn, 'rescued')).toEqual(kept);
});

test('a call has its own options, whatever a plan has (B2.4/1)', async () => {
  await begin({ S3: NEITHER });
  await fill();
  expect(await restored(await call(BUCKET_ARN), 'first')).toEqual(['tag', 'grant']);
  expect(await restored(await call(BUCKET_ARN, NO_ACLS), 'second')).toEqual(['tag']);
});

test('an empty bucket that is there stays as it is set up, and receives no ACLs (B8/7)', async () => {
  await begin({});
  await fill();
  const s3 = world.client(S3Client);
  const RecoveryPointArn = await call(BUCKET_ARN);
  await s3.send(new CreateBucketCommand({ Bucket: 'closed' }));
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await s3.send(new PutBucketVersioningCommand({ Bucket: 'closed', VersioningConfiguration }));
  const into = async (more: Record<string, string>) => {
    const Metadata = { DestinationBucketName: 'closed', ...more };
    await world.client(BackupClient).send(new StartRestoreJobCommand({ RecoveryPointArn, IamRoleArn, Metadata }));
    await world.advance({ hours: 1 });
    return (await s3.send(new ListObjectsV2Command({ Bucket: 'closed' }))).KeyCount;
  };
  expect(await into({})).toBe(0);
  expect(world.contentFaults().map(({ message }) => message)).toEqual([
    'the bucket closed must allow ACLs: the backup has some',
  ]);
  expect(await into({ RestoreACLs: 'false' })).toBe(1);
});

test('beside a continuous backup of a bucket snapshots have its settings, and so has every revision (B2.4/1)', async () => {
  await begin({ S3: NO_ACLS }, true);
  await fill();
  expect(await restored(await call(BUCKET_ARN), 'before')).toEqual(['tag', 'grant']);
  await world.advance({ days: 1 });
  await put('b');
  await world.advance({ hours: 1 });
  const RestoreTime = '2027-01-02T02:30:00Z';
  expect(await restored(continuousPoint(), 'revision', 'b', { RestoreTime })).toEqual(['tag']);
  expect(await restored(await call(BUCKET_ARN, NO_TAGS), 'beside')).toEqual(['tag']);
});

test('a plan that changes its settings changes those of its continuous backup with the next run', async () => {
  await begin({ S3: NO_ACLS }, true);
  await fill();
  await world.advance({ days: 1 });
  await update({ ResourceType: 'S3', BackupOptions: NO_TAGS });
  await world.advance({ days: 1 });
  const of = (RestoreTime: string) =>
    restored(continuousPoint(), `at-${RestoreTime.slice(11, 13)}`, 'a', { RestoreTime });
  expect(await of('2027-01-02T04:00:00Z')).toEqual(['tag']);
  expect(await of('2027-01-02T06:00:00Z')).toEqual(['grant']);
});

async function update(setting: AdvancedBackupSetting): Promise<void> {
  const backup = world.client(BackupClient);
  const { BackupPlansList = [] } = await backup.send(new ListBackupPlansCommand({}));
  const BackupPlanId = BackupPlansList[0]?.BackupPlanId;
  const { BackupPlan } = await backup.send(new GetBackupPlanCommand({ BackupPlanId }));
  const changed = { ...(BackupPlan as BackupPlanInput), AdvancedBackupSettings: [setting] };
  await backup.send(new UpdateBackupPlanCommand({ BackupPlanId, BackupPlan: changed }));
}

function continuousPoint(): string | undefined {
  return world.pointsOf(BUCKET_ARN).find(({ continuous }) => continuous)?.recoveryPointArn;
}

test.each<[what: string, settings: Readonly<Record<string, Options>>, windowsVss: string, called: string[]]>([
  ['asks for shadow copies', { EC2: { WindowsVSS: 'enabled' } }, 'works', ['freeze', 'thaw']],
  ['turns them off', { EC2: { WindowsVSS: 'disabled' } }, 'works', []],
  ['says nothing of them', {}, 'works', []],
  ['asks for what its instance cannot', { EC2: { WindowsVSS: 'enabled' } }, 'timeout', []],
])('a plan that %s: its backups hold the writers of an instance, or not (B2.4/1, B4.6/1)', async (...row) => {
  const [, settings, windowsVss, called] = row;
  await begin(settings);
  const calls = await addInstance(windowsVss);
  await world.advance({ days: 1 });
  expect(world.summary().backupJobs).toEqual({ COMPLETED: 1 });
  expect(calls).toEqual(called);
});

test('a call asks for a shadow copy by itself (B2.4/1)', async () => {
  await begin({ EC2: { WindowsVSS: 'enabled' } });
  const calls = await addInstance('works');
  await call(INSTANCE_ARN, { WindowsVSS: 'disabled' });
  expect(calls).toEqual([]);
  await call(INSTANCE_ARN, { WindowsVSS: 'enabled' });
  expect(calls).toEqual(['freeze', 'thaw']);
});

test('writers that cannot be held: a regular backup, and the job says so; held again, the next says nothing (B4.6/1)', async () => {
  await begin({ EC2: { WindowsVSS: 'enabled' } });
  const writers = { answer: false };
  const calls = await addInstance('works', writers);
  await world.advance({ days: 1 });
  const failed = 'Windows VSS Backup Job Error encountered, trying for regular backup';
  expect(await messages()).toEqual([['COMPLETED', failed]]);
  expect(calls).toEqual(['freeze']);
  writers.answer = true;
  await world.advance({ days: 1 });
  expect(await messages()).toEqual([
    ['COMPLETED', undefined],
    ['COMPLETED', failed],
  ]);
});

async function messages() {
  const { BackupJobs = [] } = await world.client(BackupClient).send(new ListBackupJobsCommand({}));
  return BackupJobs.map(({ State, StatusMessage }) => [State, StatusMessage]);
}

/** Answers what its writers are told. */
async function addInstance(windowsVss: string, writers = { answer: true }): Promise<string[]> {
  const calls: string[] = [];
  const freeze = async () => {
    calls.push('freeze');
    if (!writers.answer) {
      throw new Error('a writer does not answer');
    }
  };
  const vss = { freeze, thaw: async () => void calls.push('thaw') };
  const image = await BlockImage.create(path.join(temporaryFolder('instance'), 'disk.img'), 1024 * 1024);
  world.add({
    arn: INSTANCE_ARN,
    windowsVss,
    content: new InstanceImages({ '/dev/xvda': image }, '/dev/xvda', { vss }),
  });
  return calls;
}
