/**
 * ReplaceRoute.
 *
 * Source   EC2 API reference.
 */
import type { ReplaceRouteCommandInput, ReplaceRouteCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRouteTable } from '../ec2-network';
import { findDestination, targetIn } from '../routes';

export function replaceRoute(
  state: WorldState,
  caller: Caller,
  input: ReplaceRouteCommandInput,
): Omit<ReplaceRouteCommandOutput, '$metadata'> {
  const table = findRouteTable(state, caller, input.RouteTableId);
  const destination = findDestination(table, input);
  table.routes.set(destination, targetIn(state, caller, table, input));
  return {};
}
