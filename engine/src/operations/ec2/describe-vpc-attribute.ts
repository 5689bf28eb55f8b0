/**
 * DescribeVpcAttribute.
 *
 * Source   VPC user guide, "Default VPCs": both DNS attributes are on.
 */
import type { DescribeVpcAttributeCommandInput, DescribeVpcAttributeCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findVpc } from '../ec2-network';

export function describeVpcAttribute(
  _state: WorldState,
  caller: Caller,
  { VpcId, Attribute: attribute }: DescribeVpcAttributeCommandInput,
): Omit<DescribeVpcAttributeCommandOutput, '$metadata'> {
  const { VpcId: id } = findVpc(caller, VpcId);
  switch (attribute) {
    case 'enableDnsHostnames':
      return { VpcId: id, EnableDnsHostnames: { Value: true } };
    case 'enableDnsSupport':
      return { VpcId: id, EnableDnsSupport: { Value: true } };
    default:
      return { VpcId: id, EnableNetworkAddressUsageMetrics: { Value: false } };
  }
}
