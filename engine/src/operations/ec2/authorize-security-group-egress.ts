/**
 * AuthorizeSecurityGroupEgress.
 *
 * Source   EC2 API reference: InvalidPermission.Duplicate for a rule that is there, in which case none is added.
 */
import type {
  AuthorizeSecurityGroupEgressCommandInput,
  AuthorizeSecurityGroupEgressCommandOutput,
} from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { specifiedTags } from '../ec2-tags';
import { ruleShape } from '../network-shapes';
import { authorizeRules, findGroup } from '../security-groups';

export function authorizeSecurityGroupEgress(
  state: WorldState,
  caller: Caller,
  input: AuthorizeSecurityGroupEgressCommandInput,
): Omit<AuthorizeSecurityGroupEgressCommandOutput, '$metadata'> {
  const group = findGroup(state, caller, input);
  const tags = specifiedTags(input.TagSpecifications, 'security-group-rule');
  const rules = authorizeRules(state, caller, group, { egress: true, tags, input });
  return { Return: true, SecurityGroupRules: rules.map((rule) => ruleShape(caller, group, rule)) };
}
