/**
 * UpdateSecurityGroupRuleDescriptionsIngress.
 *
 * Source   EC2 API reference: of rules that are there.
 */
import type {
  UpdateSecurityGroupRuleDescriptionsIngressCommandInput,
  UpdateSecurityGroupRuleDescriptionsIngressCommandOutput,
} from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { describeRules, findGroup } from '../security-groups';

export function updateSecurityGroupRuleDescriptionsIngress(
  state: WorldState,
  caller: Caller,
  input: UpdateSecurityGroupRuleDescriptionsIngressCommandInput,
): Omit<UpdateSecurityGroupRuleDescriptionsIngressCommandOutput, '$metadata'> {
  const group = findGroup(state, caller, input);
  describeRules(group, { egress: false, input });
  return { Return: true };
}
