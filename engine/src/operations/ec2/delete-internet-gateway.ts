/**
 * DeleteInternetGateway.
 *
 * Source   EC2 API reference: DependencyViolation while it is attached.
 */
import type { DeleteInternetGatewayCommandInput, DeleteInternetGatewayCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findInternetGateway, networkOf } from '../ec2-network';
import { AwsFault } from '../fault';

export function deleteInternetGateway(
  state: WorldState,
  caller: Caller,
  { InternetGatewayId }: DeleteInternetGatewayCommandInput,
): Omit<DeleteInternetGatewayCommandOutput, '$metadata'> {
  const gateway = findInternetGateway(state, caller, InternetGatewayId);
  if (gateway.vpcId !== undefined) {
    const why = `The internetGateway '${gateway.id}' has dependencies and cannot be deleted.`;
    throw new AwsFault('DependencyViolation', why);
  }
  networkOf(state, caller).internetGateways.delete(gateway.id);
  return {};
}
