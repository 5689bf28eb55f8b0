/**
 * Bodies while a request that brought them is answered.
 *
 * Owns     nothing.
 */
import { Bodies, Body, HeldBytes } from '../../domain/bodies';
import type { WireRequest } from '../../wire/message';
import { StoreFault } from '../store-fault';
import type { BodyStore } from './body-store';

/** What of bodies is in files that somebody needs, or did until now. */
export function idsOf(bodies: Bodies): string[] {
  return [...bodies.needed().flatMap(({ id }) => id ?? []), ...bodies.takeFreed()];
}

/**
 * Keeps those that Worlds need when all was done again; a process that was killed may have left others.
 *
 * @throws StoreFault when one is not there, or cut off
 */
export async function settleBodies(store: BodyStore, needed: readonly HeldBytes[]): Promise<void> {
  const kept = needed.flatMap(({ id, ...held }) => (id === undefined ? [] : [{ id, ...held }]));
  const missing = kept.find((one) => !store.has(one));
  if (missing !== undefined) {
    throw new StoreFault(`${store.durable ?? ''} must have the body ${missing.id} with ${missing.sizeBytes} bytes`);
  }
  await store.keepOnly(new Set(kept.map(({ id }) => id)));
}

/** What a request brought stands until it is answered; then nobody needs it but who took it. */
export async function whileOffered<T>(
  bodies: Bodies,
  { held }: Pick<WireRequest, 'held'>,
  work: () => Promise<T>,
): Promise<T> {
  const body = held && Body.of(held.bytes);
  if (body === undefined) {
    return work();
  }
  bodies.hold(body);
  try {
    return await work();
  } finally {
    bodies.drop(body);
  }
}
