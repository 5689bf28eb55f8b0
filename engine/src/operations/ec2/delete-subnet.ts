/**
 * DeleteSubnet.
 *
 * Source   EC2 API reference: DependencyViolation while somebody has an address in it.
 */
import type { DeleteSubnetCommandInput, DeleteSubnetCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSubnet, networkOf } from '../ec2-network';
import { refuseInUse } from '../network-interfaces';

export function deleteSubnet(
  state: WorldState,
  caller: Caller,
  { SubnetId }: DeleteSubnetCommandInput,
): Omit<DeleteSubnetCommandOutput, '$metadata'> {
  const { id } = findSubnet(state, caller, SubnetId);
  refuseInUse(state, caller, `The subnet '${id}'`, ({ subnetId }) => subnetId === id);
  const network = networkOf(state, caller);
  const association = network.associationOf(id);
  association?.table.associations.delete(association.id);
  network.subnets.delete(id);
  return {};
}
