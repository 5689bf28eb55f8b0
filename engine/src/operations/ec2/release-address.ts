/**
 * ReleaseAddress.
 *
 * Source   EC2 API reference: InvalidIPAddress.InUse while somebody has it.
 */
import type { ReleaseAddressCommandInput, ReleaseAddressCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAddress, networkOf } from '../ec2-network';
import { AwsFault } from '../fault';
import { addressShape } from '../network-shapes';

export function releaseAddress(
  state: WorldState,
  caller: Caller,
  { AllocationId }: ReleaseAddressCommandInput,
): Omit<ReleaseAddressCommandOutput, '$metadata'> {
  const address = findAddress(state, caller, AllocationId);
  if (addressShape(state, caller, address).AssociationId !== undefined) {
    throw new AwsFault('InvalidIPAddress.InUse', `Address ${address.publicIp} is in use.`);
  }
  networkOf(state, caller).addresses.delete(address.id);
  return {};
}
