/**
 * CreateRouteTable.
 *
 * Source   EC2 API reference: it begins with the route inside the VPC.
 */
import type { CreateRouteTableCommandInput, CreateRouteTableCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findVpc, networkOf } from '../ec2-network';
import { specifiedTags } from '../ec2-tags';
import { routeTableShape } from '../network-shapes';

export function createRouteTable(
  state: WorldState,
  caller: Caller,
  input: CreateRouteTableCommandInput,
): Omit<CreateRouteTableCommandOutput, '$metadata'> {
  const vpc = findVpc(state, caller, input.VpcId);
  const tags = specifiedTags(input.TagSpecifications, 'route-table');
  const table = networkOf(state, caller).addRouteTable(tags['Name'] ?? `${vpc.id} table`, vpc, tags);
  return { RouteTable: routeTableShape(state, caller, table) };
}
