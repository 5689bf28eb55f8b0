/**
 * ModifyInstanceAttribute.
 *
 * Source   EC2 API reference: type and user data change while the instance is stopped.
 */
import type { ModifyInstanceAttributeCommandInput, ModifyInstanceAttributeCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findInstance, typeFacts } from '../ec2-instances';
import { AwsFault } from '../fault';

export function modifyInstanceAttribute(
  state: WorldState,
  caller: Caller,
  input: ModifyInstanceAttributeCommandInput,
): Omit<ModifyInstanceAttributeCommandOutput, '$metadata'> {
  const instance = findInstance(state, caller, input.InstanceId);
  const instanceType = input.InstanceType?.Value ?? (input.Attribute === 'instanceType' ? input.Value : undefined);
  const userData = input.UserData?.Value;
  if ((instanceType !== undefined || userData !== undefined) && instance.declaration.state !== 'stopped') {
    throw new AwsFault(
      'IncorrectInstanceState',
      `The instance '${input.InstanceId ?? ''}' is not in the 'stopped' state.`,
    );
  }
  if (instanceType !== undefined) {
    typeFacts(instanceType);
  }
  for (const { DeviceName, Ebs } of input.BlockDeviceMappings ?? []) {
    const attachment = state.services.ec2.attachedTo(instance.arn).find(({ device }) => device === DeviceName);
    if (attachment !== undefined && Ebs?.DeleteOnTermination !== undefined) {
      attachment.deleteOnTermination = Ebs.DeleteOnTermination;
    }
  }
  const changed = given({
    instanceType,
    userData: userData === undefined ? undefined : Buffer.from(userData).toString('base64'),
    disableApiTermination: input.DisableApiTermination?.Value,
    disableApiStop: input.DisableApiStop?.Value,
    shutdownBehavior: input.InstanceInitiatedShutdownBehavior?.Value,
    ebsOptimized: input.EbsOptimized?.Value,
    sourceDestCheck: input.SourceDestCheck?.Value,
    securityGroupIds: input.Groups,
  });
  state.ledger.particulars.instances.change(instance.arn, changed);
  return {};
}
