/**
 * DescribeAddressesAttribute.
 *
 * Source   EC2 API reference: the names of addresses, of which none is given one here (Assumed).
 */
import type {
  DescribeAddressesAttributeCommandInput,
  DescribeAddressesAttributeCommandOutput,
} from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAddress } from '../ec2-network';

export function describeAddressesAttribute(
  state: WorldState,
  caller: Caller,
  { AllocationIds: ids = [] }: DescribeAddressesAttributeCommandInput,
): Omit<DescribeAddressesAttributeCommandOutput, '$metadata'> {
  const found = ids.map((id) => findAddress(state, caller, id));
  return { Addresses: found.map(({ id, publicIp }) => ({ AllocationId: id, PublicIp: publicIp })) };
}
