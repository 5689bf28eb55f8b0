/**
 * DeleteNatGateway.
 *
 * Source   EC2 API reference: it is deleted at once (Assumed), and shown for an hour.
 */
import type { DeleteNatGatewayCommandInput, DeleteNatGatewayCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findNatGateway } from '../ec2-network';

export function deleteNatGateway(
  state: WorldState,
  caller: Caller,
  { NatGatewayId: id }: DeleteNatGatewayCommandInput,
): Omit<DeleteNatGatewayCommandOutput, '$metadata'> {
  const gateway = findNatGateway(state, caller, id);
  gateway.deletedAt ??= state.now;
  return { NatGatewayId: gateway.id };
}
