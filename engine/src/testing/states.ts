/**
 * The state behind each World, for what belongs to testing/ alone.
 *
 * Owns     nothing: forgets a World when nobody else knows it.
 */
import type { WorldState } from '../domain/world-state';
import type { World } from './world';

const STATES = new WeakMap<object, WorldState>();

export function remember(world: World, state: WorldState): void {
  STATES.set(world, state);
}

/** @throws TypeError when it is no World. */
export function stateOf(world: unknown): WorldState {
  const state = typeof world === 'object' && world !== null ? STATES.get(world) : undefined;
  if (state === undefined) {
    throw new TypeError(`expect(…) must be given a World of @holdfast/engine, got ${typeof world}`);
  }
  return state;
}
