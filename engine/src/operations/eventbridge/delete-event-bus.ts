/**
 * DeleteEventBus: any but the default one, without rules; one that is not there is no error.
 *
 * Source   API of EventBridge 2015-10-07, DeleteEventBus.
 */
import type { DeleteEventBusCommandInput } from '@aws-sdk/client-eventbridge';
import { DEFAULT_BUS } from '../../domain/event-buses';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';

export function deleteEventBus(state: WorldState, caller: Caller, input: DeleteEventBusCommandInput): void {
  const name = required(input.Name, 'Name');
  const bus = state.services.events.buses.tryFind(caller, name);
  if (bus?.name === DEFAULT_BUS) {
    throw new AwsFault('ValidationException', 'Cannot delete event bus default.');
  }
  if (bus !== undefined && bus.rules.size > 0) {
    // Assumed: the text.
    throw new AwsFault('ValidationException', "Event bus can't be deleted since it has rules.");
  }
  if (bus !== undefined) {
    state.services.events.buses.remove(bus);
  }
}
