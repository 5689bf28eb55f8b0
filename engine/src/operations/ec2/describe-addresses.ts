/**
 * DescribeAddresses.
 *
 * Source   EC2 API reference.
 */
import type { DescribeAddressesCommandInput, DescribeAddressesCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAddress, networkOf } from '../ec2-network';
import { matching } from '../filters';
import { addressShape } from '../network-shapes';

export function describeAddresses(
  state: WorldState,
  caller: Caller,
  { AllocationIds: ids = [], PublicIps: addresses = [], Filters }: DescribeAddressesCommandInput,
): Omit<DescribeAddressesCommandOutput, '$metadata'> {
  const all = [...networkOf(state, caller).addresses.values()];
  const asked = ids.length > 0 ? ids.map((id) => findAddress(state, caller, id)) : all;
  const found = matching(
    asked.filter(({ publicIp }) => addresses.length === 0 || addresses.includes(publicIp)),
    Filters,
    (one) => ({
      'allocation-id': one.id,
      'public-ip': one.publicIp,
      domain: 'vpc',
      'association-id': addressShape(state, caller, one).AssociationId,
    }),
    ({ tags }) => tags,
  );
  return { Addresses: found.map((one) => addressShape(state, caller, one)) };
}
