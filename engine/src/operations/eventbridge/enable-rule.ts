/**
 * EnableRule.
 *
 * Source   API of EventBridge 2015-10-07.
 */
import type { EnableRuleCommandInput } from '@aws-sdk/client-eventbridge';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findBus, findRule } from '../find-rule';

export function enableRule(state: WorldState, caller: Caller, input: EnableRuleCommandInput): void {
  findRule(findBus(state, caller, input.EventBusName), input.Name).enabled = true;
}
