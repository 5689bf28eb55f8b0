/**
 * DescribeVpcAttribute.
 *
 * Source   EC2 API reference.
 */
import type { DescribeVpcAttributeCommandInput, DescribeVpcAttributeCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findVpc } from '../ec2-network';

export function describeVpcAttribute(
  state: WorldState,
  caller: Caller,
  { VpcId, Attribute: attribute }: DescribeVpcAttributeCommandInput,
): Omit<DescribeVpcAttributeCommandOutput, '$metadata'> {
  const vpc = findVpc(state, caller, VpcId);
  switch (attribute) {
    case 'enableDnsHostnames':
      return { VpcId: vpc.id, EnableDnsHostnames: { Value: vpc.dnsHostnames } };
    case 'enableDnsSupport':
      return { VpcId: vpc.id, EnableDnsSupport: { Value: vpc.dnsSupport } };
    default:
      return { VpcId: vpc.id, EnableNetworkAddressUsageMetrics: { Value: vpc.addressMetrics } };
  }
}
