// Networks by templates: what stands is what EC2, EFS and IAM show, and it goes again.
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import * as ec2 from '@aws-sdk/client-ec2';
import * as efs from '@aws-sdk/client-efs';
import { GetInstanceProfileCommand, IAMClient } from '@aws-sdk/client-iam';
import { att, BASE, GROUP, named, OneStack, ref, StackName, VPC } from '../../support/one-stack';

let stack: OneStack;

beforeEach(() => {
  stack = new OneStack();
});

const PUBLIC = {
  Gateway: { Type: 'AWS::EC2::InternetGateway', Properties: { Tags: named('net') } },
  Attached: {
    Type: 'AWS::EC2::VPCGatewayAttachment',
    Properties: { VpcId: ref('Vpc'), InternetGatewayId: ref('Gateway') },
  },
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } },
  Associated: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { RouteTableId: ref('Table'), SubnetId: ref('B') },
  },
  Out: {
    Type: 'AWS::EC2::Route',
    DependsOn: 'Attached',
    Properties: { RouteTableId: ref('Table'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gateway') },
  },
  Address: { Type: 'AWS::EC2::EIP', DependsOn: 'Attached', Properties: { Domain: 'vpc' } },
  Nat: {
    Type: 'AWS::EC2::NatGateway',
    Properties: { SubnetId: ref('B'), AllocationId: att('Address', 'AllocationId') },
  },
};

test('a network comes about as EC2 shows it, changes in place, and is deleted whole', async () => {
  const client = stack.world.client(ec2.EC2Client);
  const ids = await stack.deploy({ ...BASE, ...PUBLIC });
  const vpcs = await client.send(new ec2.DescribeVpcsCommand({ Filters: [{ Name: 'tag:Name', Values: ['net'] }] }));
  expect(vpcs.Vpcs).toMatchObject([{ VpcId: ids['Vpc'], CidrBlock: '10.0.0.0/16', IsDefault: false }]);
  const dns = { VpcId: ids['Vpc'] as string, Attribute: 'enableDnsHostnames' as const };
  const read = async () => (await client.send(new ec2.DescribeVpcAttributeCommand(dns))).EnableDnsHostnames?.Value;
  expect(await read()).toBe(true);
  const inVpc = [{ Name: 'vpc-id', Values: [String(ids['Vpc'])] }];
  const { Subnets } = await client.send(new ec2.DescribeSubnetsCommand({ Filters: inVpc }));
  expect(Subnets).toMatchObject([
    { SubnetId: ids['A'], MapPublicIpOnLaunch: false, AvailableIpAddressCount: 251 },
    { SubnetId: ids['B'], MapPublicIpOnLaunch: true, AvailableIpAddressCount: 250 },
  ]);
  const { RouteTables } = await client.send(
    new ec2.DescribeRouteTablesCommand({ RouteTableIds: [String(ids['Table'])] }),
  );
  expect(RouteTables?.[0]).toMatchObject({
    Associations: [{ SubnetId: ids['B'], Main: false }],
    Routes: [
      { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' },
      { DestinationCidrBlock: '0.0.0.0/0', GatewayId: ids['Gateway'], State: 'active' },
    ],
  });
  const { NatGateways } = await client.send(new ec2.DescribeNatGatewaysCommand({}));
  expect(NatGateways?.[0]?.NatGatewayAddresses).toMatchObject([{ PublicIp: ids['Address'] }]);

  const Vpc = { ...VPC, Properties: { ...VPC.Properties, EnableDnsHostnames: false, Tags: named('changed') } };
  const Out = {
    ...PUBLIC.Out,
    Properties: { ...PUBLIC.Out.Properties, GatewayId: undefined, NatGatewayId: ref('Nat') },
  };
  const Other = PUBLIC.Table;
  const Associated = {
    ...PUBLIC.Associated,
    Properties: { RouteTableId: ref('Other'), SubnetId: ref('B') },
  };
  const after = await stack.update({ ...BASE, ...PUBLIC, Vpc, Out, Other, Associated });
  expect([after['Vpc'], await read()]).toEqual([ids['Vpc'], false]);
  const of = [{ Name: 'association.subnet-id', Values: [String(ids['B'])] }];
  const moved = await client.send(new ec2.DescribeRouteTablesCommand({ Filters: of }));
  expect(moved.RouteTables).toMatchObject([{ RouteTableId: after['Other'] }]);
  const tables = await client.send(new ec2.DescribeRouteTablesCommand({ RouteTableIds: [String(ids['Table'])] }));
  expect(tables.RouteTables?.[0]?.Routes?.[1]).toMatchObject({ NatGatewayId: ids['Nat'] });
  await stack.destroy();
  expect((await client.send(new ec2.DescribeVpcsCommand({}))).Vpcs).toMatchObject([{ IsDefault: true }]);
  expect((await client.send(new ec2.DescribeAddressesCommand({}))).Addresses).toEqual([]);
});

test('a security group has the rules that its template and rules of their own say last', async () => {
  const client = stack.world.client(ec2.EC2Client);
  const Alone = {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: {
      GroupId: att('Group', 'GroupId'),
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      SourceSecurityGroupId: ref('Group'),
      Description: 'from its like',
    },
  };
  const ids = await stack.deploy({ ...BASE, Group: GROUP, Alone });
  const GroupIds = [String(ids['Group'])];
  const read = async () => {
    const { SecurityGroups } = await client.send(new ec2.DescribeSecurityGroupsCommand({ GroupIds }));
    return SecurityGroups?.[0];
  };
  expect(await read()).toMatchObject({
    IpPermissions: [
      { FromPort: 5432, IpRanges: [{ CidrIp: '10.0.0.0/16' }] },
      { FromPort: 443, UserIdGroupPairs: [{ GroupId: ids['Group'], Description: 'from its like' }] },
    ],
    IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  });
  const SecurityGroupEgress = [{ IpProtocol: '-1', CidrIp: '10.0.0.0/16' }];
  const SecurityGroupIngress = [{ IpProtocol: 'udp', FromPort: 53, ToPort: 53, CidrIp: '10.0.0.0/16' }];
  const Group = { ...GROUP, Properties: { ...GROUP.Properties, SecurityGroupEgress, SecurityGroupIngress } };
  const described = { ...Alone, Properties: { ...Alone.Properties, Description: 'changed' } };
  const after = await stack.update({ ...BASE, Group, Alone: described });
  expect(after).toEqual(ids);
  expect(await read()).toMatchObject({
    IpPermissions: [
      { FromPort: 443, UserIdGroupPairs: [{ Description: 'changed' }] },
      { IpProtocol: 'udp', FromPort: 53 },
    ],
    IpPermissionsEgress: [{ IpRanges: [{ CidrIp: '10.0.0.0/16' }] }],
  });
  await stack.destroy();
});

test('a file system is reached in the subnets and by the groups of its mount targets', async () => {
  const client = stack.world.client(efs.EFSClient);
  const Files = { Type: 'AWS::EFS::FileSystem', Properties: {} };
  const Target = {
    Type: 'AWS::EFS::MountTarget',
    Properties: { FileSystemId: ref('Files'), SubnetId: ref('A'), SecurityGroups: [ref('Group')] },
  };
  const ids = await stack.deploy({ ...BASE, Group: GROUP, Files, Target });
  const FileSystemId = String(ids['Files']);
  const { MountTargets } = await client.send(new efs.DescribeMountTargetsCommand({ FileSystemId }));
  expect(MountTargets).toMatchObject([{ MountTargetId: ids['Target'], SubnetId: ids['A'], VpcId: ids['Vpc'] }]);
  expect(MountTargets?.[0]?.IpAddress).toMatch(/^10\.0\.0\.\d+$/);
  const Other = { ...GROUP, Properties: { ...GROUP.Properties, GroupDescription: 'another' } };
  const changed = { ...Target, Properties: { ...Target.Properties, SecurityGroups: [ref('Other')] } };
  const after = await stack.update({ ...BASE, Group: GROUP, Files, Other, Target: changed });
  const MountTargetId = String(ids['Target']);
  const groups = await client.send(new efs.DescribeMountTargetSecurityGroupsCommand({ MountTargetId }));
  expect(groups.SecurityGroups).toEqual([after['Other']]);
  await stack.destroy();
});

test('an instance stands in its subnet with its groups and profile, none of which goes before it', async () => {
  const Role = {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
    },
  };
  const Profile = { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [ref('Role')] } };
  const Web = {
    Type: 'AWS::EC2::Instance',
    Properties: {
      ImageId: 'ami-0123456789abcdef0',
      InstanceType: 't3.large',
      SubnetId: ref('A'),
      SecurityGroupIds: [ref('Group')],
      IamInstanceProfile: ref('Profile'),
      Tags: named('web'),
    },
  };
  const Outputs = { Ip: { Value: att('Web', 'PrivateIp') }, Vpc: { Value: att('Web', 'VpcId') } };
  const ids = await stack.deploy({ ...BASE, Group: GROUP, Role, Profile, Web }, Outputs);
  const { Reservations } = await stack.world.client(ec2.EC2Client).send(new ec2.DescribeInstancesCommand({}));
  const shown = Reservations?.[0]?.Instances?.[0];
  expect(shown).toMatchObject({
    InstanceId: ids['Web'],
    InstanceType: 't3.large',
    SubnetId: ids['A'],
    VpcId: ids['Vpc'],
    SecurityGroups: [{ GroupId: ids['Group'] }],
    IamInstanceProfile: { Arn: `arn:aws:iam::123456789012:instance-profile/${ids['Profile']}` },
  });
  const { Stacks } = await stack.world.client(CloudFormationClient).send(new DescribeStacksCommand({ StackName }));
  const outputs = Object.fromEntries(
    (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  expect(outputs).toEqual({ Ip: shown?.PrivateIpAddress, Vpc: ids['Vpc'] });
  const InstanceProfileName = ids['Profile'];
  const { InstanceProfile } = await stack.world
    .client(IAMClient)
    .send(new GetInstanceProfileCommand({ InstanceProfileName }));
  expect(InstanceProfile?.Roles).toMatchObject([{ RoleName: ids['Role'] }]);
  const inUse = stack.world.client(ec2.EC2Client).send(new ec2.DeleteSubnetCommand({ SubnetId: ids['A'] }));
  await expect(inUse).rejects.toMatchObject({ name: 'DependencyViolation' });
  await stack.destroy();
});

test('an access point of a file system is one user under one folder, and goes before the file system', async () => {
  const client = stack.world.client(efs.EFSClient);
  const Files = { Type: 'AWS::EFS::FileSystem', Properties: {} };
  const Point = {
    Type: 'AWS::EFS::AccessPoint',
    Properties: {
      FileSystemId: ref('Files'),
      PosixUser: { Uid: '1000', Gid: '1001' },
      RootDirectory: { Path: '/app', CreationInfo: { OwnerUid: '1000', OwnerGid: '1001', Permissions: '755' } },
      AccessPointTags: named('before'),
    },
  };
  const ids = await stack.deploy({ Files, Point });
  const read = async () => (await client.send(new efs.DescribeAccessPointsCommand({}))).AccessPoints;
  const kept = { AccessPointId: ids['Point'], FileSystemId: ids['Files'], PosixUser: { Uid: 1000, Gid: 1001 } };
  expect(await read()).toMatchObject([{ ...kept, Name: 'before', RootDirectory: { Path: '/app' } }]);
  const inUse = client.send(new efs.DeleteFileSystemCommand({ FileSystemId: ids['Files'] }));
  await expect(inUse).rejects.toMatchObject({ name: 'FileSystemInUse' });
  await stack.update({
    Files,
    Point: { ...Point, Properties: { ...Point.Properties, AccessPointTags: named('after') } },
  });
  expect(await read()).toMatchObject([{ ...kept, Name: 'after' }]);
  await stack.destroy();
  expect(await read()).toEqual([]);
});

test('a volume and a file system are of the kind that their template says', async () => {
  const Volume = {
    Type: 'AWS::EC2::Volume',
    Properties: { AvailabilityZone: 'us-east-1b', Size: 100, VolumeType: 'gp3', Iops: 4000 },
  };
  const LifecyclePolicies = [{ TransitionToIA: 'AFTER_30_DAYS' }];
  const Files = { Type: 'AWS::EFS::FileSystem', Properties: { ThroughputMode: 'elastic', LifecyclePolicies } };
  const ids = await stack.deploy({ Volume, Files });
  const { Volumes } = await stack.world.client(ec2.EC2Client).send(new ec2.DescribeVolumesCommand({}));
  const kept = { VolumeId: ids['Volume'], AvailabilityZone: 'us-east-1b', VolumeType: 'gp3', Iops: 4000 };
  expect(Volumes).toMatchObject([kept]);
  const client = stack.world.client(efs.EFSClient);
  const { FileSystems } = await client.send(new efs.DescribeFileSystemsCommand({}));
  expect(FileSystems).toMatchObject([{ FileSystemId: ids['Files'], ThroughputMode: 'elastic' }]);
  const FileSystemId = String(ids['Files']);
  const read = () => client.send(new efs.DescribeLifecycleConfigurationCommand({ FileSystemId }));
  expect((await read()).LifecyclePolicies).toEqual(LifecyclePolicies);
  await stack.update({
    Volume: { ...Volume, Properties: { ...Volume.Properties, Iops: 5000 } },
    Files: { ...Files, Properties: { ThroughputMode: 'elastic' } },
  });
  const changed = await stack.world.client(ec2.EC2Client).send(new ec2.DescribeVolumesCommand({}));
  expect(changed.Volumes).toMatchObject([{ ...kept, Iops: 5000 }]);
  expect((await read()).LifecyclePolicies).toEqual([]);
});
