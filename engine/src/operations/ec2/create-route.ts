/**
 * CreateRoute.
 *
 * Source   EC2 API reference: RouteAlreadyExists for another target of a destination, InvalidParameterValue inside the VPC.
 */
import type { CreateRouteCommandInput, CreateRouteCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRouteTable } from '../ec2-network';
import { AwsFault } from '../fault';
import { destinationIn, targetIn } from '../routes';

export function createRoute(
  state: WorldState,
  caller: Caller,
  input: CreateRouteCommandInput,
): Omit<CreateRouteCommandOutput, '$metadata'> {
  const table = findRouteTable(state, caller, input.RouteTableId);
  const destination = destinationIn(input);
  const target = targetIn(state, caller, table, input);
  const standing = table.routes.get(destination);
  if (standing !== undefined && standing.id !== target.id) {
    throw new AwsFault('RouteAlreadyExists', `The route identified by ${destination} already exists.`);
  }
  table.routes.set(destination, target);
  return { Return: true };
}
