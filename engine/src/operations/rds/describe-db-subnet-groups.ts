/**
 * DescribeDBSubnetGroups.
 *
 * Source   API of RDS 2014-10-31.
 */
import type { DescribeDBSubnetGroupsCommandInput, DescribeDBSubnetGroupsCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSubnetGroup, subnetGroups, subnetGroupShape } from '../database-subnets';

export function describeDBSubnetGroups(
  state: WorldState,
  caller: Caller,
  { DBSubnetGroupName: named }: DescribeDBSubnetGroupsCommandInput,
): Omit<DescribeDBSubnetGroupsCommandOutput, '$metadata'> {
  const asked = named === undefined ? subnetGroups(state, caller) : [findSubnetGroup(state, caller, named)];
  return { DBSubnetGroups: asked.flatMap(({ name }) => subnetGroupShape(state, caller, name) ?? []) };
}
