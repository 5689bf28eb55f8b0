// Files, disks and buckets in a World: backed up by a plan, lost, restored by StartRestoreJob.
import { BackupClient, DescribeRestoreJobCommand, StartRestoreJobCommand } from '@aws-sdk/client-backup';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { BlockImage, FileTree, World } from '@holdfast/engine';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { backupTemplate, ROLE_ARN as IamRoleArn } from '../../support/backup-template';
import { temporaryFolder } from '../../support/synth';

const FS_ARN = 'arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/fs-0123456789abcdef0';
const VOLUME_ARN = 'arn:aws:ec2:us-east-1:123456789012:volume/vol-0123456789abcdef0';

/** A World with a plan that backs everything up at 05:00. */
async function begin(): Promise<World> {
  const world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  await world.deploy(backupTemplate({ rule: { Lifecycle: { DeleteAfterDays: 35 } } }));
  return world;
}

/** Restores the newest point of a resource; answers the ARN of what was made. */
async function restore(world: World, resourceArn: string, Metadata: Record<string, string>): Promise<string> {
  const backup = world.client(BackupClient);
  const RecoveryPointArn = world.pointsOf(resourceArn).at(-1)?.recoveryPointArn;
  const { RestoreJobId } = await backup.send(new StartRestoreJobCommand({ RecoveryPointArn, IamRoleArn, Metadata }));
  await world.advance({ hours: 1 });
  const job = await backup.send(new DescribeRestoreJobCommand({ RestoreJobId }));
  expect([job.Status, job.StatusMessage]).toEqual(['COMPLETED', undefined]);
  return job.CreatedResourceArn ?? '';
}

test('a bucket that its application filled and lost comes back, in a new bucket and in its own (B8/3)', async () => {
  const world = await begin();
  const s3 = world.client(S3Client);
  const text = async (Bucket: string, Key: string) =>
    (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
  await s3.send(new CreateBucketCommand({ Bucket: 'orders' }));
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await s3.send(new PutBucketVersioningCommand({ Bucket: 'orders', VersioningConfiguration }));
  await s3.send(new PutObjectCommand({ Bucket: 'orders', Key: 'a', Body: 'backed up' }));
  await s3.send(new PutObjectCommand({ Bucket: 'orders', Key: 'b', Body: 'backed up' }));
  await world.advance({ days: 1 });
  await s3.send(new PutObjectCommand({ Bucket: 'orders', Key: 'a', Body: 'encrypted by somebody' }));
  await s3.send(new DeleteObjectCommand({ Bucket: 'orders', Key: 'b' }));
  const arn = 'arn:aws:s3:::orders';
  const made = await restore(world, arn, { DestinationBucketName: 'rescued', NewBucket: 'true' });
  expect(made).toBe('arn:aws:s3:::rescued');
  expect([await text('rescued', 'a'), await text('rescued', 'b')]).toEqual(['backed up', 'backed up']);
  await restore(world, arn, { DestinationBucketName: 'orders' });
  expect([await text('orders', 'a'), await text('orders', 'b')]).toEqual(['encrypted by somebody', 'backed up']);
  expect(world.contentFaults()).toEqual([]);
  await world.close();
});

test('files come back in a folder of their own, in a new file system and in the one that they are from (B8/3, B8/7)', async () => {
  const world = await begin();
  const folder = temporaryFolder('share');
  fs.writeFileSync(path.join(folder, 'a'), 'backed up');
  world.add({ arn: FS_ARN, content: new FileTree(folder) });
  await world.advance({ days: 1 });
  fs.writeFileSync(path.join(folder, 'a'), 'encrypted by somebody');
  const ids = { 'file-system-id': 'fs-0123456789abcdef0' };
  const made = await restore(world, FS_ARN, { ...ids, newFileSystem: 'true' });
  const tree = world.content(made) as FileTree;
  const [recovery = ''] = fs.readdirSync(tree.folder);
  expect(recovery).toMatch(/^aws-backup-restore_2027-01-0\dT\d\d-\d\d-00-000Z$/);
  expect(fs.readFileSync(path.join(tree.folder, recovery, 'a'), 'utf8')).toBe('backed up');
  await restore(world, FS_ARN, { ...ids, newFileSystem: 'false', ItemsToRestore: '["/a"]' });
  expect(fs.readFileSync(path.join(folder, 'a'), 'utf8')).toBe('encrypted by somebody');
  const [beside = ''] = fs.readdirSync(folder).filter((name) => name !== 'a');
  expect(fs.readFileSync(path.join(folder, beside, 'a'), 'utf8')).toBe('backed up');
  await world.close();
  expect([fs.existsSync(folder), fs.existsSync(tree.folder)]).toEqual([true, false]);
});

test('a volume comes back as another, with what it held', async () => {
  const world = await begin();
  const image = await BlockImage.create(path.join(temporaryFolder('volume'), 'disk.img'), 8 * 1024 * 1024);
  await image.write(3_000_000, Buffer.from('backed up'));
  world.add({ arn: VOLUME_ARN, content: image });
  await world.advance({ days: 1 });
  await image.write(3_000_000, Buffer.from('encrypted'));
  const made = await restore(world, VOLUME_ARN, { availabilityZone: 'us-east-1a', volumeType: 'gp3' });
  const restored = world.content(made) as BlockImage;
  expect((await restored.read(3_000_000, 9)).toString()).toBe('backed up');
  await world.close();
});

test('a continuous backup of a bucket has what came while the clock moved, from its very second on (B5.3/1)', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  const s3 = world.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: 'reports' }));
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await s3.send(new PutBucketVersioningCommand({ Bucket: 'reports', VersioningConfiguration }));
  await s3.send(new PutObjectCommand({ Bucket: 'reports', Key: 'by-hand', Body: 'x' }));
  const report = {
    Type: 'AWS::Backup::ReportPlan',
    Properties: {
      ReportPlanName: 'jobs',
      ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
      ReportDeliveryChannel: { S3BucketName: 'reports', Formats: ['CSV'] },
    },
  };
  const rule = { Lifecycle: { DeleteAfterDays: 35 }, EnableContinuousBackup: true };
  await world.deploy(backupTemplate({ rule, others: { Report: report } }));
  // In one go: nobody stops the clock between the reports.
  await world.advance({ days: 5 });
  const files = world.reports().map(({ key, createdAt: at }) => ({ key, at }));
  expect(files.length).toBeGreaterThan(2);
  const RestoreTime = new Date((files[1]?.at ?? 0) + 1000).toISOString();
  await restore(world, 'arn:aws:s3:::reports', { DestinationBucketName: 'then', NewBucket: 'true', RestoreTime });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'then' }));
  const expected = files.filter(({ at }) => at <= (files[1]?.at ?? 0)).map(({ key }) => key);
  expect(Contents.map(({ Key }) => Key).sort()).toEqual(['by-hand', ...expected].sort());
  await world.close();
});
