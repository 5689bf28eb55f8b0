/**
 * RemoveTargets.
 *
 * Source   API of EventBridge 2015-10-07.
 */
import type { RemoveTargetsCommandInput, RemoveTargetsCommandOutput } from '@aws-sdk/client-eventbridge';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findBus, findRule } from '../find-rule';

export function removeTargets(
  state: WorldState,
  caller: Caller,
  input: RemoveTargetsCommandInput,
): Omit<RemoveTargetsCommandOutput, '$metadata'> {
  const rule = findRule(findBus(state, caller, input.EventBusName), input.Rule);
  for (const id of input.Ids ?? []) {
    rule.targets.delete(id);
  }
  return { FailedEntryCount: 0, FailedEntries: [] };
}
