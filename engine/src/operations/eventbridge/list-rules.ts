/**
 * ListRules.
 *
 * Source   API of EventBridge 2015-10-07.
 */
import type { ListRulesCommandInput, ListRulesCommandOutput } from '@aws-sdk/client-eventbridge';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { findBus } from '../find-rule';
import { showRule } from '../show-rule';

export function listRules(
  state: WorldState,
  caller: Caller,
  input: ListRulesCommandInput,
): Omit<ListRulesCommandOutput, '$metadata'> {
  const bus = findBus(state, caller, input.EventBusName);
  const rules = [...bus.rules.values()]
    .filter(({ name }) => name.startsWith(input.NamePrefix ?? ''))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((rule) => showRule(bus, rule));
  const page = pageOf(rules, input.Limit, input.NextToken, {
    service: 'events',
    operation: 'ListRules',
    parent: bus.name,
    keyOf: ({ Name = '' }) => Name,
  });
  return given({ Rules: page.items, NextToken: page.nextToken });
}
