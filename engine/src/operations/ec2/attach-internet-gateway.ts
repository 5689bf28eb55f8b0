/**
 * AttachInternetGateway.
 *
 * Source   EC2 API reference: Resource.AlreadyAssociated for a gateway that has a VPC, InvalidParameterValue for a VPC that has one.
 */
import type { AttachInternetGatewayCommandInput, AttachInternetGatewayCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findInternetGateway, findVpc, networkOf } from '../ec2-network';
import { AwsFault } from '../fault';

export function attachInternetGateway(
  state: WorldState,
  caller: Caller,
  { InternetGatewayId, VpcId }: AttachInternetGatewayCommandInput,
): Omit<AttachInternetGatewayCommandOutput, '$metadata'> {
  const gateway = findInternetGateway(state, caller, InternetGatewayId);
  const { id } = findVpc(state, caller, VpcId);
  if (gateway.vpcId !== undefined) {
    const why = `resource ${gateway.id} is already attached to network ${gateway.vpcId}`;
    throw new AwsFault('Resource.AlreadyAssociated', why);
  }
  if ([...networkOf(state, caller).internetGateways.values()].some(({ vpcId }) => vpcId === id)) {
    throw new AwsFault('InvalidParameterValue', `Network ${id} already has an internet gateway attached`);
  }
  gateway.vpcId = id;
  return {};
}
