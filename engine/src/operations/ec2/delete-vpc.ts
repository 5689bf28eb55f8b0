/**
 * DeleteVpc.
 *
 * Source   EC2 API reference: DependencyViolation while anything but its own main table and default group is in it.
 */
import type { DeleteVpcCommandInput, DeleteVpcCommandOutput } from '@aws-sdk/client-ec2';
import { isMain } from '../../domain/networks';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findVpc, networkOf } from '../ec2-network';
import { AwsFault } from '../fault';

export function deleteVpc(
  state: WorldState,
  caller: Caller,
  { VpcId }: DeleteVpcCommandInput,
): Omit<DeleteVpcCommandOutput, '$metadata'> {
  const vpc = findVpc(state, caller, VpcId);
  const network = networkOf(state, caller);
  const inUse =
    [...network.subnets.values()].some(({ vpcId }) => vpcId === vpc.id) ||
    [...network.internetGateways.values()].some(({ vpcId }) => vpcId === vpc.id) ||
    [...network.securityGroups.values()].some(({ vpcId, name }) => vpcId === vpc.id && name !== 'default') ||
    [...network.routeTables.values()].some((table) => table.vpcId === vpc.id && !isMain(table));
  if (inUse) {
    throw new AwsFault('DependencyViolation', `The vpc '${vpc.id}' has dependencies and cannot be deleted.`);
  }
  network.removeVpc(vpc);
  return {};
}
