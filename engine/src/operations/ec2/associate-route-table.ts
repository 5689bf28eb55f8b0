/**
 * AssociateRouteTable.
 *
 * Source   EC2 API reference: Resource.AlreadyAssociated for a subnet that has one. Gateways are not modelled.
 */
import type { AssociateRouteTableCommandInput, AssociateRouteTableCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRouteTable, findSubnet, networkOf } from '../ec2-network';
import { AwsFault } from '../fault';

export function associateRouteTable(
  state: WorldState,
  caller: Caller,
  input: AssociateRouteTableCommandInput,
): Omit<AssociateRouteTableCommandOutput, '$metadata'> {
  const table = findRouteTable(state, caller, input.RouteTableId);
  if (input.GatewayId !== undefined) {
    throw new AwsFault('NotEmulated', 'ec2: route tables of gateways are not emulated');
  }
  const subnet = findSubnet(state, caller, input.SubnetId);
  const network = networkOf(state, caller);
  const standing = network.associationOf(subnet.id);
  if (standing !== undefined && standing.table.id !== table.id) {
    const why = `the specified association for route table ${table.id} conflicts with an existing association`;
    throw new AwsFault('Resource.AlreadyAssociated', why);
  }
  if (subnet.vpcId !== table.vpcId) {
    const why = `Route table ${table.id} and subnet ${subnet.id} belong to different networks`;
    throw new AwsFault('InvalidParameterValue', why);
  }
  const id = standing?.id ?? network.id('rtbassoc', `${table.id} ${subnet.id}`);
  table.associations.set(id, subnet.id);
  return { AssociationId: id, AssociationState: { State: 'associated' } };
}
