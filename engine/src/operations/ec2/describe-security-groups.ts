/**
 * DescribeSecurityGroups.
 *
 * Source   EC2 API reference. Names are those of the default VPC.
 */
import type { DescribeSecurityGroupsCommandInput, DescribeSecurityGroupsCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { networkOf } from '../ec2-network';
import { matching } from '../filters';
import { groupShape } from '../network-shapes';
import { pageOf } from '../page';
import { findGroup } from '../security-groups';

export function describeSecurityGroups(
  state: WorldState,
  caller: Caller,
  input: DescribeSecurityGroupsCommandInput,
): Omit<DescribeSecurityGroupsCommandOutput, '$metadata'> {
  const { GroupIds: ids = [], GroupNames: names = [], Filters, MaxResults, NextToken } = input;
  const asked = [
    ...ids.map((GroupId) => findGroup(state, caller, { GroupId })),
    ...names.map((GroupName) => findGroup(state, caller, { GroupName })),
  ];
  const all = ids.length + names.length > 0 ? asked : [...networkOf(state, caller).securityGroups.values()];
  const found = matching(
    all,
    Filters,
    (one) => ({
      'group-id': one.id,
      'group-name': one.name,
      'vpc-id': one.vpcId,
      'owner-id': caller.account,
      description: one.description,
      'ip-permission.group-id': [...one.rules.values()].flatMap(({ egress, peer }) =>
        !egress && peer.member === 'GroupId' ? peer.value : [],
      ),
    }),
    ({ tags }) => tags,
  );
  const page = pageOf(found, MaxResults, NextToken, {
    service: 'ec2',
    operation: 'DescribeSecurityGroups',
    keyOf: ({ id }) => id,
  });
  return given({ SecurityGroups: page.items.map((one) => groupShape(caller, one)), NextToken: page.nextToken });
}
