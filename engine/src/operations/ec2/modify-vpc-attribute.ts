/**
 * ModifyVpcAttribute.
 *
 * Source   EC2 API reference: one attribute a call.
 */
import type { ModifyVpcAttributeCommandInput, ModifyVpcAttributeCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findVpc } from '../ec2-network';

export function modifyVpcAttribute(
  state: WorldState,
  caller: Caller,
  input: ModifyVpcAttributeCommandInput,
): Omit<ModifyVpcAttributeCommandOutput, '$metadata'> {
  const vpc = findVpc(state, caller, input.VpcId);
  vpc.dnsHostnames = input.EnableDnsHostnames?.Value ?? vpc.dnsHostnames;
  vpc.dnsSupport = input.EnableDnsSupport?.Value ?? vpc.dnsSupport;
  vpc.addressMetrics = input.EnableNetworkAddressUsageMetrics?.Value ?? vpc.addressMetrics;
  return {};
}
