/**
 * DeleteRoute.
 *
 * Source   EC2 API reference: the route inside the VPC stays.
 */
import type { DeleteRouteCommandInput, DeleteRouteCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRouteTable } from '../ec2-network';
import { AwsFault } from '../fault';
import { findDestination } from '../routes';

export function deleteRoute(
  state: WorldState,
  caller: Caller,
  input: DeleteRouteCommandInput,
): Omit<DeleteRouteCommandOutput, '$metadata'> {
  const table = findRouteTable(state, caller, input.RouteTableId);
  const destination = findDestination(table, input);
  if (table.routes.get(destination)?.id === 'local') {
    const why = `cannot remove local route ${destination} in route table ${table.id}`;
    throw new AwsFault('InvalidParameterValue', why);
  }
  table.routes.delete(destination);
  return {};
}
