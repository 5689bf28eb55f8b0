/**
 * DescribeSecurityGroups.
 *
 * Source   EC2 API reference. The default group is the only one (Assumed).
 */
import type { DescribeSecurityGroupsCommandInput, DescribeSecurityGroupsCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { defaultSecurityGroup } from '../ec2-network';
import { AwsFault } from '../fault';
import { matching } from '../filters';

export function describeSecurityGroups(
  _state: WorldState,
  caller: Caller,
  { GroupIds: ids = [], GroupNames: names = [], Filters }: DescribeSecurityGroupsCommandInput,
): Omit<DescribeSecurityGroupsCommandOutput, '$metadata'> {
  const group = defaultSecurityGroup(caller);
  const unknown = [...ids.filter((id) => id !== group.GroupId), ...names.filter((name) => name !== group.GroupName)];
  if (unknown.length > 0) {
    throw new AwsFault('InvalidGroup.NotFound', `The security group '${unknown[0] ?? ''}' does not exist`);
  }
  const found = matching(
    [group],
    Filters,
    (one) => ({
      'group-id': one.GroupId,
      'group-name': one.GroupName,
      'vpc-id': one.VpcId,
      'owner-id': one.OwnerId,
      description: one.Description,
    }),
    () => ({}),
  );
  return { SecurityGroups: found };
}
