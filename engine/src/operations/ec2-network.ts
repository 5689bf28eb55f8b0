/**
 * What calls name of a network: zones, VPCs, subnets, tables, gateways, groups; and what is there by default.
 *
 * Owns     nothing: reads the networks of the caller's account and Region.
 * Source   EC2 API reference, "Error codes".
 * Spec     ../domain/networks.md
 */
import type { Environment } from '@holdfast/model';
import { generatedHex } from '../domain/generated-ids';
import {
  type ElasticAddress,
  type InternetGateway,
  type NatGateway,
  type Network,
  type RouteTable,
  type SecurityGroup,
  type Subnet,
  type Vpc,
  zonesOf,
} from '../domain/networks';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { addressText, tryParseBlock } from './cidr';
import { AwsFault, type Ec2FaultName } from './fault';
import { environmentOf } from './stateful';

export function networkOf(state: WorldState, caller: Environment): Network {
  return state.services.networks.at(caller);
}

/** Refuses a zone that the Region does not have. */
export function checkZone(caller: Caller, zone: string): string {
  if (!zonesOf(caller.region).includes(zone)) {
    throw new AwsFault('InvalidZone.NotFound', `The zone '${zone}' does not exist.`);
  }
  return zone;
}

/** Id of a zone, e.g. `use1-az1`. */
export function zoneId(region: string, zone: string): string {
  const [area = '', side = '', number = ''] = region.split('-').slice(-3);
  return `${area}${side.charAt(0)}${number}-az${zonesOf(region).indexOf(zone) + 1}`;
}

/** One thing by its id. @throws AwsFault with the code that EC2 has for its kind */
function find<T>(things: ReadonlyMap<string, T>, id: string | undefined, code: Ec2FaultName, what: string): T {
  if (id === undefined) {
    throw new AwsFault('MissingParameter', `The request must contain the parameter for the ${what}`);
  }
  const found = things.get(id);
  if (found === undefined) {
    throw new AwsFault(code, `The ${what} '${id}' does not exist`);
  }
  return found;
}

export function findVpc(state: WorldState, caller: Environment, id: string | undefined): Vpc {
  return find(networkOf(state, caller).vpcs, id, 'InvalidVpcID.NotFound', 'vpc ID');
}

export function findSubnet(state: WorldState, caller: Environment, id: string | undefined): Subnet {
  return find(networkOf(state, caller).subnets, id, 'InvalidSubnetID.NotFound', 'subnet ID');
}

export function findRouteTable(state: WorldState, caller: Environment, id: string | undefined): RouteTable {
  return find(networkOf(state, caller).routeTables, id, 'InvalidRouteTableID.NotFound', 'routeTable ID');
}

export function findSecurityGroup(state: WorldState, caller: Environment, id: string | undefined): SecurityGroup {
  return find(networkOf(state, caller).securityGroups, id, 'InvalidGroup.NotFound', 'security group');
}

export function findInternetGateway(state: WorldState, caller: Environment, id: string | undefined): InternetGateway {
  const { internetGateways } = networkOf(state, caller);
  return find(internetGateways, id, 'InvalidInternetGatewayID.NotFound', 'internetGateway ID');
}

export function findNatGateway(state: WorldState, caller: Environment, id: string | undefined): NatGateway {
  return find(natGateways(state, caller), id, 'NatGatewayNotFound', 'NatGateway');
}

export function findAddress(state: WorldState, caller: Environment, id: string | undefined): ElasticAddress {
  return find(networkOf(state, caller).addresses, id, 'InvalidAllocationID.NotFound', 'allocation ID');
}

const SHOWN_MS = 3_600_000;

/** Those that stand, and those that were deleted within the hour (Source: VPC user guide, "NAT gateways"). */
export function natGateways(state: WorldState, caller: Environment): ReadonlyMap<string, NatGateway> {
  const all = [...networkOf(state, caller).natGateways];
  return new Map(all.filter(([, { deletedAt }]) => deletedAt === undefined || state.now - deletedAt < SHOWN_MS));
}

/** The VPC of those who name none. @throws AwsFault VPCIdNotSpecified when it was deleted */
export function defaultVpc(state: WorldState, caller: Environment): Vpc {
  const found = [...networkOf(state, caller).vpcs.values()].find(({ isDefault }) => isDefault);
  if (found === undefined) {
    throw new AwsFault('VPCIdNotSpecified', 'No default VPC for this user');
  }
  return found;
}

export function defaultSubnets(state: WorldState, caller: Environment): Subnet[] {
  return [...networkOf(state, caller).subnets.values()].filter(({ isDefault }) => isDefault);
}

/** The group of a VPC that nobody made; undefined where the VPC was deleted. */
export function tryDefaultGroup(state: WorldState, caller: Environment, vpcId?: string): SecurityGroup | undefined {
  const { vpcs, securityGroups } = networkOf(state, caller);
  const id = vpcId ?? [...vpcs.values()].find(({ isDefault }) => isDefault)?.id;
  return [...securityGroups.values()].find((group) => group.vpcId === id && group.name === 'default');
}

/** Ids of the groups of what names none. */
export function defaultGroupIds(state: WorldState, caller: Environment, vpcId?: string): string[] {
  const group = tryDefaultGroup(state, caller, vpcId);
  return group === undefined ? [] : [group.id];
}

/** An address in a subnet, drawn from the name of what has it. The first four and the last are AWS's. */
export function privateAddress(caller: Environment, key: string, cidrBlock: string): string {
  const block = tryParseBlock(cidrBlock);
  const drawn = parseInt(generatedHex('private-address', environmentOf(caller), key, 8), 16);
  return block === undefined ? '' : addressText(block.first + 4 + (drawn % (block.size - 5)));
}
