/**
 * DescribeRouteTables.
 *
 * Source   VPC user guide, "Default VPCs": one main route table, with an internet gateway (Assumed: its id).
 */
import type { DescribeRouteTablesCommandInput, DescribeRouteTablesCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { mainRouteTable } from '../ec2-network';
import { AwsFault } from '../fault';
import { matching } from '../filters';

export function describeRouteTables(
  _state: WorldState,
  caller: Caller,
  { RouteTableIds: ids = [], Filters }: DescribeRouteTablesCommandInput,
): Omit<DescribeRouteTablesCommandOutput, '$metadata'> {
  const table = mainRouteTable(caller);
  const unknown = ids.find((id) => id !== table.RouteTableId);
  if (unknown !== undefined) {
    throw new AwsFault('InvalidRouteTableID.NotFound', `The routeTable ID '${unknown}' does not exist`);
  }
  const found = matching(
    [table],
    Filters,
    (one) => ({
      'route-table-id': one.RouteTableId,
      'vpc-id': one.VpcId,
      'owner-id': one.OwnerId,
      'association.main': 'true',
      'association.subnet-id': undefined,
    }),
    () => ({}),
  );
  return { RouteTables: found };
}
