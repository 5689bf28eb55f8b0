// Networks, secrets and databases by templates: what stands is what their services show, and it goes again.
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import * as ec2 from '@aws-sdk/client-ec2';
import * as efs from '@aws-sdk/client-efs';
import { GetInstanceProfileCommand, IAMClient } from '@aws-sdk/client-iam';
import * as rds from '@aws-sdk/client-rds';
import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { World } from '@holdfast/engine';

const StackName = 'team';
const Capabilities = ['CAPABILITY_NAMED_IAM' as const];

let world: World;

beforeEach(() => {
  world = new World({ start: '2027-01-01T00:00:00Z' });
});

type Resources = Readonly<Record<string, object>>;

async function failures(): Promise<string[]> {
  const { StackEvents = [] } = await world
    .client(CloudFormationClient)
    .send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('FAILED')).map(
    ({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`,
  );
}

async function deploy(Resources: Resources, Outputs = {}): Promise<Record<string, string>> {
  const client = world.client(CloudFormationClient);
  const TemplateBody = JSON.stringify({ Resources, Outputs });
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities }));
  expect(await failures()).toEqual([]);
  return physicalIds();
}

async function update(Resources: Resources): Promise<Record<string, string>> {
  const TemplateBody = JSON.stringify({ Resources });
  await world.client(CloudFormationClient).send(new UpdateStackCommand({ StackName, TemplateBody, Capabilities }));
  expect(await failures()).toEqual([]);
  return physicalIds();
}

async function physicalIds(): Promise<Record<string, string>> {
  const client = world.client(CloudFormationClient);
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
  return Object.fromEntries(
    StackResources.map(({ LogicalResourceId, PhysicalResourceId }) => [LogicalResourceId, PhysicalResourceId]),
  ) as Record<string, string>;
}

async function destroy(): Promise<void> {
  const client = world.client(CloudFormationClient);
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  const id = Stacks?.[0]?.StackId;
  await client.send(new DeleteStackCommand({ StackName }));
  const { Stacks: after } = await client.send(new DescribeStacksCommand({ StackName: id }));
  expect(after?.[0]).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
}

const ref = (Ref: string) => ({ Ref });
const att = (...path: string[]) => ({ 'Fn::GetAtt': path });
const named = (Value: string) => [{ Key: 'Name', Value }];

const VPC = {
  Type: 'AWS::EC2::VPC',
  Properties: { CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true, Tags: named('net') },
};
const subnet = (zone: string, CidrBlock: string, more = {}) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: ref('Vpc'), AvailabilityZone: `us-east-1${zone}`, CidrBlock, ...more },
});
const BASE = { Vpc: VPC, A: subnet('a', '10.0.0.0/24'), B: subnet('b', '10.0.1.0/24', { MapPublicIpOnLaunch: true }) };

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
  const client = world.client(ec2.EC2Client);
  const ids = await deploy({ ...BASE, ...PUBLIC });
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
  const after = await update({ ...BASE, ...PUBLIC, Vpc, Out, Other, Associated });
  expect([after['Vpc'], await read()]).toEqual([ids['Vpc'], false]);
  const of = [{ Name: 'association.subnet-id', Values: [String(ids['B'])] }];
  const moved = await client.send(new ec2.DescribeRouteTablesCommand({ Filters: of }));
  expect(moved.RouteTables).toMatchObject([{ RouteTableId: after['Other'] }]);
  const tables = await client.send(new ec2.DescribeRouteTablesCommand({ RouteTableIds: [String(ids['Table'])] }));
  expect(tables.RouteTables?.[0]?.Routes?.[1]).toMatchObject({ NatGatewayId: ids['Nat'] });
  await destroy();
  expect((await client.send(new ec2.DescribeVpcsCommand({}))).Vpcs).toMatchObject([{ IsDefault: true }]);
  expect((await client.send(new ec2.DescribeAddressesCommand({}))).Addresses).toEqual([]);
});

const GROUP = {
  Type: 'AWS::EC2::SecurityGroup',
  Properties: {
    GroupDescription: 'of databases',
    VpcId: ref('Vpc'),
    SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, CidrIp: '10.0.0.0/16' }],
  },
};

test('a security group has the rules that its template and rules of their own say last', async () => {
  const client = world.client(ec2.EC2Client);
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
  const ids = await deploy({ ...BASE, Group: GROUP, Alone });
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
  const after = await update({ ...BASE, Group, Alone: described });
  expect(after).toEqual(ids);
  expect(await read()).toMatchObject({
    IpPermissions: [
      { FromPort: 443, UserIdGroupPairs: [{ Description: 'changed' }] },
      { IpProtocol: 'udp', FromPort: 53 },
    ],
    IpPermissionsEgress: [{ IpRanges: [{ CidrIp: '10.0.0.0/16' }] }],
  });
  await destroy();
});

test('a file system is reached in the subnets and by the groups of its mount targets', async () => {
  const client = world.client(efs.EFSClient);
  const Files = { Type: 'AWS::EFS::FileSystem', Properties: {} };
  const Target = {
    Type: 'AWS::EFS::MountTarget',
    Properties: { FileSystemId: ref('Files'), SubnetId: ref('A'), SecurityGroups: [ref('Group')] },
  };
  const ids = await deploy({ ...BASE, Group: GROUP, Files, Target });
  const FileSystemId = String(ids['Files']);
  const { MountTargets } = await client.send(new efs.DescribeMountTargetsCommand({ FileSystemId }));
  expect(MountTargets).toMatchObject([{ MountTargetId: ids['Target'], SubnetId: ids['A'], VpcId: ids['Vpc'] }]);
  expect(MountTargets?.[0]?.IpAddress).toMatch(/^10\.0\.0\.\d+$/);
  const Other = { ...GROUP, Properties: { ...GROUP.Properties, GroupDescription: 'another' } };
  const changed = { ...Target, Properties: { ...Target.Properties, SecurityGroups: [ref('Other')] } };
  const after = await update({ ...BASE, Group: GROUP, Files, Other, Target: changed });
  const MountTargetId = String(ids['Target']);
  const groups = await client.send(new efs.DescribeMountTargetSecurityGroupsCommand({ MountTargetId }));
  expect(groups.SecurityGroups).toEqual([after['Other']]);
  await destroy();
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
  const ids = await deploy({ ...BASE, Group: GROUP, Role, Profile, Web }, Outputs);
  const { Reservations } = await world.client(ec2.EC2Client).send(new ec2.DescribeInstancesCommand({}));
  const shown = Reservations?.[0]?.Instances?.[0];
  expect(shown).toMatchObject({
    InstanceId: ids['Web'],
    InstanceType: 't3.large',
    SubnetId: ids['A'],
    VpcId: ids['Vpc'],
    SecurityGroups: [{ GroupId: ids['Group'] }],
    IamInstanceProfile: { Arn: `arn:aws:iam::123456789012:instance-profile/${ids['Profile']}` },
  });
  const { Stacks } = await world.client(CloudFormationClient).send(new DescribeStacksCommand({ StackName }));
  const outputs = Object.fromEntries(
    (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  expect(outputs).toEqual({ Ip: shown?.PrivateIpAddress, Vpc: ids['Vpc'] });
  const InstanceProfileName = ids['Profile'];
  const { InstanceProfile } = await world
    .client(IAMClient)
    .send(new GetInstanceProfileCommand({ InstanceProfileName }));
  expect(InstanceProfile?.Roles).toMatchObject([{ RoleName: ids['Role'] }]);
  const inUse = world.client(ec2.EC2Client).send(new ec2.DeleteSubnetCommand({ SubnetId: ids['A'] }));
  await expect(inUse).rejects.toMatchObject({ name: 'DependencyViolation' });
  await destroy();
});

const SECRET = {
  Type: 'AWS::SecretsManager::Secret',
  Properties: {
    GenerateSecretString: {
      SecretStringTemplate: '{"username":"postgres"}',
      GenerateStringKey: 'password',
      PasswordLength: 30,
      ExcludeCharacters: '"@/\\',
    },
  },
};
const resolved = (key: string) => ({
  'Fn::Join': ['', ['{{resolve:secretsmanager:', ref('Secret'), `:SecretString:${key}::}}`]],
});
const GROUP_OF_SUBNETS = {
  Type: 'AWS::RDS::DBSubnetGroup',
  Properties: { DBSubnetGroupDescription: 'isolated', SubnetIds: [ref('A'), ref('B')] },
};
const DATABASE = {
  Type: 'AWS::RDS::DBInstance',
  DeletionPolicy: 'Snapshot',
  Properties: {
    DBInstanceIdentifier: 'orders',
    Engine: 'postgres',
    DBInstanceClass: 'db.m5.large',
    AllocatedStorage: '100',
    DBSubnetGroupName: ref('Subnets'),
    MasterUsername: resolved('username'),
    MasterUserPassword: resolved('password'),
    VPCSecurityGroups: [att('Group', 'GroupId')],
  },
};

test('a database takes its password from a secret, which learns where the database is, and leaves a snapshot', async () => {
  const Attached = {
    Type: 'AWS::SecretsManager::SecretTargetAttachment',
    Properties: { SecretId: ref('Secret'), TargetId: ref('Database'), TargetType: 'AWS::RDS::DBInstance' },
  };
  const resources = { ...BASE, Group: GROUP, Secret: SECRET, Subnets: GROUP_OF_SUBNETS, Database: DATABASE, Attached };
  const ids = await deploy(resources);
  const client = world.client(rds.RDSClient);
  const { DBInstances } = await client.send(new rds.DescribeDBInstancesCommand({}));
  expect(DBInstances).toMatchObject([
    {
      DBInstanceIdentifier: 'orders',
      MasterUsername: 'postgres',
      AllocatedStorage: 100,
      DBInstanceClass: 'db.m5.large',
      DBSubnetGroup: { DBSubnetGroupName: ids['Subnets'], VpcId: ids['Vpc'] },
      VpcSecurityGroups: [{ VpcSecurityGroupId: ids['Group'] }],
    },
  ]);
  const secrets = world.client(SecretsManagerClient);
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: ids['Secret'] }));
  const value = JSON.parse(SecretString) as Record<string, string>;
  expect(value).toMatchObject({
    username: 'postgres',
    engine: 'postgres',
    host: DBInstances?.[0]?.Endpoint?.Address,
    port: 5432,
    dbInstanceIdentifier: 'orders',
  });
  expect(value['password']).toMatch(/^[^"@/\\]{30}$/);
  const { StackEvents } = await world.client(CloudFormationClient).send(new DescribeStackEventsCommand({ StackName }));
  expect(JSON.stringify(StackEvents)).not.toContain(value['password']);
  const { Attached: _attached, ...without } = resources;
  await update(without);
  const left = await secrets.send(new GetSecretValueCommand({ SecretId: ids['Secret'] }));
  expect(JSON.parse(String(left.SecretString))).toEqual({ username: 'postgres', password: value['password'] });
  await destroy();
  const { DBSnapshots } = await client.send(new rds.DescribeDBSnapshotsCommand({}));
  expect(DBSnapshots).toMatchObject([{ DBInstanceIdentifier: 'orders', AllocatedStorage: 100 }]);
  expect(DBSnapshots?.[0]?.DBSnapshotIdentifier).toMatch(/^team-snapshot-database-[0-9a-f]{12}$/);
  expect((await secrets.send(new ListSecretsCommand({ IncludePlannedDeletion: true }))).SecretList).toEqual([]);
});

test('a cluster has the members of its stack, and is backed up as a whole', async () => {
  const Cluster = {
    Type: 'AWS::RDS::DBCluster',
    DeletionPolicy: 'Snapshot',
    Properties: {
      Engine: 'aurora-postgresql',
      EngineVersion: '16.8',
      Port: '5433',
      DBSubnetGroupName: ref('Subnets'),
      VpcSecurityGroupIds: [ref('Group')],
      MasterUsername: 'postgres',
      MasterUserPassword: 'secret-password',
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 2 },
    },
  };
  const writer = (PromotionTier: number) => ({
    Type: 'AWS::RDS::DBInstance',
    Properties: {
      DBClusterIdentifier: ref('Cluster'),
      DBInstanceClass: 'db.serverless',
      Engine: 'aurora-postgresql',
      PromotionTier,
    },
  });
  const base = { ...BASE, Group: GROUP, Subnets: GROUP_OF_SUBNETS, Cluster };
  const ids = await deploy({ ...base, Writer: writer(0) });
  const client = world.client(rds.RDSClient);
  const { DBClusters } = await client.send(new rds.DescribeDBClustersCommand({}));
  expect(DBClusters).toMatchObject([
    {
      DBClusterIdentifier: ids['Cluster'],
      EngineVersion: '16.8',
      Port: 5433,
      ServerlessV2ScalingConfiguration: { MaxCapacity: 2 },
      DBClusterMembers: [{ DBInstanceIdentifier: ids['Writer'], IsClusterWriter: true }],
    },
  ]);
  expect(await update({ ...base, Writer: writer(1) })).toEqual(ids);
  const { DBInstances } = await client.send(new rds.DescribeDBInstancesCommand({}));
  expect(DBInstances).toMatchObject([{ PromotionTier: 1, DBClusterIdentifier: ids['Cluster'] }]);
  await destroy();
  const { DBClusterSnapshots } = await client.send(new rds.DescribeDBClusterSnapshotsCommand({}));
  expect(DBClusterSnapshots).toMatchObject([{ DBClusterIdentifier: ids['Cluster'] }]);
});

test('an access point of a file system is one user under one folder, and goes before the file system', async () => {
  const client = world.client(efs.EFSClient);
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
  const ids = await deploy({ Files, Point });
  const read = async () => (await client.send(new efs.DescribeAccessPointsCommand({}))).AccessPoints;
  const kept = { AccessPointId: ids['Point'], FileSystemId: ids['Files'], PosixUser: { Uid: 1000, Gid: 1001 } };
  expect(await read()).toMatchObject([{ ...kept, Name: 'before', RootDirectory: { Path: '/app' } }]);
  const inUse = client.send(new efs.DeleteFileSystemCommand({ FileSystemId: ids['Files'] }));
  await expect(inUse).rejects.toMatchObject({ name: 'FileSystemInUse' });
  await update({ Files, Point: { ...Point, Properties: { ...Point.Properties, AccessPointTags: named('after') } } });
  expect(await read()).toMatchObject([{ ...kept, Name: 'after' }]);
  await destroy();
  expect(await read()).toEqual([]);
});
