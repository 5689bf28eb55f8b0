/**
 * DescribeNetworkAcls.
 *
 * Source   EC2 API reference.
 * Assumed  Each VPC has its default one alone, as none is made here.
 */
import type { DescribeNetworkAclsCommandInput, DescribeNetworkAclsCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { networkOf } from '../ec2-network';
import { AwsFault } from '../fault';
import { matching } from '../filters';
import { aclShape } from '../network-shapes';
import { pageOf } from '../page';

export function describeNetworkAcls(
  state: WorldState,
  caller: Caller,
  { NetworkAclIds: ids = [], Filters, MaxResults, NextToken }: DescribeNetworkAclsCommandInput,
): Omit<DescribeNetworkAclsCommandOutput, '$metadata'> {
  const all = [...networkOf(state, caller).vpcs.values()].map((vpc) => aclShape(state, caller, vpc));
  const unknown = ids.find((id) => !all.some(({ NetworkAclId }) => NetworkAclId === id));
  if (unknown !== undefined) {
    throw new AwsFault('InvalidNetworkAclID.NotFound', `The networkAcl ID '${unknown}' does not exist`);
  }
  const found = matching(
    all.filter(({ NetworkAclId = '' }) => ids.length === 0 || ids.includes(NetworkAclId)),
    Filters,
    (one) => ({
      'network-acl-id': one.NetworkAclId,
      'vpc-id': one.VpcId,
      default: 'true',
      'owner-id': one.OwnerId,
      'association.subnet-id': one.Associations?.flatMap(({ SubnetId }) => SubnetId ?? []),
    }),
    () => ({}),
  );
  const page = pageOf(found, MaxResults, NextToken, {
    service: 'ec2',
    operation: 'DescribeNetworkAcls',
    keyOf: ({ NetworkAclId = '' }) => NetworkAclId,
  });
  return given({ NetworkAcls: page.items, NextToken: page.nextToken });
}
