/**
 * DescribeRule.
 *
 * Source   API of EventBridge 2015-10-07, DescribeRule.
 */
import type { DescribeRuleCommandInput, DescribeRuleCommandOutput } from '@aws-sdk/client-eventbridge';
import { showRule } from '../show-rule';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findBus, findRule } from '../find-rule';

export function describeRule(
  state: WorldState,
  caller: Caller,
  input: DescribeRuleCommandInput,
): Omit<DescribeRuleCommandOutput, '$metadata'> {
  const bus = findBus(state, caller, input.EventBusName);
  return { ...showRule(bus, findRule(bus, input.Name)), CreatedBy: caller.account };
}
