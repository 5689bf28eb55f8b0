/**
 * DescribeVpcs.
 *
 * Source   EC2 API reference.
 */
import type { DescribeVpcsCommandInput, DescribeVpcsCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findVpc, networkOf } from '../ec2-network';
import { matching } from '../filters';
import { pageOf } from '../page';
import { vpcShape } from '../network-shapes';

export function describeVpcs(
  state: WorldState,
  caller: Caller,
  { VpcIds: ids = [], Filters, MaxResults, NextToken }: DescribeVpcsCommandInput,
): Omit<DescribeVpcsCommandOutput, '$metadata'> {
  const asked =
    ids.length > 0 ? ids.map((id) => findVpc(state, caller, id)) : [...networkOf(state, caller).vpcs.values()];
  const found = matching(
    asked,
    Filters,
    (one) => ({
      'vpc-id': one.id,
      cidr: one.cidrBlock,
      'cidr-block-association.cidr-block': one.cidrBlock,
      'is-default': String(one.isDefault),
      isDefault: String(one.isDefault),
      'owner-id': caller.account,
      state: 'available',
    }),
    ({ tags }) => tags,
  );
  const page = pageOf(found, MaxResults, NextToken, {
    service: 'ec2',
    operation: 'DescribeVpcs',
    keyOf: ({ id }) => id,
  });
  return given({ Vpcs: page.items.map((one) => vpcShape(caller, one)), NextToken: page.nextToken });
}
