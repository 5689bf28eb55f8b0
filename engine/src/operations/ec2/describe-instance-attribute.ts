/**
 * DescribeInstanceAttribute.
 *
 * Source   EC2 API reference.
 */
import type {
  DescribeInstanceAttributeCommandInput,
  DescribeInstanceAttributeCommandOutput,
  InstanceAttribute,
} from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findInstance, instanceParticulars, instanceShape } from '../ec2-instances';
import { AwsFault } from '../fault';

export function describeInstanceAttribute(
  state: WorldState,
  caller: Caller,
  { InstanceId, Attribute: attribute }: DescribeInstanceAttributeCommandInput,
): Omit<DescribeInstanceAttributeCommandOutput, '$metadata'> {
  const instance = findInstance(state, caller, InstanceId);
  const made = instanceParticulars(state, instance);
  const shape = instanceShape(state, instance);
  const attributes: Readonly<Record<string, InstanceAttribute>> = {
    instanceType: { InstanceType: { Value: made.instanceType } },
    disableApiTermination: { DisableApiTermination: { Value: made.disableApiTermination } },
    disableApiStop: { DisableApiStop: { Value: made.disableApiStop } },
    instanceInitiatedShutdownBehavior: { InstanceInitiatedShutdownBehavior: { Value: made.shutdownBehavior } },
    userData: { UserData: given({ Value: made.userData }) },
    ebsOptimized: { EbsOptimized: { Value: made.ebsOptimized } },
    sourceDestCheck: { SourceDestCheck: { Value: made.sourceDestCheck } },
    rootDeviceName: { RootDeviceName: { Value: shape.RootDeviceName ?? '' } },
    enaSupport: { EnaSupport: { Value: true } },
    groupSet: { Groups: shape.SecurityGroups ?? [] },
    blockDeviceMapping: { BlockDeviceMappings: shape.BlockDeviceMappings ?? [] },
  };
  const found = attributes[attribute ?? ''];
  if (found === undefined) {
    throw new AwsFault('InvalidParameterValue', `Value (${attribute ?? ''}) for parameter attribute is invalid.`);
  }
  return { InstanceId: shape.InstanceId, ...found };
}
