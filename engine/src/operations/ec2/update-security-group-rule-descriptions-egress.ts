/**
 * UpdateSecurityGroupRuleDescriptionsEgress.
 *
 * Source   EC2 API reference: of rules that are there.
 */
import type {
  UpdateSecurityGroupRuleDescriptionsEgressCommandInput,
  UpdateSecurityGroupRuleDescriptionsEgressCommandOutput,
} from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { describeRules, findGroup } from '../security-groups';

export function updateSecurityGroupRuleDescriptionsEgress(
  state: WorldState,
  caller: Caller,
  input: UpdateSecurityGroupRuleDescriptionsEgressCommandInput,
): Omit<UpdateSecurityGroupRuleDescriptionsEgressCommandOutput, '$metadata'> {
  const group = findGroup(state, caller, input);
  describeRules(group, { egress: true, input });
  return { Return: true };
}
