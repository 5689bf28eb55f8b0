/**
 * DescribeNatGateways.
 *
 * Source   EC2 API reference.
 */
import type { DescribeNatGatewaysCommandInput, DescribeNatGatewaysCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findNatGateway, natGateways } from '../ec2-network';
import { matching } from '../filters';
import { natGatewayShape } from '../network-shapes';
import { pageOf } from '../page';

export function describeNatGateways(
  state: WorldState,
  caller: Caller,
  input: DescribeNatGatewaysCommandInput,
): Omit<DescribeNatGatewaysCommandOutput, '$metadata'> {
  const { NatGatewayIds: ids = [], Filter, MaxResults, NextToken } = input;
  const asked =
    ids.length > 0 ? ids.map((id) => findNatGateway(state, caller, id)) : [...natGateways(state, caller).values()];
  const found = matching(
    asked,
    Filter,
    (one) => ({
      'nat-gateway-id': one.id,
      'subnet-id': one.subnetId,
      'vpc-id': one.vpcId,
      state: one.deletedAt === undefined ? 'available' : 'deleted',
    }),
    ({ tags }) => tags,
  );
  const page = pageOf(found, MaxResults, NextToken, {
    service: 'ec2',
    operation: 'DescribeNatGateways',
    keyOf: ({ id }) => id,
  });
  return given({
    NatGateways: page.items.map((one) => natGatewayShape(state, caller, one)),
    NextToken: page.nextToken,
  });
}
