/**
 * Routes and associations that calls name.
 *
 * Pure: reads the World.
 * Source   EC2 API reference, CreateRoute: one destination, one target.
 */
import type { CreateRouteCommandInput } from '@aws-sdk/client-ec2';
import type { RouteTable, RouteTarget } from '../domain/networks';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { tryParseBlock } from './cidr';
import { findInternetGateway, findNatGateway, networkOf } from './ec2-network';
import { AwsFault } from './fault';

type Asked = Omit<CreateRouteCommandInput, 'RouteTableId'>;

/** Targets that nothing here is. */
const OTHERS = [
  'CarrierGatewayId',
  'CoreNetworkArn',
  'EgressOnlyInternetGatewayId',
  'InstanceId',
  'LocalGatewayId',
  'NetworkInterfaceId',
  'TransitGatewayId',
  'VpcEndpointId',
  'VpcPeeringConnectionId',
] as const;

export function destinationIn({ DestinationCidrBlock: text, ...asked }: Asked): string {
  if (asked.DestinationIpv6CidrBlock !== undefined || asked.DestinationPrefixListId !== undefined) {
    throw new AwsFault('NotEmulated', 'ec2: routes to IPv6 and to prefix lists are not emulated');
  }
  const block = tryParseBlock(text);
  if (block === undefined) {
    throw new AwsFault('InvalidParameterValue', `Value (${text ?? ''}) for parameter destinationCidrBlock is invalid.`);
  }
  return block.text;
}

/** @throws AwsFault InvalidRoute.NotFound when the table has no such route */
export function findDestination(table: RouteTable, asked: Asked): string {
  const destination = destinationIn(asked);
  if (!table.routes.has(destination)) {
    const why = `no route with destination-cidr-block ${destination} in route table ${table.id}`;
    throw new AwsFault('InvalidRoute.NotFound', why);
  }
  return destination;
}

export function targetIn(state: WorldState, caller: Caller, table: RouteTable, asked: Asked): RouteTarget {
  const other = OTHERS.find((member) => asked[member] !== undefined);
  if (other !== undefined) {
    throw new AwsFault('NotEmulated', `ec2: ${other} of a route is not emulated`);
  }
  const { GatewayId, NatGatewayId } = asked;
  if ((GatewayId === undefined) === (NatGatewayId === undefined)) {
    throw new AwsFault('InvalidParameterCombination', 'The request must contain exactly one target.');
  }
  if (NatGatewayId !== undefined) {
    return { member: 'NatGatewayId', id: findNatGateway(state, caller, NatGatewayId).id };
  }
  const { id, vpcId } = findInternetGateway(state, caller, GatewayId);
  if (vpcId !== table.vpcId) {
    const why = `route table ${table.id} and network gateway ${id} belong to different networks`;
    throw new AwsFault('InvalidParameterValue', why);
  }
  return { member: 'GatewayId', id };
}

/** @throws AwsFault InvalidAssociationID.NotFound */
export function findAssociation(
  state: WorldState,
  caller: Caller,
  id: string | undefined,
): { readonly table: RouteTable; readonly subnetId: string | undefined } {
  for (const table of networkOf(state, caller).routeTables.values()) {
    if (id !== undefined && table.associations.has(id)) {
      return { table, subnetId: table.associations.get(id) };
    }
  }
  throw new AwsFault('InvalidAssociationID.NotFound', `The association ID '${id ?? ''}' does not exist`);
}
