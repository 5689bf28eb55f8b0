/**
 * Tags of things that keep those with which they were made.
 *
 * Pure: a change of the World.
 */
import { TAGS_CHANGED } from '../domain/event-codes';
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { NEVER } from '../kernel/instant';
import type { Caller } from './caller';

/** All tags that it has from now on. */
export function putTags(
  { ledger }: WorldState,
  caller: Caller,
  arn: string,
  tags: Readonly<Record<string, string>>,
): void {
  ledger.changedTags.put(arn, tags);
  const place = ledger.names.intern(placeOf(caller));
  ledger.declare(TAGS_CHANGED, arn, place, JSON.stringify(Object.entries(tags).sort()), 0, NEVER);
}
