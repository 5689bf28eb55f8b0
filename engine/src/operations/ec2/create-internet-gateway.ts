/**
 * CreateInternetGateway.
 *
 * Source   EC2 API reference.
 */
import type { CreateInternetGatewayCommandInput, CreateInternetGatewayCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { networkOf } from '../ec2-network';
import { specifiedTags } from '../ec2-tags';
import { internetGatewayShape } from '../network-shapes';

export function createInternetGateway(
  state: WorldState,
  caller: Caller,
  input: CreateInternetGatewayCommandInput,
): Omit<CreateInternetGatewayCommandOutput, '$metadata'> {
  const network = networkOf(state, caller);
  const tags = specifiedTags(input.TagSpecifications, 'internet-gateway');
  const gateway = { id: network.id('igw', tags['Name'] ?? 'gateway'), vpcId: undefined, tags };
  network.internetGateways.set(gateway.id, gateway);
  return { InternetGateway: internetGatewayShape(caller, gateway) };
}
