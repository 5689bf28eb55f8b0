/**
 * DetachInternetGateway.
 *
 * Source   EC2 API reference: DependencyViolation while an address of the VPC is mapped through it.
 */
import type { DetachInternetGatewayCommandInput, DetachInternetGatewayCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findInternetGateway, findVpc, natGateways } from '../ec2-network';
import { AwsFault } from '../fault';

export function detachInternetGateway(
  state: WorldState,
  caller: Caller,
  { InternetGatewayId, VpcId }: DetachInternetGatewayCommandInput,
): Omit<DetachInternetGatewayCommandOutput, '$metadata'> {
  const gateway = findInternetGateway(state, caller, InternetGatewayId);
  const { id } = findVpc(state, caller, VpcId);
  if (gateway.vpcId !== id) {
    throw new AwsFault('Gateway.NotAttached', `resource ${gateway.id} is not attached to network ${id}`);
  }
  const mapped = [...natGateways(state, caller).values()].some(
    ({ vpcId, connectivity, deletedAt }) => vpcId === id && connectivity === 'public' && deletedAt === undefined,
  );
  if (mapped) {
    const why = `Network ${id} has some mapped public address(es). Please unmap those before detaching the gateway.`;
    throw new AwsFault('DependencyViolation', why);
  }
  gateway.vpcId = undefined;
  return {};
}
