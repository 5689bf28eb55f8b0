// VPCs and what is in them by the official client: what is made is shown, and what is in use stays.
import * as ec2 from '@aws-sdk/client-ec2';
import * as efs from '@aws-sdk/client-efs';
import * as rds from '@aws-sdk/client-rds';
import { World } from '@holdfast/engine';
import { ServedWorld } from '../../../engine/src/host/served-world';
import { allocateAddress } from '../../../engine/src/operations/ec2/allocate-address';

let world: World;
let client: ec2.EC2Client;

beforeEach(() => {
  world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  client = world.client(ec2.EC2Client);
});

/** The code that a call is refused with. */
async function refused(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'allowed',
    (error: Error) => error.name,
  );
}

async function makeVpc(CidrBlock = '10.0.0.0/16'): Promise<string> {
  const { Vpc } = await client.send(new ec2.CreateVpcCommand({ CidrBlock }));
  return String(Vpc?.VpcId);
}

async function makeSubnet(VpcId: string, CidrBlock: string, zone = 'a'): Promise<string> {
  const AvailabilityZone = `us-east-1${zone}`;
  const { Subnet } = await client.send(new ec2.CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }));
  return String(Subnet?.SubnetId);
}

test('a VPC has a /16 to a /28 in its canonical form, with a main table, an ACL and a group, and goes when it is empty', async () => {
  const blocks = ['10.0.0.0/15', '10.0.0.0/29', 'ten', '10.0.0.300/16'];
  const codes = await Promise.all(blocks.map(async (block) => refused(makeVpc(block))));
  expect(codes).toEqual(['InvalidVpc.Range', 'InvalidVpc.Range', 'InvalidParameterValue', 'InvalidParameterValue']);
  expect(await refused(makeVpc('10.0.0.0/28'))).toBe('allowed');
  const VpcId = await makeVpc('100.68.0.18/18');
  const inVpc = [{ Name: 'vpc-id', Values: [VpcId] }];
  const { Vpcs } = await client.send(new ec2.DescribeVpcsCommand({ VpcIds: [VpcId] }));
  expect(Vpcs).toMatchObject([{ CidrBlock: '100.68.0.0/18', IsDefault: false, InstanceTenancy: 'default' }]);
  const main = await client.send(new ec2.DescribeRouteTablesCommand({ Filters: inVpc }));
  expect(main.RouteTables?.[0]?.Associations).toMatchObject([{ Main: true }]);
  const acls = await client.send(new ec2.DescribeNetworkAclsCommand({ Filters: inVpc }));
  expect(acls.NetworkAcls).toMatchObject([{ IsDefault: true, Associations: [] }]);
  const groups = await client.send(new ec2.DescribeSecurityGroupsCommand({ Filters: inVpc }));
  expect(groups.SecurityGroups).toMatchObject([{ GroupName: 'default' }]);

  const read = async (Attribute: ec2.VpcAttributeName) =>
    client.send(new ec2.DescribeVpcAttributeCommand({ VpcId, Attribute }));
  expect(await read('enableDnsSupport')).toMatchObject({ EnableDnsSupport: { Value: true } });
  await client.send(new ec2.ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
  expect(await read('enableDnsHostnames')).toMatchObject({ EnableDnsHostnames: { Value: true } });
  await client.send(new ec2.ModifyVpcAttributeCommand({ VpcId, EnableNetworkAddressUsageMetrics: { Value: true } }));
  const metrics = { EnableNetworkAddressUsageMetrics: { Value: true } };
  expect(await read('enableNetworkAddressUsageMetrics')).toMatchObject(metrics);

  const SubnetId = await makeSubnet(VpcId, '100.68.0.0/24');
  expect(await refused(client.send(new ec2.DeleteVpcCommand({ VpcId })))).toBe('DependencyViolation');
  await client.send(new ec2.DeleteSubnetCommand({ SubnetId }));
  await client.send(new ec2.DeleteVpcCommand({ VpcId }));
  expect(await refused(client.send(new ec2.DeleteVpcCommand({ VpcId })))).toBe('InvalidVpcID.NotFound');
  const after = await client.send(new ec2.DescribeRouteTablesCommand({ Filters: inVpc }));
  expect(after.RouteTables).toEqual([]);
});

test('a subnet lies in its VPC beside the others, and stays while a mount target or an instance has an address there', async () => {
  const VpcId = await makeVpc();
  const SubnetId = await makeSubnet(VpcId, '10.0.0.0/24');
  expect(await refused(makeSubnet(VpcId, '10.1.0.0/24'))).toBe('InvalidSubnet.Range');
  expect(await refused(makeSubnet(VpcId, '10.0.0.128/25'))).toBe('InvalidSubnet.Conflict');
  expect(await refused(makeSubnet(VpcId, '10.0.1.0/24', 'z'))).toBe('InvalidZone.NotFound');
  await client.send(new ec2.ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } }));
  const { Subnets } = await client.send(new ec2.DescribeSubnetsCommand({ SubnetIds: [SubnetId] }));
  expect(Subnets).toMatchObject([{ MapPublicIpOnLaunch: true, AvailableIpAddressCount: 251 }]);

  const files = world.client(efs.EFSClient);
  const { FileSystemId } = await files.send(new efs.CreateFileSystemCommand({ CreationToken: 'files' }));
  const target = await files.send(new efs.CreateMountTargetCommand({ FileSystemId, SubnetId }));
  const inSubnet = [{ Name: 'subnet-id', Values: [SubnetId] }];
  const shown = await client.send(new ec2.DescribeNetworkInterfacesCommand({ Filters: inSubnet }));
  expect(shown.NetworkInterfaces).toMatchObject([
    {
      NetworkInterfaceId: target.NetworkInterfaceId,
      PrivateIpAddress: target.IpAddress,
      RequesterManaged: true,
      VpcId,
    },
  ]);
  const remove = () => refused(client.send(new ec2.DeleteSubnetCommand({ SubnetId })));
  expect(await remove()).toBe('DependencyViolation');
  const { MountTargetId } = target;
  const group = await client.send(new ec2.CreateSecurityGroupCommand({ GroupName: 'g', Description: 'd', VpcId }));
  const change = (SecurityGroups: string[]) =>
    files.send(new efs.ModifyMountTargetSecurityGroupsCommand({ MountTargetId, SecurityGroups }));
  expect(await refused(change(['sg-1']))).toBe('SecurityGroupNotFound');
  await change([String(group.GroupId)]);
  const groups = await files.send(new efs.DescribeMountTargetSecurityGroupsCommand({ MountTargetId }));
  expect(groups.SecurityGroups).toEqual([group.GroupId]);
  const { GroupId } = group;
  expect(await refused(client.send(new ec2.DeleteSecurityGroupCommand({ GroupId })))).toBe('DependencyViolation');
  await files.send(new efs.DeleteMountTargetCommand({ MountTargetId }));
  await client.send(new ec2.DeleteSecurityGroupCommand({ GroupId }));

  const launch = { ImageId: 'ami-0123456789abcdef0', MinCount: 1, MaxCount: 1, SubnetId };
  const { Instances } = await client.send(new ec2.RunInstancesCommand(launch));
  expect(Instances?.[0]).toMatchObject({ SubnetId, VpcId });
  expect(Instances?.[0]?.PrivateIpAddress).toMatch(/^10\.0\.0\./);
  expect(await remove()).toBe('DependencyViolation');
  const InstanceIds = [String(Instances?.[0]?.InstanceId)];
  await client.send(new ec2.TerminateInstancesCommand({ InstanceIds }));
  expect(await remove()).toBe('allowed');
});

test('a table has its routes and subnets, shows a route into nothing as such, and stays while a subnet has it', async () => {
  const VpcId = await makeVpc();
  const SubnetId = await makeSubnet(VpcId, '10.0.0.0/24');
  const made = await client.send(new ec2.CreateRouteTableCommand({ VpcId }));
  const RouteTableId = String(made.RouteTable?.RouteTableId);
  const gateway = await client.send(new ec2.CreateInternetGatewayCommand({}));
  const InternetGatewayId = String(gateway.InternetGateway?.InternetGatewayId);
  const route = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: InternetGatewayId };
  expect(await refused(client.send(new ec2.CreateRouteCommand(route)))).toBe('InvalidParameterValue');
  await client.send(new ec2.AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  const again = client.send(new ec2.AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  expect(await refused(again)).toBe('Resource.AlreadyAssociated');
  await client.send(new ec2.CreateRouteCommand(route));
  const remove = (DestinationCidrBlock: string) =>
    refused(client.send(new ec2.DeleteRouteCommand({ RouteTableId, DestinationCidrBlock })));
  expect([await remove('10.0.0.0/16'), await remove('10.2.0.0/16')]).toEqual([
    'InvalidParameterValue',
    'InvalidRoute.NotFound',
  ]);
  const { AssociationId } = await client.send(new ec2.AssociateRouteTableCommand({ RouteTableId, SubnetId }));
  const other = await client.send(new ec2.CreateRouteTableCommand({ VpcId }));
  const otherId = String(other.RouteTable?.RouteTableId);
  const twice = client.send(new ec2.AssociateRouteTableCommand({ RouteTableId: otherId, SubnetId }));
  expect(await refused(twice)).toBe('Resource.AlreadyAssociated');
  expect(await refused(client.send(new ec2.DeleteRouteTableCommand({ RouteTableId })))).toBe('DependencyViolation');
  const moved = await client.send(
    new ec2.ReplaceRouteTableAssociationCommand({ AssociationId, RouteTableId: otherId }),
  );
  const NewId = moved.NewAssociationId;
  const of = [{ Name: 'association.route-table-association-id', Values: [String(NewId)] }];
  const tables = await client.send(new ec2.DescribeRouteTablesCommand({ Filters: of }));
  expect(tables.RouteTables).toMatchObject([{ RouteTableId: otherId, Associations: [{ SubnetId }] }]);
  await client.send(new ec2.DisassociateRouteTableCommand({ AssociationId: NewId }));
  const gone = client.send(new ec2.DisassociateRouteTableCommand({ AssociationId: NewId }));
  expect(await refused(gone)).toBe('InvalidAssociationID.NotFound');
  await client.send(new ec2.DetachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  const shown = await client.send(new ec2.DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] }));
  expect(shown.RouteTables?.[0]?.Routes?.map(({ State }) => State)).toEqual(['active', 'blackhole']);
  expect(await remove('0.0.0.0/0')).toBe('allowed');
  await client.send(new ec2.DeleteRouteTableCommand({ RouteTableId }));
  const detached = client.send(new ec2.DetachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  expect(await refused(detached)).toBe('Gateway.NotAttached');
  await client.send(new ec2.DeleteInternetGatewayCommand({ InternetGatewayId }));
  const left = await client.send(new ec2.DescribeInternetGatewaysCommand({}));
  expect(left.InternetGateways).toMatchObject([{ Attachments: [{ State: 'available' }] }]);
});

test('a NAT gateway has an address, which nobody releases before it, and is shown for an hour after its end', async () => {
  const VpcId = await makeVpc();
  const SubnetId = await makeSubnet(VpcId, '10.0.0.0/24');
  const { AllocationId, PublicIp } = await client.send(new ec2.AllocateAddressCommand({ Domain: 'vpc' }));
  expect(await refused(client.send(new ec2.CreateNatGatewayCommand({ SubnetId })))).toBe('MissingParameter');
  const { NatGateway } = await client.send(new ec2.CreateNatGatewayCommand({ SubnetId, AllocationId }));
  const NatGatewayId = String(NatGateway?.NatGatewayId);
  const { Addresses } = await client.send(new ec2.DescribeAddressesCommand({ AllocationIds: [String(AllocationId)] }));
  expect(Addresses).toMatchObject([{ PublicIp, NetworkInterfaceOwnerId: '123456789012' }]);
  const attributes = { AllocationIds: [String(AllocationId)] };
  const named = await client.send(new ec2.DescribeAddressesAttributeCommand(attributes));
  expect(named.Addresses).toMatchObject([{ AllocationId, PublicIp }]);
  const second = client.send(new ec2.CreateNatGatewayCommand({ SubnetId, AllocationId }));
  expect(await refused(second)).toBe('InvalidIPAddress.InUse');
  expect(await refused(client.send(new ec2.ReleaseAddressCommand({ AllocationId })))).toBe('InvalidIPAddress.InUse');
  const table = await client.send(new ec2.CreateRouteTableCommand({ VpcId }));
  const RouteTableId = String(table.RouteTable?.RouteTableId);
  const route = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId };
  await client.send(new ec2.CreateRouteCommand(route));
  const { GatewayId } = { GatewayId: 'igw-00000000000000000' };
  const missing = client.send(new ec2.ReplaceRouteCommand({ ...route, NatGatewayId: undefined, GatewayId }));
  expect(await refused(missing)).toBe('InvalidInternetGatewayID.NotFound');
  expect(await refused(client.send(new ec2.ReplaceRouteCommand(route)))).toBe('allowed');
  expect(await refused(client.send(new ec2.DeleteSubnetCommand({ SubnetId })))).toBe('DependencyViolation');
  await client.send(new ec2.DeleteNatGatewayCommand({ NatGatewayId }));
  const read = async () => {
    const { NatGateways } = await client.send(new ec2.DescribeNatGatewaysCommand({}));
    return NatGateways?.map(({ State }) => State);
  };
  expect(await read()).toEqual(['deleted']);
  await client.send(new ec2.ReleaseAddressCommand({ AllocationId }));
  await world.advance({ hours: 1 });
  expect(await read()).toEqual([]);
  expect(await refused(client.send(new ec2.DeleteNatGatewayCommand({ NatGatewayId })))).toBe('NatGatewayNotFound');
});

const HTTPS = {
  IpProtocol: 'tcp',
  FromPort: 443,
  ToPort: 443,
  IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'in' }],
};

test('a group has a name of its own in its VPC, and rules that are added, described, changed and revoked one by one', async () => {
  const VpcId = await makeVpc();
  const make = (GroupName: string, Description = 'd') =>
    client.send(new ec2.CreateSecurityGroupCommand({ GroupName, Description, VpcId }));
  const { GroupId } = await make('web');
  expect(await refused(make('web'))).toBe('InvalidGroup.Duplicate');
  expect(await refused(make('default'))).toBe('InvalidGroup.Reserved');
  const authorize = (permission: ec2.IpPermission) =>
    client.send(new ec2.AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [permission] }));
  const { SecurityGroupRules } = await authorize(HTTPS);
  expect(SecurityGroupRules).toMatchObject([
    { CidrIpv4: '10.0.0.0/8', FromPort: 443, IsEgress: false, Description: 'in' },
  ]);
  expect(await refused(authorize(HTTPS))).toBe('InvalidPermission.Duplicate');
  expect(await refused(authorize({ ...HTTPS, FromPort: 444 }))).toBe('InvalidParameterValue');
  expect(await refused(authorize({ ...HTTPS, IpRanges: [{ CidrIp: '10.0.0.1/8' }] }))).toBe('InvalidParameterValue');
  const SecurityGroupRuleId = String(SecurityGroupRules?.[0]?.SecurityGroupRuleId);
  const described = [{ ...HTTPS, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'other' }] }];
  await client.send(new ec2.UpdateSecurityGroupRuleDescriptionsIngressCommand({ GroupId, IpPermissions: described }));
  const rules = async () => {
    const ids = { SecurityGroupRuleIds: [SecurityGroupRuleId] };
    return (await client.send(new ec2.DescribeSecurityGroupRulesCommand(ids))).SecurityGroupRules;
  };
  expect(await rules()).toMatchObject([{ Description: 'other' }]);
  const SecurityGroupRule = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ReferencedGroupId: String(GroupId) };
  await client.send(
    new ec2.ModifySecurityGroupRulesCommand({
      GroupId,
      SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }],
    }),
  );
  expect(await rules()).toMatchObject([{ FromPort: 80, ReferencedGroupInfo: { GroupId } }]);
  const revoke = () =>
    client.send(new ec2.RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: [SecurityGroupRuleId] }));
  await revoke();
  expect(await refused(revoke())).toBe('InvalidSecurityGroupRuleId.NotFound');

  const all = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  await client.send(
    new ec2.UpdateSecurityGroupRuleDescriptionsEgressCommand({
      GroupId,
      IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'out' }] }],
    }),
  );
  await client.send(new ec2.RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: all }));
  const none = client.send(new ec2.RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: all }));
  expect(await refused(none)).toBe('InvalidPermission.NotFound');
  await client.send(new ec2.AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: all }));
  const { SecurityGroups } = await client.send(new ec2.DescribeSecurityGroupsCommand({ GroupIds: [String(GroupId)] }));
  expect(SecurityGroups?.[0]).toMatchObject({ IpPermissions: [], IpPermissionsEgress: all });

  const { GroupId: named } = await make('named');
  await client.send(
    new ec2.AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: named }] }],
    }),
  );
  const remove = (id: string | undefined) => refused(client.send(new ec2.DeleteSecurityGroupCommand({ GroupId: id })));
  expect(await remove(named)).toBe('DependencyViolation');
  expect([await remove(GroupId), await remove(named)]).toEqual(['allowed', 'allowed']);
  const { SecurityGroups: others } = await client.send(
    new ec2.DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }),
  );
  expect(await remove(others?.[0]?.GroupId)).toBe('CannotDelete');
});

test('what is in a network has tags like anything of EC2', async () => {
  const VpcId = await makeVpc();
  const SubnetId = await makeSubnet(VpcId, '10.0.0.0/24');
  const Tags = [{ Key: 'team', Value: 'shop' }];
  await client.send(new ec2.CreateTagsCommand({ Resources: [VpcId, SubnetId], Tags }));
  const of = [{ Name: 'tag:team', Values: ['shop'] }];
  expect((await client.send(new ec2.DescribeVpcsCommand({ Filters: of }))).Vpcs).toMatchObject([{ VpcId, Tags }]);
  await client.send(new ec2.DeleteTagsCommand({ Resources: [SubnetId], Tags: [{ Key: 'team' }] }));
  expect((await client.send(new ec2.DescribeTagsCommand({}))).Tags).toMatchObject([
    { ResourceId: VpcId, ResourceType: 'vpc' },
  ]);
});

test('a subnet group covers two zones of one VPC, changes, and stays while a database is in it', async () => {
  const VpcId = await makeVpc();
  const [a, b, c] = [
    await makeSubnet(VpcId, '10.0.0.0/24', 'a'),
    await makeSubnet(VpcId, '10.0.1.0/24', 'b'),
    await makeSubnet(VpcId, '10.0.2.0/24', 'c'),
  ];
  const databases = world.client(rds.RDSClient);
  const group = { DBSubnetGroupName: 'group', DBSubnetGroupDescription: 'd' };
  const make = (SubnetIds: string[]) => databases.send(new rds.CreateDBSubnetGroupCommand({ ...group, SubnetIds }));
  expect(await refused(make([a]))).toBe('DBSubnetGroupDoesNotCoverEnoughAZs');
  expect(await refused(make([a, 'subnet-1']))).toBe('InvalidSubnet');
  await make([a, b]);
  await databases.send(new rds.ModifyDBSubnetGroupCommand({ DBSubnetGroupName: 'group', SubnetIds: [b, c] }));
  const { DBSubnetGroups } = await databases.send(
    new rds.DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: 'group' }),
  );
  expect(DBSubnetGroups?.[0]?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier)).toEqual([b, c]);
  const database = {
    DBInstanceIdentifier: 'db',
    DBInstanceClass: 'db.t3.micro',
    Engine: 'mysql',
    AllocatedStorage: 20,
  };
  await databases.send(new rds.CreateDBInstanceCommand({ ...database, DBSubnetGroupName: 'group' }));
  const remove = () => refused(databases.send(new rds.DeleteDBSubnetGroupCommand({ DBSubnetGroupName: 'group' })));
  expect(await remove()).toBe('InvalidDBSubnetGroupStateFault');
  expect(await refused(client.send(new ec2.DeleteSubnetCommand({ SubnetId: b })))).toBe('DependencyViolation');
  await databases.send(new rds.DeleteDBInstanceCommand({ DBInstanceIdentifier: 'db', SkipFinalSnapshot: true }));
  expect(await remove()).toBe('allowed');
});

test('no two addresses are alike, and there are no more than the blocks for documentation hold', () => {
  const env = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
  const { state } = new ServedWorld({ env, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' });
  const allocate = () => allocateAddress(state, env, {}).PublicIp;
  const made = Array.from({ length: 3 * 254 }, allocate);
  expect(new Set(made).size).toBe(3 * 254);
  expect(allocate).toThrow('The maximum number of addresses has been reached.');
});
