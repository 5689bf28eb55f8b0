/**
 * The bus and the rule that a call names.
 *
 * Pure: reads the World.
 */
import { DEFAULT_BUS, EventBus, EventRule } from '../domain/event-buses';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';

/** The tags of the rule or bus of an ARN. */
export function eventTags(state: WorldState, caller: Caller, arn: string | undefined): Map<string, string> {
  const given = required(arn, 'ResourceARN');
  const [, kind = '', path = ''] = /:(rule|event-bus)\/(.+)$/.exec(given) ?? [];
  const [name = '', busName = DEFAULT_BUS] = path.split('/').reverse();
  const bus = state.services.events.buses.tryFind(caller, kind === 'rule' ? busName : name);
  const found = kind === 'rule' ? bus?.rules.get(name) : bus;
  if (found?.arn !== given) {
    throw new AwsFault('ResourceNotFoundException', `${given} does not exist.`);
  }
  return found.tags;
}

/** Assumed: the texts. */
export function findBus(state: WorldState, caller: Caller, name: string | undefined): EventBus {
  const bus = state.services.events.buses.tryFind(caller, name ?? DEFAULT_BUS);
  if (bus === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Event bus ${name} does not exist.`);
  }
  return bus;
}

export function findRule(bus: EventBus, name: string | undefined): EventRule {
  const rule = bus.rules.get(name ?? '');
  if (rule === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus.name}.`);
  }
  return rule;
}
