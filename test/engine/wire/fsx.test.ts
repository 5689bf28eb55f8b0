// File systems of FSx by the official client, and the backups that AWS Backup makes of them.
import {
  BackupNotFound,
  CreateFileSystemCommand,
  DeleteBackupCommand,
  DeleteFileSystemCommand,
  DeleteVolumeCommand,
  DescribeBackupsCommand,
  DescribeFileSystemsCommand,
  DescribeVolumesCommand,
  FileSystemNotFound,
  FSxClient,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFileSystemCommand,
  VolumeNotFound,
} from '@aws-sdk/client-fsx';
import { World } from '@holdfast/engine';
import { planOfTag } from '../../support/daily-plan';

const DAILY = [{ Key: 'backup', Value: 'daily' }];

function world(): World {
  return new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
}

test('a file system is made, tagged, backed up, grown and deleted; FSx shows the backup, and does not delete it', async () => {
  const here = world();
  await planOfTag(here);
  const client = here.client(FSxClient);
  const { FileSystem: made } = await client.send(
    new CreateFileSystemCommand({
      FileSystemType: 'WINDOWS',
      StorageCapacity: 100,
      SubnetIds: ['subnet-1'],
      WindowsConfiguration: { ThroughputCapacity: 16, WeeklyMaintenanceStartTime: '7:01:00' },
    }),
  );
  const { FileSystemId = '', ResourceARN = '' } = made ?? {};
  expect(made).toMatchObject({
    Lifecycle: 'AVAILABLE',
    KmsKeyId: 'arn:aws:kms:us-east-1:123456789012:alias/aws/fsx',
    WindowsConfiguration: { ThroughputCapacity: 16, DeploymentType: 'SINGLE_AZ_1' },
  });
  await client.send(new TagResourceCommand({ ResourceARN, Tags: DAILY }));
  await here.advance({ days: 1 });
  expect(here.pointsOf(ResourceARN).map(({ sizeBytes }) => sizeBytes)).toEqual([100 * 1024 ** 3]);
  const filter = { Name: 'file-system-id' as const, Values: [FileSystemId] };
  const { Backups } = await client.send(new DescribeBackupsCommand({ Filters: [filter] }));
  expect(Backups).toMatchObject([{ Type: 'AWS_BACKUP', FileSystem: { FileSystemType: 'WINDOWS' } }]);
  const BackupId = Backups?.[0]?.BackupId ?? '';
  await expect(client.send(new DeleteBackupCommand({ BackupId }))).rejects.toMatchObject({ name: 'BadRequest' });
  const unknown = client.send(new DescribeBackupsCommand({ BackupIds: ['backup-0123456789abcdef0'] }));
  await expect(unknown).rejects.toBeInstanceOf(BackupNotFound);
  const grow = (StorageCapacity: number) =>
    client.send(
      new UpdateFileSystemCommand({ FileSystemId, StorageCapacity, WindowsConfiguration: { ThroughputCapacity: 32 } }),
    );
  await expect(grow(109)).rejects.toMatchObject({ name: 'BadRequest' });
  const grown = await grow(110);
  expect(grown.FileSystem).toMatchObject({
    StorageCapacity: 110,
    WindowsConfiguration: { ThroughputCapacity: 32, WeeklyMaintenanceStartTime: '7:01:00' },
  });
  await client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['backup'] }));
  expect((await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual([]);
  await here.advance({ days: 1 });
  expect(here.pointsOf(ResourceARN)).toHaveLength(1);
  await client.send(new DeleteFileSystemCommand({ FileSystemId }));
  const gone = client.send(new DescribeFileSystemsCommand({ FileSystemIds: [FileSystemId] }));
  await expect(gone).rejects.toBeInstanceOf(FileSystemNotFound);
  expect(here.pointsOf(ResourceARN)).toHaveLength(1);
});

test('volumes of ONTAP are shown and deleted, file systems of ONTAP are not emulated', async () => {
  const here = world();
  const client = here.client(FSxClient);
  const arn = 'arn:aws:fsx:us-east-1:123456789012:volume/fs-0123456789abcdef0/fsvol-0123456789abcdef0';
  here.add({ arn, type: 'FSx', sizeGiB: 10 });
  const { Volumes } = await client.send(new DescribeVolumesCommand({}));
  expect(Volumes).toMatchObject([
    { FileSystemId: 'fs-0123456789abcdef0', OntapConfiguration: { SizeInMegabytes: 10_240 } },
  ]);
  const VolumeId = 'fsvol-0123456789abcdef0';
  await client.send(new DeleteVolumeCommand({ VolumeId }));
  const gone = client.send(new DescribeVolumesCommand({ VolumeIds: [VolumeId] }));
  await expect(gone).rejects.toBeInstanceOf(VolumeNotFound);
  const ontap = { FileSystemType: 'ONTAP' as const, StorageCapacity: 1024, SubnetIds: ['subnet-1'] };
  await expect(client.send(new CreateFileSystemCommand(ontap))).rejects.toMatchObject({ name: 'NotEmulated' });
});

// prettier-ignore
test.each<[type: string, capacity: number, refused: string | undefined]>([
  ['LUSTRE',      1200, undefined],
  ['LUSTRE',      0,    'BadRequest'],
  ['LUSTRE',      -1,   'BadRequest'],
  ['constructor', 1200, 'NotEmulated'],
])('a file system of type %s with %i GiB: %s', async (type, StorageCapacity, refused) => {
  const FileSystemType = type as 'LUSTRE';
  const made = world().client(FSxClient).send(new CreateFileSystemCommand({ FileSystemType, StorageCapacity, SubnetIds: ['subnet-1'] }));
  await (refused === undefined ? expect(made).resolves.toMatchObject({ FileSystem: { StorageCapacity } }) : expect(made).rejects.toMatchObject({ name: refused }));
});
