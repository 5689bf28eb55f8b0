/**
 * The network that every account and Region begins with: zones, the default VPC, its subnets and security group.
 *
 * Pure: place in, names out. Networks that somebody makes are not modelled.
 * Source   VPC user guide, "Default VPCs": 172.31.0.0/16, a /20 subnet in each zone, one default security group.
 * Assumed  Every Region has three zones, `a` to `c`.
 */
import type { RouteTable, SecurityGroup, Subnet, Vpc } from '@aws-sdk/client-ec2';
import { generatedHex } from '../domain/generated-ids';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { environmentOf } from './stateful';

const DIGITS = 17;

export function zonesOf(region: string): readonly string[] {
  return ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
}

/** Refuses a zone that the Region does not have. */
export function checkZone(caller: Caller, zone: string): string {
  if (!zonesOf(caller.region).includes(zone)) {
    throw new AwsFault('InvalidZone.NotFound', `The zone '${zone}' does not exist.`);
  }
  return zone;
}

function idOf(caller: Caller, prefix: string, name: string): string {
  return `${prefix}-${generatedHex(prefix, environmentOf(caller), name, DIGITS)}`;
}

export function defaultVpc(caller: Caller): Vpc & { readonly VpcId: string } {
  return {
    VpcId: idOf(caller, 'vpc', 'default'),
    OwnerId: caller.account,
    State: 'available',
    CidrBlock: '172.31.0.0/16',
    CidrBlockAssociationSet: [
      {
        AssociationId: idOf(caller, 'vpc-cidr-assoc', 'default'),
        CidrBlock: '172.31.0.0/16',
        CidrBlockState: { State: 'associated' },
      },
    ],
    DhcpOptionsId: idOf(caller, 'dopt', 'default'),
    InstanceTenancy: 'default',
    IsDefault: true,
    Tags: [],
  };
}

export function findVpc(caller: Caller, id: string | undefined): ReturnType<typeof defaultVpc> {
  const vpc = defaultVpc(caller);
  if (id !== vpc.VpcId) {
    throw new AwsFault('InvalidVpcID.NotFound', `The vpc ID '${id ?? ''}' does not exist`);
  }
  return vpc;
}

export function mainRouteTable(caller: Caller): RouteTable {
  const id = idOf(caller, 'rtb', 'default');
  const { VpcId, CidrBlock = '' } = defaultVpc(caller);
  const standing = { State: 'active' as const };
  const gateway = idOf(caller, 'igw', 'default');
  return {
    RouteTableId: id,
    VpcId,
    OwnerId: caller.account,
    Associations: [
      {
        Main: true,
        RouteTableAssociationId: idOf(caller, 'rtbassoc', 'default'),
        RouteTableId: id,
        AssociationState: { State: 'associated' },
      },
    ],
    Routes: [
      { ...standing, DestinationCidrBlock: CidrBlock, GatewayId: 'local', Origin: 'CreateRouteTable' },
      { ...standing, DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway, Origin: 'CreateRoute' },
    ],
    PropagatingVgws: [],
    Tags: [],
  };
}

export function defaultSubnets(caller: Caller): (Subnet & { SubnetId: string; AvailabilityZone: string })[] {
  return zonesOf(caller.region).map((zone, index) => {
    const id = idOf(caller, 'subnet', zone);
    return {
      SubnetId: id,
      SubnetArn: `arn:${caller.partition}:ec2:${caller.region}:${caller.account}:subnet/${id}`,
      VpcId: defaultVpc(caller).VpcId,
      OwnerId: caller.account,
      State: 'available',
      AvailabilityZone: zone,
      AvailabilityZoneId: zoneId(caller.region, index),
      CidrBlock: `172.31.${16 * index}.0/20`,
      AvailableIpAddressCount: 4091,
      DefaultForAz: true,
      MapPublicIpOnLaunch: true,
      AssignIpv6AddressOnCreation: false,
      Tags: [],
    };
  });
}

/** Id of a zone, e.g. `use1-az1`. */
export function zoneId(region: string, index: number): string {
  const [area = '', side = '', number = ''] = region.split('-').slice(-3);
  return `${area}${side.charAt(0)}${number}-az${index + 1}`;
}

export function defaultSecurityGroup(caller: Caller): SecurityGroup & { GroupId: string } {
  const id = idOf(caller, 'sg', 'default');
  const everywhere = { IpProtocol: '-1', Ipv6Ranges: [], PrefixListIds: [] };
  return {
    GroupId: id,
    GroupName: 'default',
    Description: 'default VPC security group',
    OwnerId: caller.account,
    VpcId: defaultVpc(caller).VpcId,
    SecurityGroupArn: `arn:${caller.partition}:ec2:${caller.region}:${caller.account}:security-group/${id}`,
    IpPermissions: [{ ...everywhere, IpRanges: [], UserIdGroupPairs: [{ GroupId: id, UserId: caller.account }] }],
    IpPermissionsEgress: [{ ...everywhere, IpRanges: [{ CidrIp: '0.0.0.0/0' }], UserIdGroupPairs: [] }],
    Tags: [],
  };
}
