/**
 * DescribeSubnets.
 *
 * Source   EC2 API reference. Those of the default VPC are the only ones (Assumed).
 */
import type { DescribeSubnetsCommandInput, DescribeSubnetsCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { defaultSubnets } from '../ec2-network';
import { AwsFault } from '../fault';
import { matching } from '../filters';

export function describeSubnets(
  _state: WorldState,
  caller: Caller,
  { SubnetIds: ids = [], Filters }: DescribeSubnetsCommandInput,
): Omit<DescribeSubnetsCommandOutput, '$metadata'> {
  const subnets = defaultSubnets(caller);
  const unknown = ids.find((id) => !subnets.some(({ SubnetId }) => SubnetId === id));
  if (unknown !== undefined) {
    throw new AwsFault('InvalidSubnetID.NotFound', `The subnet ID '${unknown}' does not exist`);
  }
  const found = matching(
    subnets.filter(({ SubnetId }) => ids.length === 0 || ids.includes(SubnetId)),
    Filters,
    (one) => ({
      'subnet-id': one.SubnetId,
      'vpc-id': one.VpcId,
      'availability-zone': one.AvailabilityZone,
      'availability-zone-id': one.AvailabilityZoneId,
      'cidr-block': one.CidrBlock,
      'default-for-az': String(one.DefaultForAz),
      defaultForAz: String(one.DefaultForAz),
      'owner-id': one.OwnerId,
      state: one.State,
    }),
    () => ({}),
  );
  return { Subnets: found };
}
