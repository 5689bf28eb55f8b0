/**
 * DeleteSecurityGroup.
 *
 * Source   EC2 API reference: DependencyViolation while somebody is in it or another group's rule names it; CannotDelete for the
 *          one of a VPC.
 */
import type { DeleteSecurityGroupCommandInput, DeleteSecurityGroupCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { networkOf } from '../ec2-network';
import { AwsFault } from '../fault';
import { refuseInUse } from '../network-interfaces';
import { findGroup } from '../security-groups';

export function deleteSecurityGroup(
  state: WorldState,
  caller: Caller,
  input: DeleteSecurityGroupCommandInput,
): Omit<DeleteSecurityGroupCommandOutput, '$metadata'> {
  const group = findGroup(state, caller, input);
  const { securityGroups } = networkOf(state, caller);
  if (group.name === 'default') {
    const why = `the specified group: "${group.id}" name: "default" cannot be deleted by a user`;
    throw new AwsFault('CannotDelete', why);
  }
  refuseInUse(state, caller, `resource ${group.id}`, ({ groupIds }) => groupIds.includes(group.id));
  const names = [...securityGroups.values()].some(
    (other) => other !== group && [...other.rules.values()].some(({ peer }) => peer.value === group.id),
  );
  if (names) {
    throw new AwsFault('DependencyViolation', `resource ${group.id} has a dependent object`);
  }
  securityGroups.delete(group.id);
  return { Return: true, GroupId: group.id };
}
