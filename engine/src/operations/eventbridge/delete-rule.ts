/**
 * DeleteRule.
 *
 * Source   API of EventBridge 2015-10-07: the targets have to be removed before; a rule that is not there is no error.
 */
import type { DeleteRuleCommandInput } from '@aws-sdk/client-eventbridge';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { findBus } from '../find-rule';

export function deleteRule(state: WorldState, caller: Caller, input: DeleteRuleCommandInput): void {
  const bus = findBus(state, caller, input.EventBusName);
  const name = required(input.Name, 'Name');
  if ((bus.rules.get(name)?.targets.size ?? 0) > 0) {
    // Assumed: the text.
    throw new AwsFault('ValidationException', "Rule can't be deleted since it has targets.");
  }
  bus.rules.delete(name);
}
