/**
 * Rows in the order in which AWS Backup lists them.
 *
 * Pure. Backups begin in crowds: rows of one instant are told apart by their numbers, and only crowds are sorted by time.
 * Source   B1.3: newest first. Assumed: among those of one instant, the earlier number.
 */
import { at } from '../kernel/columns';
import type { Instant } from '../kernel/instant';

export function newestFirst(rows: readonly number[], createdAts: Float64Array): number[] {
  const crowds = new Map<Instant, number[]>();
  for (const row of rows) {
    const createdAt = at(createdAts, row);
    const crowd = crowds.get(createdAt);
    if (crowd === undefined) {
      crowds.set(createdAt, [row]);
    } else {
      crowd.push(row);
    }
  }
  return [...crowds.keys()].sort((a, b) => b - a).flatMap((time) => (crowds.get(time) ?? []).sort((a, b) => a - b));
}
