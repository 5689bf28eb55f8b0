/**
 * ListTargetsByRule.
 *
 * Source   API of EventBridge 2015-10-07, ListTargetsByRule.
 */
import type { ListTargetsByRuleCommandInput, ListTargetsByRuleCommandOutput } from '@aws-sdk/client-eventbridge';
import { showTarget } from '../show-rule';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { findBus, findRule } from '../find-rule';
import { pageOf } from '../page';

export function listTargetsByRule(
  state: WorldState,
  caller: Caller,
  input: ListTargetsByRuleCommandInput,
): Omit<ListTargetsByRuleCommandOutput, '$metadata'> {
  const rule = findRule(findBus(state, caller, input.EventBusName), input.Rule);
  const page = pageOf([...rule.targets.values()].map(showTarget), input.Limit, input.NextToken, {
    service: 'events',
    operation: 'ListTargetsByRule',
    parent: rule.arn,
    keyOf: ({ Id = '' }) => Id,
  });
  return given({ Targets: page.items, NextToken: page.nextToken });
}
