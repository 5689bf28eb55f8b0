// File systems by the official client, with their automatic backups.
import { BackupClient, ListBackupPlansCommand } from '@aws-sdk/client-backup';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateAccessPointCommand,
  CreateFileSystemCommand,
  CreateMountTargetCommand,
  DeleteAccessPointCommand,
  DeleteFileSystemCommand,
  DeleteFileSystemPolicyCommand,
  DeleteMountTargetCommand,
  DescribeAccessPointsCommand,
  DescribeBackupPolicyCommand,
  DescribeFileSystemPolicyCommand,
  DescribeFileSystemsCommand,
  DescribeLifecycleConfigurationCommand,
  DescribeMountTargetsCommand,
  DescribeMountTargetSecurityGroupsCommand,
  EFSClient,
  FileSystemAlreadyExists,
  FileSystemNotFound,
  ListTagsForResourceCommand,
  MountTargetNotFound,
  PutBackupPolicyCommand,
  PutFileSystemPolicyCommand,
  PutLifecycleConfigurationCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFileSystemCommand,
  UpdateFileSystemProtectionCommand,
} from '@aws-sdk/client-efs';
import { World } from '@holdfast/engine';
import { planOfTag, restore } from '../../support/daily-plan';

function world(): World {
  return new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
}

test('a file system is made, tagged, backed up, restored and deleted', async () => {
  const here = world();
  await planOfTag(here);
  const client = here.client(EFSClient);
  const made = await client.send(new CreateFileSystemCommand({ CreationToken: 'one', Encrypted: true }));
  const FileSystemId = made.FileSystemId ?? '';
  expect(made).toMatchObject({
    LifeCycleState: 'available',
    KmsKeyId: 'arn:aws:kms:us-east-1:123456789012:alias/aws/elasticfilesystem',
    CreationTime: new Date('2027-01-01T00:00:00Z'),
  });
  const again = await client.send(new CreateFileSystemCommand({ CreationToken: 'one' })).catch((one: unknown) => one);
  expect(again).toBeInstanceOf(FileSystemAlreadyExists);
  expect(again).toMatchObject({ ErrorCode: 'FileSystemAlreadyExists', $metadata: { httpStatusCode: 409 } });
  await client.send(new TagResourceCommand({ ResourceId: FileSystemId, Tags: [{ Key: 'backup', Value: 'daily' }] }));
  await here.advance({ days: 1 });
  const [point] = here.pointsOf(FileSystemId);
  expect(point).toBeDefined();
  await client.send(new UntagResourceCommand({ ResourceId: FileSystemId, TagKeys: ['backup'] }));
  expect((await client.send(new ListTagsForResourceCommand({ ResourceId: FileSystemId }))).Tags).toEqual([]);
  await here.advance({ days: 1 });
  expect(here.pointsOf(FileSystemId)).toHaveLength(1);
  await restore(here, point?.recoveryPointArn ?? '', {
    'file-system-id': FileSystemId,
    Encrypted: 'true',
    KmsKeyId: 'alias/aws/elasticfilesystem',
    PerformanceMode: 'generalPurpose',
    CreationToken: 'two',
    newFileSystem: 'true',
  });
  const { FileSystems } = await client.send(new DescribeFileSystemsCommand({}));
  expect(FileSystems?.map(({ SizeInBytes }) => SizeInBytes?.Value)).toEqual([point?.sizeBytes, point?.sizeBytes]);
  await client.send(new DeleteFileSystemCommand({ FileSystemId }));
  const gone = client.send(new DescribeFileSystemsCommand({ FileSystemId }));
  await expect(gone).rejects.toBeInstanceOf(FileSystemNotFound);
});

test('automatic backups are a plan of AWS Backup that keeps a daily backup for 35 days, until they are turned off', async () => {
  const here = world();
  const client = here.client(EFSClient);
  const { FileSystemId = '' } = await client.send(new CreateFileSystemCommand({ CreationToken: 'one' }));
  const policy = async () =>
    (await client.send(new DescribeBackupPolicyCommand({ FileSystemId }))).BackupPolicy?.Status;
  const put = (Status: 'ENABLED' | 'DISABLED') =>
    client.send(new PutBackupPolicyCommand({ FileSystemId, BackupPolicy: { Status } }));
  expect(await policy()).toBe('DISABLED');
  await put('ENABLED');
  await client.send(new CreateFileSystemCommand({ CreationToken: 'two', Backup: true }));
  expect(await policy()).toBe('ENABLED');
  const { BackupPlansList } = await here.client(BackupClient).send(new ListBackupPlansCommand({}));
  expect(BackupPlansList).toHaveLength(1);
  await here.advance({ days: 40 });
  const points = here.pointsOf(FileSystemId);
  expect(new Set(points.map(({ backupVaultName }) => backupVaultName))).toEqual(
    new Set(['aws/efs/automatic-backup-vault']),
  );
  expect(points).toHaveLength(35);
  await put('DISABLED');
  await here.advance({ days: 40 });
  expect(here.pointsOf(FileSystemId)).toEqual([]);
});

test('policies, lifecycle, throughput, protection and mount targets are kept', async () => {
  const here = world();
  const client = here.client(EFSClient);
  const { FileSystemId = '' } = await client.send(new CreateFileSystemCommand({ CreationToken: 'one' }));
  const LifecyclePolicies = [{ TransitionToIA: 'AFTER_30_DAYS' as const }];
  await client.send(new PutLifecycleConfigurationCommand({ FileSystemId, LifecyclePolicies }));
  const lifecycle = await client.send(new DescribeLifecycleConfigurationCommand({ FileSystemId }));
  expect(lifecycle.LifecyclePolicies).toEqual(LifecyclePolicies);
  const policy = () => client.send(new DescribeFileSystemPolicyCommand({ FileSystemId }));
  await expect(policy()).rejects.toMatchObject({ name: 'PolicyNotFound' });
  const put = (Policy: string) => client.send(new PutFileSystemPolicyCommand({ FileSystemId, Policy }));
  await expect(put('{')).rejects.toMatchObject({ name: 'InvalidPolicyException' });
  await put('{"Statement":[]}');
  expect((await policy()).Policy).toBe('{"Statement":[]}');
  await client.send(new DeleteFileSystemPolicyCommand({ FileSystemId }));
  await expect(policy()).rejects.toMatchObject({ name: 'PolicyNotFound' });
  const elastic = await client.send(new UpdateFileSystemCommand({ FileSystemId, ThroughputMode: 'elastic' }));
  expect(elastic.ThroughputMode).toBe('elastic');
  const unprotected = { FileSystemId, ReplicationOverwriteProtection: 'DISABLED' as const };
  const protection = await client.send(new UpdateFileSystemProtectionCommand(unprotected));
  expect(protection.ReplicationOverwriteProtection).toBe('DISABLED');
  const { Subnets } = await here.client(EC2Client).send(new DescribeSubnetsCommand({}));
  const mount = { FileSystemId, SubnetId: Subnets?.[1]?.SubnetId ?? '' };
  const target = await client.send(new CreateMountTargetCommand(mount));
  const { MountTargetId = '' } = target;
  expect(target).toMatchObject({ AvailabilityZoneName: 'us-east-1b', LifeCycleState: 'available' });
  await expect(client.send(new CreateMountTargetCommand(mount))).rejects.toMatchObject({ name: 'MountTargetConflict' });
  const groups = await client.send(new DescribeMountTargetSecurityGroupsCommand({ MountTargetId }));
  expect(groups.SecurityGroups).toHaveLength(1);
  const inUse = client.send(new DeleteFileSystemCommand({ FileSystemId }));
  await expect(inUse).rejects.toMatchObject({ name: 'FileSystemInUse' });
  await client.send(new DeleteMountTargetCommand({ MountTargetId }));
  const gone = client.send(new DescribeMountTargetsCommand({ MountTargetId }));
  await expect(gone).rejects.toBeInstanceOf(MountTargetNotFound);
});

test('an access point has tags by its id, and its token makes no second one', async () => {
  const here = world();
  const efs = here.client(EFSClient);
  const { FileSystemId } = await efs.send(new CreateFileSystemCommand({ CreationToken: 'points' }));
  const made = { FileSystemId, ClientToken: 'one' };
  const { AccessPointId } = await efs.send(new CreateAccessPointCommand(made));
  const again = efs.send(new CreateAccessPointCommand(made));
  await expect(again).rejects.toMatchObject({ name: 'AccessPointAlreadyExists' });
  await efs.send(new TagResourceCommand({ ResourceId: AccessPointId, Tags: [{ Key: 'Name', Value: 'a' }] }));
  const { AccessPoints } = await efs.send(new DescribeAccessPointsCommand({ FileSystemId }));
  expect(AccessPoints).toMatchObject([{ AccessPointId, Name: 'a', RootDirectory: { Path: '/' } }]);
  await efs.send(new UntagResourceCommand({ ResourceId: AccessPointId, TagKeys: ['Name'] }));
  const { Tags } = await efs.send(new ListTagsForResourceCommand({ ResourceId: AccessPointId }));
  expect(Tags).toEqual([]);
  await efs.send(new DeleteAccessPointCommand({ AccessPointId }));
  const gone = efs.send(new DescribeAccessPointsCommand({ AccessPointId }));
  await expect(gone).rejects.toMatchObject({ name: 'AccessPointNotFound' });
});
