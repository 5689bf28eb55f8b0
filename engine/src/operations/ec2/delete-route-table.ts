/**
 * DeleteRouteTable.
 *
 * Source   EC2 API reference: DependencyViolation for the main one, and while subnets are associated with it.
 */
import type { DeleteRouteTableCommandInput, DeleteRouteTableCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRouteTable, networkOf } from '../ec2-network';
import { AwsFault } from '../fault';

export function deleteRouteTable(
  state: WorldState,
  caller: Caller,
  { RouteTableId }: DeleteRouteTableCommandInput,
): Omit<DeleteRouteTableCommandOutput, '$metadata'> {
  const table = findRouteTable(state, caller, RouteTableId);
  if (table.associations.size > 0) {
    throw new AwsFault('DependencyViolation', `The routeTable '${table.id}' has dependencies and cannot be deleted.`);
  }
  networkOf(state, caller).routeTables.delete(table.id);
  return {};
}
