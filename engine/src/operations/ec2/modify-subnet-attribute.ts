/**
 * ModifySubnetAttribute.
 *
 * Source   EC2 API reference: one attribute a call. Those of IPv6 and of outposts are not modelled.
 */
import type { ModifySubnetAttributeCommandInput, ModifySubnetAttributeCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSubnet } from '../ec2-network';
import { AwsFault } from '../fault';

export function modifySubnetAttribute(
  state: WorldState,
  caller: Caller,
  input: ModifySubnetAttributeCommandInput,
): Omit<ModifySubnetAttributeCommandOutput, '$metadata'> {
  const subnet = findSubnet(state, caller, input.SubnetId);
  if (input.AssignIpv6AddressOnCreation?.Value === true || input.EnableDns64?.Value === true) {
    throw new AwsFault('NotEmulated', 'ec2: IPv6 of subnets is not emulated');
  }
  subnet.publicAddresses = input.MapPublicIpOnLaunch?.Value ?? subnet.publicAddresses;
  subnet.hostnameType = input.PrivateDnsHostnameTypeOnLaunch ?? subnet.hostnameType;
  subnet.hostnameRecord = input.EnableResourceNameDnsARecordOnLaunch?.Value ?? subnet.hostnameRecord;
  return {};
}
