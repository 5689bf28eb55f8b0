/**
 * Networks as EC2 shows them.
 *
 * Pure: domain in, the SDK's shapes out.
 * Source   EC2 API reference (Vpc, Subnet, RouteTable, SecurityGroup, SecurityGroupRule, InternetGateway, NatGateway, Address).
 */
import type * as sdk from '@aws-sdk/client-ec2';
import { generatedHex } from '../domain/generated-ids';
import {
  type ElasticAddress,
  type InternetGateway,
  isMain,
  type NatGateway,
  type RouteTable,
  type RouteTarget,
  type SecurityGroup,
  type SecurityGroupRule,
  type Subnet,
  type Vpc,
} from '../domain/networks';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { given, toDate } from './backup/shapes';
import type { Caller } from './caller';
import { tryParseBlock } from './cidr';
import { natGateways, networkOf, zoneId } from './ec2-network';
import { interfacesOf } from './network-interfaces';
import { environmentOf, tagList } from './stateful';

function idOf(caller: Caller, prefix: string, name: string): string {
  return `${prefix}-${generatedHex(prefix, environmentOf(caller), name, 17)}`;
}

function arnOf({ partition, region, account }: Caller, type: string, id: string): string {
  return `arn:${partition}:ec2:${region}:${account}:${type}/${id}`;
}

export function vpcShape(caller: Caller, vpc: Vpc): sdk.Vpc {
  return {
    VpcId: vpc.id,
    OwnerId: caller.account,
    State: 'available',
    CidrBlock: vpc.cidrBlock,
    CidrBlockAssociationSet: [
      {
        AssociationId: idOf(caller, 'vpc-cidr-assoc', vpc.isDefault ? 'default' : vpc.id),
        CidrBlock: vpc.cidrBlock,
        CidrBlockState: { State: 'associated' },
      },
    ],
    DhcpOptionsId: idOf(caller, 'dopt', 'default'),
    InstanceTenancy: vpc.tenancy as sdk.Tenancy,
    IsDefault: vpc.isDefault,
    Tags: tagList(vpc.tags),
  };
}

export function subnetShapes(state: WorldState, caller: Caller, subnets: readonly Subnet[]): sdk.Subnet[] {
  const taken = new Map<string, number>();
  for (const { subnetId } of interfacesOf(state, caller)) {
    taken.set(subnetId, (taken.get(subnetId) ?? 0) + 1);
  }
  return subnets.map((subnet) => subnetShape(caller, subnet, taken.get(subnet.id) ?? 0));
}

/** Source: VPC user guide, "Subnet CIDR blocks": five addresses of each are AWS's. */
function subnetShape(caller: Caller, subnet: Subnet, taken: number): sdk.Subnet {
  return {
    SubnetId: subnet.id,
    SubnetArn: arnOf(caller, 'subnet', subnet.id),
    VpcId: subnet.vpcId,
    OwnerId: caller.account,
    State: 'available',
    AvailabilityZone: subnet.zone,
    AvailabilityZoneId: zoneId(caller.region, subnet.zone),
    CidrBlock: subnet.cidrBlock,
    AvailableIpAddressCount: (tryParseBlock(subnet.cidrBlock)?.size ?? 0) - 5 - taken,
    DefaultForAz: subnet.isDefault,
    MapPublicIpOnLaunch: subnet.publicAddresses,
    MapCustomerOwnedIpOnLaunch: false,
    AssignIpv6AddressOnCreation: false,
    EnableDns64: false,
    Ipv6Native: false,
    Ipv6CidrBlockAssociationSet: [],
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: subnet.hostnameType,
      EnableResourceNameDnsARecord: subnet.hostnameRecord,
      EnableResourceNameDnsAAAARecord: false,
    },
    Tags: tagList(subnet.tags),
  };
}

/** Each subnet is in the network ACL that its VPC begins with. */
export function aclShape(state: WorldState, caller: Caller, vpc: Vpc): sdk.NetworkAcl {
  const NetworkAclId = idOf(caller, 'acl', vpc.id);
  const subnets = [...networkOf(state, caller).subnets.values()].filter(({ vpcId }) => vpcId === vpc.id);
  const entry = (Egress: boolean, RuleNumber: number, RuleAction: sdk.RuleAction): sdk.NetworkAclEntry => ({
    CidrBlock: '0.0.0.0/0',
    Egress,
    Protocol: '-1',
    RuleAction,
    RuleNumber,
  });
  return {
    NetworkAclId,
    VpcId: vpc.id,
    IsDefault: true,
    OwnerId: caller.account,
    Entries: [false, true].flatMap((egress) => [entry(egress, 100, 'allow'), entry(egress, 32_767, 'deny')]),
    Associations: subnets.map(({ id: SubnetId }) => ({
      NetworkAclAssociationId: idOf(caller, 'aclassoc', SubnetId),
      NetworkAclId,
      SubnetId,
    })),
    Tags: [],
  };
}

export function routeTableShape(state: WorldState, caller: Caller, table: RouteTable): sdk.RouteTable {
  return {
    RouteTableId: table.id,
    VpcId: table.vpcId,
    OwnerId: caller.account,
    Associations: [...table.associations].map(([id, SubnetId]) =>
      given({
        Main: SubnetId === undefined,
        RouteTableAssociationId: id,
        RouteTableId: table.id,
        SubnetId,
        AssociationState: { State: 'associated' as const },
      }),
    ),
    Routes: [...table.routes].map(([DestinationCidrBlock, target]) => ({
      DestinationCidrBlock,
      [target.member]: target.id,
      Origin: target.id === 'local' ? ('CreateRouteTable' as const) : ('CreateRoute' as const),
      State: leads(state, caller, table, target) ? ('active' as const) : ('blackhole' as const),
    })),
    PropagatingVgws: [],
    Tags: tagList(table.tags),
  };
}

/** Whether what a route leads to is there. */
function leads(state: WorldState, caller: Caller, { vpcId }: RouteTable, { member, id }: RouteTarget): boolean {
  if (id === 'local') {
    return true;
  }
  return member === 'GatewayId'
    ? networkOf(state, caller).internetGateways.get(id)?.vpcId === vpcId
    : natGateways(state, caller).get(id)?.deletedAt === undefined && natGateways(state, caller).has(id);
}

/** What filters of route tables ask. */
export function routeTableFacts(caller: Caller, table: RouteTable) {
  const targets = [...table.routes.values()];
  const of = (member: RouteTarget['member']) => targets.flatMap((one) => (one.member === member ? one.id : []));
  const subnets = [...table.associations.values()].flatMap((id) => id ?? []);
  return {
    'route-table-id': table.id,
    'vpc-id': table.vpcId,
    'owner-id': caller.account,
    'association.main': isMain(table) ? 'true' : subnets.length === 0 ? undefined : 'false',
    'association.route-table-id': table.associations.size > 0 ? table.id : undefined,
    'association.route-table-association-id': [...table.associations.keys()],
    'association.subnet-id': subnets,
    'association.gateway-id': undefined,
    'route.destination-cidr-block': [...table.routes.keys()],
    'route.gateway-id': of('GatewayId'),
    'route.nat-gateway-id': of('NatGatewayId'),
  };
}

export function groupShape(caller: Caller, group: SecurityGroup): sdk.SecurityGroup {
  const rules = [...group.rules.values()];
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    OwnerId: caller.account,
    VpcId: group.vpcId,
    SecurityGroupArn: arnOf(caller, 'security-group', group.id),
    IpPermissions: permissionsOf(
      caller,
      rules.filter(({ egress }) => !egress),
    ),
    IpPermissionsEgress: permissionsOf(
      caller,
      rules.filter(({ egress }) => egress),
    ),
    Tags: tagList(group.tags),
  };
}

/** Rules of one protocol and one range of ports are one permission. */
function permissionsOf(caller: Caller, rules: readonly SecurityGroupRule[]): sdk.IpPermission[] {
  const byPorts = new Map<string, SecurityGroupRule[]>();
  for (const rule of rules) {
    const key = `${rule.protocol} ${rule.fromPort} ${rule.toPort}`;
    byPorts.set(key, [...(byPorts.get(key) ?? []), rule]);
  }
  return [...byPorts.values()].map((alike) => {
    const [first] = alike;
    const of = (member: SecurityGroupRule['peer']['member']) =>
      alike
        .filter(({ peer }) => peer.member === member)
        .map(({ peer, description: Description }) => ({ peer, Description }));
    return given({
      IpProtocol: first?.protocol,
      FromPort: first?.fromPort,
      ToPort: first?.toPort,
      IpRanges: of('CidrIp').map(({ peer, Description }) => given({ CidrIp: peer.value, Description })),
      Ipv6Ranges: of('CidrIpv6').map(({ peer, Description }) => given({ CidrIpv6: peer.value, Description })),
      PrefixListIds: of('PrefixListId').map(({ peer, Description }) =>
        given({ PrefixListId: peer.value, Description }),
      ),
      UserIdGroupPairs: of('GroupId').map(({ peer, Description }) =>
        given({ GroupId: peer.value, UserId: caller.account, Description }),
      ),
    });
  });
}

export function ruleShape(caller: Caller, group: SecurityGroup, rule: SecurityGroupRule): sdk.SecurityGroupRule {
  const { member, value } = rule.peer;
  return given({
    SecurityGroupRuleId: rule.id,
    SecurityGroupRuleArn: arnOf(caller, 'security-group-rule', rule.id),
    GroupId: group.id,
    GroupOwnerId: caller.account,
    IsEgress: rule.egress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort ?? -1,
    ToPort: rule.toPort ?? -1,
    CidrIpv4: member === 'CidrIp' ? value : undefined,
    CidrIpv6: member === 'CidrIpv6' ? value : undefined,
    PrefixListId: member === 'PrefixListId' ? value : undefined,
    ReferencedGroupInfo:
      member === 'GroupId' ? { GroupId: value, UserId: caller.account, VpcId: group.vpcId } : undefined,
    Description: rule.description,
    Tags: tagList(rule.tags),
  });
}

export function internetGatewayShape(caller: Caller, { id, vpcId, tags }: InternetGateway): sdk.InternetGateway {
  return {
    InternetGatewayId: id,
    OwnerId: caller.account,
    Attachments: vpcId === undefined ? [] : [{ VpcId: vpcId, State: 'available' as sdk.AttachmentStatus }],
    Tags: tagList(tags),
  };
}

export function natGatewayShape(state: WorldState, caller: Caller, gateway: NatGateway): sdk.NatGateway {
  const gone = gateway.deletedAt !== undefined;
  const address = networkOf(state, caller).addresses.get(gateway.allocationId ?? '');
  return given({
    NatGatewayId: gateway.id,
    SubnetId: gateway.subnetId,
    VpcId: gateway.vpcId,
    ConnectivityType: gateway.connectivity,
    State: gone ? ('deleted' as const) : ('available' as const),
    CreateTime: dateOf(gateway.createdAt),
    DeleteTime: toDate(gateway.deletedAt),
    NatGatewayAddresses: [
      given({
        AllocationId: gateway.allocationId,
        AssociationId: address && idOf(caller, 'eipassoc', gateway.id),
        PublicIp: address?.publicIp,
        PrivateIp: gateway.privateIp,
        NetworkInterfaceId: idOf(caller, 'eni', gateway.id),
        IsPrimary: true,
        Status: 'succeeded' as const,
      }),
    ],
    Tags: tagList(gateway.tags),
  });
}

export function addressShape(state: WorldState, caller: Caller, { id, publicIp, tags }: ElasticAddress): sdk.Address {
  const user = [...networkOf(state, caller).natGateways.values()].find(
    ({ allocationId, deletedAt }) => allocationId === id && deletedAt === undefined,
  );
  return given({
    AllocationId: id,
    PublicIp: publicIp,
    Domain: 'vpc' as const,
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: caller.region,
    AssociationId: user && idOf(caller, 'eipassoc', user.id),
    NetworkInterfaceId: user && idOf(caller, 'eni', user.id),
    NetworkInterfaceOwnerId: user && caller.account,
    PrivateIpAddress: user?.privateIp,
    Tags: tagList(tags),
  });
}
