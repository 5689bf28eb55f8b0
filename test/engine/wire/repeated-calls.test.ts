// Calls that a client makes again with the token of the first one: nothing is made twice, and another request with the token is refused.
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  AllocateAddressCommand,
  CreateNatGatewayCommand,
  CreateVolumeCommand,
  DeleteVolumeCommand,
  DescribeInstancesCommand,
  DescribeNatGatewaysCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateFileSystemCommand, DescribeFileSystemsCommand, FSxClient } from '@aws-sdk/client-fsx';
import { CreateSecretCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { World } from '@holdfast/engine';

const MISMATCH = {
  name: 'IdempotentParameterMismatch',
  message: 'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).',
};

function world(): World {
  return new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
}

test('CreateVolume makes one volume for a token, and others without one', async () => {
  const ec2 = world().client(EC2Client);
  const asked = { AvailabilityZone: 'us-east-1a', Size: 10, ClientToken: 'one' };
  const first = await ec2.send(new CreateVolumeCommand(asked));
  expect((await ec2.send(new CreateVolumeCommand(asked))).VolumeId).toBe(first.VolumeId);
  await expect(ec2.send(new CreateVolumeCommand({ ...asked, Size: 11 }))).rejects.toMatchObject(MISMATCH);
  expect((await ec2.send(new DescribeVolumesCommand({}))).Volumes).toHaveLength(1);
  const other = await ec2.send(new CreateVolumeCommand({ ...asked, ClientToken: 'two' }));
  expect(other.VolumeId).not.toBe(first.VolumeId);
  await ec2.send(new DeleteVolumeCommand({ VolumeId: first.VolumeId }));
  await expect(ec2.send(new CreateVolumeCommand(asked))).rejects.toMatchObject({ name: 'InvalidVolume.NotFound' });
});

test('a token of one Region and account is none of another', async () => {
  const here = world();
  const asked = { Size: 10, ClientToken: 'one' };
  const east = here.client(EC2Client);
  const west = here.client(EC2Client, { region: 'us-west-2' });
  await east.send(new CreateVolumeCommand({ ...asked, AvailabilityZone: 'us-east-1a' }));
  await west.send(new CreateVolumeCommand({ ...asked, AvailabilityZone: 'us-west-2a' }));
  expect((await west.send(new DescribeVolumesCommand({}))).Volumes).toHaveLength(1);
});

test('RunInstances starts what it started, and says so when that was terminated', async () => {
  const ec2 = world().client(EC2Client);
  const asked = { ImageId: 'ami-0123456789abcdef0', MinCount: 2, MaxCount: 2, ClientToken: 'one' };
  const first = await ec2.send(new RunInstancesCommand(asked));
  const again = await ec2.send(new RunInstancesCommand(asked));
  expect(again.ReservationId).toBe(first.ReservationId);
  expect(again.Instances?.map((one) => one.InstanceId)).toEqual(first.Instances?.map((one) => one.InstanceId));
  expect((await ec2.send(new DescribeInstancesCommand({}))).Reservations?.flatMap((one) => one.Instances)).toHaveLength(
    2,
  );
  await expect(ec2.send(new RunInstancesCommand({ ...asked, MaxCount: 3 }))).rejects.toMatchObject(MISMATCH);
  const [instance] = first.Instances ?? [];
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [instance?.InstanceId ?? ''] }));
  await expect(ec2.send(new RunInstancesCommand(asked))).rejects.toMatchObject({
    name: 'IdempotentInstanceTerminated',
  });
});

test('CreateNatGateway makes one gateway for a token, though its address is in use by then', async () => {
  const ec2 = world().client(EC2Client);
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  const asked = { SubnetId: Subnets[0]?.SubnetId, AllocationId, ClientToken: 'one' };
  const first = await ec2.send(new CreateNatGatewayCommand(asked));
  const again = await ec2.send(new CreateNatGatewayCommand(asked));
  expect(again).toMatchObject({ ClientToken: 'one', NatGateway: { NatGatewayId: first.NatGateway?.NatGatewayId } });
  const other = { ...asked, SubnetId: Subnets[1]?.SubnetId };
  await expect(ec2.send(new CreateNatGatewayCommand(other))).rejects.toMatchObject(MISMATCH);
  expect((await ec2.send(new DescribeNatGatewaysCommand({}))).NatGateways).toHaveLength(1);
});

test('CreateFileSystem of FSx makes one file system for a token', async () => {
  const fsx = world().client(FSxClient);
  const asked = {
    FileSystemType: 'LUSTRE' as const,
    StorageCapacity: 1200,
    SubnetIds: ['subnet-1'],
    ClientRequestToken: 'one',
  };
  const first = await fsx.send(new CreateFileSystemCommand(asked));
  const again = await fsx.send(new CreateFileSystemCommand(asked));
  expect(again.FileSystem?.FileSystemId).toBe(first.FileSystem?.FileSystemId);
  await expect(fsx.send(new CreateFileSystemCommand({ ...asked, StorageCapacity: 2400 }))).rejects.toMatchObject({
    name: 'IncompatibleParameterError',
    Parameter: 'ClientRequestToken',
  });
  expect((await fsx.send(new DescribeFileSystemsCommand({}))).FileSystems).toHaveLength(1);
});

test('CreateSecret again with the same token and value answers with the secret; another value is refused', async () => {
  const secrets = world().client(SecretsManagerClient);
  const asked = { Name: 'password', SecretString: 'hush', ClientRequestToken: '00000000-0000-4000-8000-000000000001' };
  const first = await secrets.send(new CreateSecretCommand(asked));
  const again = await secrets.send(new CreateSecretCommand(asked));
  expect(again).toMatchObject({ ARN: first.ARN, Name: 'password', VersionId: asked.ClientRequestToken });
  const refusal = { name: 'ResourceExistsException' };
  await expect(secrets.send(new CreateSecretCommand({ ...asked, SecretString: 'loud' }))).rejects.toMatchObject(
    refusal,
  );
  const another = { ...asked, ClientRequestToken: '00000000-0000-4000-8000-000000000002' };
  await expect(secrets.send(new CreateSecretCommand(another))).rejects.toMatchObject(refusal);
  expect((await secrets.send(new ListSecretsCommand({}))).SecretList).toHaveLength(1);
});

test('CreateStack again with the same token answers with the stack, as long as it stands', async () => {
  const client = world().client(CloudFormationClient);
  const body = (BackupVaultName: string) =>
    JSON.stringify({ Resources: { Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName } } } });
  const asked = { StackName: 'team', TemplateBody: body('first'), ClientRequestToken: 'one' };
  const first = await client.send(new CreateStackCommand(asked));
  expect((await client.send(new CreateStackCommand(asked))).StackId).toBe(first.StackId);
  const refusal = { name: 'AlreadyExistsException', message: 'Stack [team] already exists' };
  for (const other of [
    { ...asked, ClientRequestToken: 'two' },
    { ...asked, ClientRequestToken: undefined },
    { ...asked, TemplateBody: body('second') },
  ]) {
    await expect(client.send(new CreateStackCommand(other))).rejects.toMatchObject(refusal);
  }
  await client.send(new DeleteStackCommand({ StackName: 'team' }));
  expect((await client.send(new CreateStackCommand(asked))).StackId).not.toBe(first.StackId);
  expect((await client.send(new ListStacksCommand({}))).StackSummaries).toHaveLength(2);
});
