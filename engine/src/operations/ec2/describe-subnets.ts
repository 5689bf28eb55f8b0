/**
 * DescribeSubnets.
 *
 * Source   EC2 API reference.
 */
import type { DescribeSubnetsCommandInput, DescribeSubnetsCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findSubnet, networkOf, zoneId } from '../ec2-network';
import { matching } from '../filters';
import { pageOf } from '../page';
import { subnetShapes } from '../network-shapes';

export function describeSubnets(
  state: WorldState,
  caller: Caller,
  { SubnetIds: ids = [], Filters, MaxResults, NextToken }: DescribeSubnetsCommandInput,
): Omit<DescribeSubnetsCommandOutput, '$metadata'> {
  const asked =
    ids.length > 0 ? ids.map((id) => findSubnet(state, caller, id)) : [...networkOf(state, caller).subnets.values()];
  const found = matching(
    asked,
    Filters,
    (one) => ({
      'subnet-id': one.id,
      'vpc-id': one.vpcId,
      'availability-zone': one.zone,
      'availability-zone-id': zoneId(caller.region, one.zone),
      'cidr-block': one.cidrBlock,
      'default-for-az': String(one.isDefault),
      defaultForAz: String(one.isDefault),
      'map-public-ip-on-launch': String(one.publicAddresses),
      'owner-id': caller.account,
      state: 'available',
    }),
    ({ tags }) => tags,
  );
  const page = pageOf(found, MaxResults, NextToken, {
    service: 'ec2',
    operation: 'DescribeSubnets',
    keyOf: ({ id }) => id,
  });
  return given({ Subnets: subnetShapes(state, caller, page.items), NextToken: page.nextToken });
}
