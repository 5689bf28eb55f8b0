// Instances, volumes and snapshots by the official client: what is made there is what plans back up.
import {
  AttachVolumeCommand,
  CreateSnapshotCommand,
  CreateTagsCommand,
  CreateVolumeCommand,
  DeleteSnapshotCommand,
  DeleteTagsCommand,
  DeleteVolumeCommand,
  DeregisterImageCommand,
  DescribeAvailabilityZonesCommand,
  DescribeImagesCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstanceCreditSpecificationsCommand,
  DescribeInstancesCommand,
  DescribeInstanceStatusCommand,
  DescribeInstanceTypesCommand,
  DescribeRegionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSnapshotsCommand,
  DescribeSubnetsCommand,
  DescribeTagsCommand,
  DescribeVolumesCommand,
  DescribeVolumesModificationsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  DetachVolumeCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  ModifyVolumeCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { World } from '@holdfast/engine';
import { planOfTag, restore } from '../../support/daily-plan';

const ZONE = 'us-east-1a';
const IMAGE = 'ami-0123456789abcdef0';

function world(): World {
  return new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
}

const daily = [{ Key: 'backup', Value: 'daily' }];

test('a volume is made, backed up, modified and deleted; its snapshots stay, and are deleted in AWS Backup alone', async () => {
  const here = world();
  await planOfTag(here);
  const ec2 = here.client(EC2Client);
  const made = await ec2.send(
    new CreateVolumeCommand({
      AvailabilityZone: ZONE,
      Size: 40,
      VolumeType: 'gp3',
      Encrypted: true,
      TagSpecifications: [{ ResourceType: 'volume', Tags: [...daily, { Key: 'Name', Value: 'é & <data>' }] }],
    }),
  );
  const id = made.VolumeId ?? '';
  expect(made).toMatchObject({
    State: 'available',
    Size: 40,
    Iops: 3000,
    Throughput: 125,
    KmsKeyId: 'arn:aws:kms:us-east-1:123456789012:alias/aws/ebs',
    CreateTime: new Date('2027-01-01T00:00:00Z'),
  });
  await here.advance({ days: 1 });
  const arn = `arn:aws:ec2:us-east-1:123456789012:volume/${id}`;
  expect(here.pointsOf(arn).map(({ sizeBytes }) => sizeBytes)).toEqual([40 * 1024 ** 3]);
  const shown = await ec2.send(new DescribeSnapshotsCommand({ Filters: [{ Name: 'volume-id', Values: [id] }] }));
  expect(shown.Snapshots).toMatchObject([{ VolumeSize: 40, State: 'completed', Encrypted: true }]);
  expect(shown.Snapshots?.[0]?.Tags).toContainEqual({ Key: 'aws:backup:source-resource', Value: arn });
  const snapshot = shown.Snapshots?.[0]?.SnapshotId ?? '';
  expect(here.pointsOf(arn)[0]?.recoveryPointArn).toBe(`arn:aws:ec2:us-east-1::snapshot/${snapshot}`);
  await ec2.send(new ModifyVolumeCommand({ VolumeId: id, Size: 50 }));
  const changed = await ec2.send(new DescribeVolumesModificationsCommand({ VolumeIds: [id] }));
  expect(changed.VolumesModifications).toMatchObject([
    { OriginalSize: 40, TargetSize: 50, ModificationState: 'completed' },
  ]);
  await expect(ec2.send(new ModifyVolumeCommand({ VolumeId: id, Size: 49 }))).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  await ec2.send(new DeleteVolumeCommand({ VolumeId: id }));
  await expect(ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }))).rejects.toMatchObject({
    name: 'InvalidVolume.NotFound',
    message: `The volume '${id}' does not exist.`,
  });
  await here.advance({ days: 1 });
  expect(here.pointsOf(arn)).toHaveLength(1);
  await expect(ec2.send(new DeleteSnapshotCommand({ SnapshotId: snapshot }))).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: expect.stringContaining('managed by the AWS Backup service'),
  });
  // A volume that a restore makes is there in EC2, as the one that was backed up.
  await restore(here, `arn:aws:ec2:us-east-1::snapshot/${snapshot}`, { availabilityZone: ZONE });
  const { Volumes: volumes } = await ec2.send(new DescribeVolumesCommand({}));
  expect(volumes).toMatchObject([{ Size: 40, VolumeType: 'gp3', Encrypted: true, State: 'available' }]);
  expect(volumes?.[0]?.VolumeId).not.toBe(id);
});

test('tags that EC2 changes decide what a plan selects from then on', async () => {
  const here = world();
  await planOfTag(here);
  const ec2 = here.client(EC2Client);
  const { VolumeId: id = '' } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: ZONE, Size: 8 }));
  const arn = `arn:aws:ec2:us-east-1:123456789012:volume/${id}`;
  await here.advance({ days: 1 });
  expect(here.pointsOf(arn)).toHaveLength(0);
  await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: daily }));
  await here.advance({ days: 1 });
  expect(here.pointsOf(arn)).toHaveLength(1);
  const tags = await ec2.send(new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: ['vol-*'] }] }));
  expect(tags.Tags).toEqual([{ Key: 'backup', Value: 'daily', ResourceId: id, ResourceType: 'volume' }]);
  await ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: 'backup', Value: 'hourly' }] }));
  await here.advance({ days: 1 });
  expect(here.pointsOf(arn)).toHaveLength(2);
  await ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: 'backup' }] }));
  await here.advance({ days: 1 });
  expect(here.pointsOf(arn)).toHaveLength(2);
  await expect(ec2.send(new CreateTagsCommand({ Resources: ['x-1'], Tags: daily }))).rejects.toMatchObject({
    name: 'InvalidID',
  });
  const own = ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'aws:x', Value: '1' }] }));
  await expect(own).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

test('an instance runs with its volumes, is stopped and backed up, and goes with the volumes that go with it', async () => {
  const here = world();
  await planOfTag(here);
  const ec2 = here.client(EC2Client);
  const run = await ec2.send(
    new RunInstancesCommand({
      ImageId: IMAGE,
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      BlockDeviceMappings: [
        { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 20, VolumeType: 'gp3' } },
        { DeviceName: '/dev/sdf', Ebs: { VolumeSize: 100, DeleteOnTermination: false } },
      ],
      UserData: Buffer.from('#!/bin/sh').toString('base64'),
      TagSpecifications: [{ ResourceType: 'instance', Tags: daily }],
    }),
  );
  const [instance] = run.Instances ?? [];
  const id = instance?.InstanceId ?? '';
  expect(instance).toMatchObject({ State: { Name: 'running' }, RootDeviceName: '/dev/xvda', Architecture: 'x86_64' });
  const attribute = async (Attribute: 'instanceType' | 'userData' | 'disableApiTermination') =>
    ec2.send(new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute }));
  expect(await attribute('userData')).toMatchObject({ UserData: { Value: 'IyEvYmluL3No' } });
  const credits = await ec2.send(new DescribeInstanceCreditSpecificationsCommand({ InstanceIds: [id] }));
  expect(credits.InstanceCreditSpecifications).toEqual([{ InstanceId: id, CpuCredits: 'unlimited' }]);
  const type = new ModifyInstanceAttributeCommand({ InstanceId: id, InstanceType: { Value: 'm7g.2xlarge' } });
  await expect(ec2.send(type)).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
  await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
  await ec2.send(type);
  expect(await attribute('instanceType')).toMatchObject({ InstanceType: { Value: 'm7g.2xlarge' } });
  const status = await ec2.send(new DescribeInstanceStatusCommand({ InstanceIds: [id] }));
  expect(status.InstanceStatuses).toEqual([]);
  await here.advance({ days: 1 });
  const arn = `arn:aws:ec2:us-east-1:123456789012:instance/${id}`;
  expect(here.pointsOf(arn).map(({ sizeBytes }) => sizeBytes)).toEqual([120 * 1024 ** 3]);
  const images = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
  expect(images.Images).toMatchObject([{ SourceInstanceId: id, State: 'available' }]);
  const image = images.Images?.[0]?.ImageId ?? '';
  await expect(ec2.send(new DeregisterImageCommand({ ImageId: image }))).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  const started = await ec2.send(new StartInstancesCommand({ InstanceIds: [id] }));
  expect(started.StartingInstances).toMatchObject([{ PreviousState: { Name: 'stopped' } }]);
  const protect = (Value: boolean) =>
    ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: id, DisableApiTermination: { Value } }));
  await protect(true);
  await expect(ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))).rejects.toMatchObject({
    name: 'OperationNotPermitted',
  });
  await protect(false);
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  expect(Reservations?.[0]?.Instances).toMatchObject([{ State: { Name: 'terminated' }, BlockDeviceMappings: [] }]);
  await expect(ec2.send(new StartInstancesCommand({ InstanceIds: [id] }))).rejects.toMatchObject({
    name: 'InvalidInstanceID.NotFound',
  });
  await here.advance({ hours: 1 });
  await expect(ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))).rejects.toMatchObject({
    name: 'InvalidInstanceID.NotFound',
    message: `The instance ID '${id}' does not exist`,
  });
  const { Volumes: left } = await ec2.send(new DescribeVolumesCommand({}));
  expect(left).toMatchObject([{ Size: 100, State: 'available', Attachments: [] }]);
});

test('a volume is attached and detached, and its snapshot by hand makes another volume', async () => {
  const ec2 = world().client(EC2Client);
  const run = await ec2.send(new RunInstancesCommand({ ImageId: IMAGE, MinCount: 1, MaxCount: 1 }));
  const InstanceId = run.Instances?.[0]?.InstanceId ?? '';
  const { VolumeId = '' } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: ZONE, Size: 10 }));
  const far = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: 'us-east-1b', Size: 10 }));
  const attach = (one: string) => ec2.send(new AttachVolumeCommand({ VolumeId: one, InstanceId, Device: '/dev/sdg' }));
  await expect(attach(far.VolumeId ?? '')).rejects.toMatchObject({ name: 'InvalidVolume.ZoneMismatch' });
  await attach(VolumeId);
  await expect(attach(VolumeId)).rejects.toMatchObject({ name: 'VolumeInUse' });
  await expect(ec2.send(new DeleteVolumeCommand({ VolumeId }))).rejects.toMatchObject({ name: 'VolumeInUse' });
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [InstanceId] }));
  const devices = Reservations?.[0]?.Instances?.[0]?.BlockDeviceMappings?.map(({ DeviceName }) => DeviceName);
  expect(devices).toEqual(['/dev/sdg', '/dev/xvda']);
  await ec2.send(new DetachVolumeCommand({ VolumeId }));
  await expect(ec2.send(new DetachVolumeCommand({ VolumeId }))).rejects.toMatchObject({ name: 'IncorrectState' });
  const { SnapshotId = '' } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
  const copy = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: ZONE, SnapshotId }));
  expect(copy).toMatchObject({ Size: 10, SnapshotId });
  await ec2.send(new DeleteSnapshotCommand({ SnapshotId }));
  await expect(ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: [SnapshotId] }))).rejects.toMatchObject({
    name: 'InvalidSnapshot.NotFound',
  });
});

// prettier-ignore
test.each([
  ['gp2',      1,      true],  ['gp2',      0,      false], ['gp2',      16_384, true], ['gp2', 16_385, false],
  ['standard', 1024,   true],  ['standard', 1025,   false],
  ['st1',      125,    true],  ['st1',      124,    false],
  ['io1',      4,      true],  ['io1',      3,      false],
  ['gp9',      8,      false],  ['constructor', 8, false],
] as const)('a volume of type %s and %d GiB: allowed %s', async (VolumeType, Size, allowed) => {
  const ec2 = world().client(EC2Client);
  const Iops = VolumeType === 'io1' ? 100 : undefined;
  const made = ec2.send(new CreateVolumeCommand({ AvailabilityZone: ZONE, Size, VolumeType: VolumeType as 'gp2', ...(Iops && { Iops }) }));
  await (allowed ? expect(made).resolves.toMatchObject({ Size }) : expect(made).rejects.toMatchObject({ name: 'InvalidParameterValue' }));
});

test('every Region begins with a default VPC, a subnet in each zone, and what lists ask for is known by name', async () => {
  const ec2 = world().client(EC2Client, { region: 'eu-central-1' });
  const { AvailabilityZones: zones } = await ec2.send(new DescribeAvailabilityZonesCommand({}));
  expect(zones?.map(({ ZoneName, ZoneId }) => [ZoneName, ZoneId])[0]).toEqual(['eu-central-1a', 'euc1-az1']);
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }));
  const vpc = Vpcs?.[0]?.VpcId ?? '';
  const inVpc = { Filters: [{ Name: 'vpc-id', Values: [vpc] }] };
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand(inVpc));
  expect(Subnets?.map(({ CidrBlock }) => CidrBlock)).toEqual(['172.31.0.0/20', '172.31.16.0/20', '172.31.32.0/20']);
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand(inVpc));
  expect(SecurityGroups?.map(({ GroupName }) => GroupName)).toEqual(['default']);
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand(inVpc));
  expect(RouteTables?.[0]?.Associations).toMatchObject([{ Main: true }]);
  const dns = await ec2.send(new DescribeVpcAttributeCommand({ VpcId: vpc, Attribute: 'enableDnsHostnames' }));
  expect(dns.EnableDnsHostnames).toEqual({ Value: true });
  const { Regions } = await ec2.send(new DescribeRegionsCommand({ RegionNames: ['eu-central-1'] }));
  expect(Regions).toHaveLength(1);
  const { InstanceTypes } = await ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes: ['t4g.xlarge'] }));
  expect(InstanceTypes).toMatchObject([{ BurstablePerformanceSupported: true, VCpuInfo: { DefaultVCpus: 4 } }]);
  const unknown = ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: 'nonsense', Values: ['x'] }] }));
  await expect(unknown).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  await expect(ec2.send(new DescribeVpcsCommand({ VpcIds: ['vpc-1'] }))).rejects.toMatchObject({
    name: 'InvalidVpcID.NotFound',
  });
  const type = ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes: ['z' as 't3.micro'] }));
  await expect(type).rejects.toMatchObject({ name: 'InvalidInstanceType' });
});
