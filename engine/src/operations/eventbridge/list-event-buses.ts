/**
 * ListEventBuses of an account and Region, the default one among them.
 *
 * Source   API of EventBridge 2015-10-07, ListEventBuses.
 */
import type { ListEventBusesCommandInput, ListEventBusesCommandOutput } from '@aws-sdk/client-eventbridge';
import { showBus } from '../show-rule';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { pageOf } from '../page';

export function listEventBuses(
  state: WorldState,
  caller: Caller,
  input: ListEventBusesCommandInput,
): Omit<ListEventBusesCommandOutput, '$metadata'> {
  const buses = state.services.events.buses.at(caller).filter(({ name }) => name.startsWith(input.NamePrefix ?? ''));
  const page = pageOf(buses, input.Limit, input.NextToken, {
    service: 'events',
    operation: 'ListEventBuses',
    keyOf: ({ name }) => name,
  });
  return given({ EventBuses: page.items.map(showBus), NextToken: page.nextToken });
}
