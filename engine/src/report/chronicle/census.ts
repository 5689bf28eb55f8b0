/**
 * What lies in the vaults at an instant, by tier, backups apart from copies.
 *
 * Pure: reads the columns of the points that live.
 * Units    bytes.
 * Assumed  What a vault stores of a resource: its oldest point there as a whole, and what each later one added. AWS keeps
 *          what later points need of one that is deleted.
 */
import type { Ledger } from '../../domain/ledger';
import { COLD, LIVE } from '../../domain/recovery-points';
import { at } from '../../kernel/columns';

/** Warm backups, cold backups, warm copies, cold copies. */
export const CLASSES = 4;
const COLD_CLASS = 1;
const COPY_CLASS = 2;

/** Counts and bytes, of vault v and class c at `v * CLASSES + c`. */
export interface Census {
  readonly points: Float64Array;
  readonly bytes: Float64Array;
}

export function censusOf(ledger: Ledger): Census {
  const { points, series, vaults } = ledger;
  const counted = new Float64Array(vaults.list().length * CLASSES);
  const bytes = new Float64Array(counted.length);
  for (let row = 0; row < points.rowCount; row++) {
    const flags = at(points.flags, row);
    if ((flags & LIVE) === 0) {
      continue;
    }
    const own = at(points.series, row);
    const cell =
      at(series.vaults, own) * CLASSES +
      ((flags & COLD) !== 0 ? COLD_CLASS : 0) +
      (at(points.sources, row) >= 0 ? COPY_CLASS : 0);
    const oldest = at(series.heads, own) === row && at(points.stored, row) > 0;
    counted[cell] = at(counted, cell) + 1;
    bytes[cell] = at(bytes, cell) + at(oldest ? points.sizes : points.stored, row);
  }
  return { points: counted, bytes };
}
