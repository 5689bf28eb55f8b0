/**
 * DescribeSecurityGroupRules.
 *
 * Source   EC2 API reference.
 */
import type {
  DescribeSecurityGroupRulesCommandInput,
  DescribeSecurityGroupRulesCommandOutput,
} from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { networkOf } from '../ec2-network';
import { matching } from '../filters';
import { ruleShape } from '../network-shapes';
import { pageOf } from '../page';
import { findRule } from '../security-groups';

export function describeSecurityGroupRules(
  state: WorldState,
  caller: Caller,
  input: DescribeSecurityGroupRulesCommandInput,
): Omit<DescribeSecurityGroupRulesCommandOutput, '$metadata'> {
  const { SecurityGroupRuleIds: ids = [], Filters, MaxResults, NextToken } = input;
  const all = [...networkOf(state, caller).securityGroups.values()].flatMap((group) =>
    [...group.rules.values()].map((rule) => ({ group, rule })),
  );
  const found = matching(
    ids.length === 0 ? all : ids.map((id) => findRule(state, caller, id)),
    Filters,
    ({ group, rule }) => ({ 'group-id': group.id, 'security-group-rule-id': rule.id }),
    ({ rule }) => rule.tags,
  );
  const page = pageOf(found, MaxResults, NextToken, {
    service: 'ec2',
    operation: 'DescribeSecurityGroupRules',
    keyOf: ({ rule }) => rule.id,
  });
  const shapes = page.items.map(({ group, rule }) => ruleShape(caller, group, rule));
  return given({ SecurityGroupRules: shapes, NextToken: page.nextToken });
}
