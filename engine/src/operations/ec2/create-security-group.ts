/**
 * CreateSecurityGroup.
 *
 * Source   EC2 API reference: InvalidGroup.Duplicate in a VPC, InvalidGroup.Reserved for `default`; a new one lets everything out.
 */
import type { CreateSecurityGroupCommandInput, CreateSecurityGroupCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { defaultVpc, findVpc, networkOf } from '../ec2-network';
import { specifiedTags } from '../ec2-tags';
import { AwsFault } from '../fault';

export function createSecurityGroup(
  state: WorldState,
  caller: Caller,
  input: CreateSecurityGroupCommandInput,
): Omit<CreateSecurityGroupCommandOutput, '$metadata'> {
  const { GroupName: name = '', Description: description } = input;
  const { id: vpcId } = input.VpcId === undefined ? defaultVpc(state, caller) : findVpc(state, caller, input.VpcId);
  const network = networkOf(state, caller);
  if (description === undefined || description === '') {
    throw new AwsFault('MissingParameter', 'The request must contain the parameter GroupDescription');
  }
  if (name === 'default') {
    throw new AwsFault('InvalidGroup.Reserved', `Cannot use reserved security group name: ${name}`);
  }
  if (name === '' || name.length > 255 || /^sg-/.test(name)) {
    throw new AwsFault('InvalidParameterValue', `Value (${name}) for parameter GroupName is invalid.`);
  }
  if ([...network.securityGroups.values()].some((one) => one.vpcId === vpcId && one.name === name)) {
    throw new AwsFault('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpcId}'`);
  }
  const tags = specifiedTags(input.TagSpecifications, 'security-group');
  const { id } = network.addSecurityGroup(`${vpcId} ${name}`, { name, description, vpcId, tags });
  const { partition, region, account } = caller;
  return { GroupId: id, SecurityGroupArn: `arn:${partition}:ec2:${region}:${account}:security-group/${id}` };
}
