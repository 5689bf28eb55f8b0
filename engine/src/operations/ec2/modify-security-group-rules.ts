/**
 * ModifySecurityGroupRules.
 *
 * Source   EC2 API reference: each rule as it is to be, under the id that it has.
 */
import type { ModifySecurityGroupRulesCommandInput, ModifySecurityGroupRulesCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findGroup, modifyRules } from '../security-groups';

export function modifySecurityGroupRules(
  state: WorldState,
  caller: Caller,
  input: ModifySecurityGroupRulesCommandInput,
): Omit<ModifySecurityGroupRulesCommandOutput, '$metadata'> {
  const group = findGroup(state, caller, input);
  modifyRules(state, caller, group, input.SecurityGroupRules ?? []);
  return { Return: true };
}
