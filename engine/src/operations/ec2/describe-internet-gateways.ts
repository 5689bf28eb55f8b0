/**
 * DescribeInternetGateways.
 *
 * Source   EC2 API reference.
 */
import type { DescribeInternetGatewaysCommandInput, DescribeInternetGatewaysCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findInternetGateway, networkOf } from '../ec2-network';
import { matching } from '../filters';
import { pageOf } from '../page';
import { internetGatewayShape } from '../network-shapes';

export function describeInternetGateways(
  state: WorldState,
  caller: Caller,
  { InternetGatewayIds: ids = [], Filters, MaxResults, NextToken }: DescribeInternetGatewaysCommandInput,
): Omit<DescribeInternetGatewaysCommandOutput, '$metadata'> {
  const asked =
    ids.length > 0
      ? ids.map((id) => findInternetGateway(state, caller, id))
      : [...networkOf(state, caller).internetGateways.values()];
  const found = matching(
    asked,
    Filters,
    ({ id, vpcId }) => ({
      'internet-gateway-id': id,
      'attachment.vpc-id': vpcId,
      'attachment.state': vpcId && 'available',
      'owner-id': caller.account,
    }),
    ({ tags }) => tags,
  );
  const page = pageOf(found, MaxResults, NextToken, {
    service: 'ec2',
    operation: 'DescribeInternetGateways',
    keyOf: ({ id }) => id,
  });
  return given({
    InternetGateways: page.items.map((one) => internetGatewayShape(caller, one)),
    NextToken: page.nextToken,
  });
}
