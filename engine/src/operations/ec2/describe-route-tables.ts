/**
 * DescribeRouteTables.
 *
 * Source   EC2 API reference.
 */
import type { DescribeRouteTablesCommandInput, DescribeRouteTablesCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findRouteTable, networkOf } from '../ec2-network';
import { matching } from '../filters';
import { pageOf } from '../page';
import { routeTableFacts, routeTableShape } from '../network-shapes';

export function describeRouteTables(
  state: WorldState,
  caller: Caller,
  { RouteTableIds: ids = [], Filters, MaxResults, NextToken }: DescribeRouteTablesCommandInput,
): Omit<DescribeRouteTablesCommandOutput, '$metadata'> {
  const asked =
    ids.length > 0
      ? ids.map((id) => findRouteTable(state, caller, id))
      : [...networkOf(state, caller).routeTables.values()];
  const found = matching(
    asked,
    Filters,
    (one) => routeTableFacts(caller, one),
    ({ tags }) => tags,
  );
  const page = pageOf(found, MaxResults, NextToken, {
    service: 'ec2',
    operation: 'DescribeRouteTables',
    keyOf: ({ id }) => id,
  });
  return given({
    RouteTables: page.items.map((one) => routeTableShape(state, caller, one)),
    NextToken: page.nextToken,
  });
}
