/**
 * What lies in the vaults at an instant, by tier, backups apart from copies.
 *
 * Pure: reads the columns of the points that live, and what the meter says that each holds.
 * Units    bytes.
 */
import type { Ledger } from '../../domain/ledger';
import { COLD, LIVE } from '../../domain/recovery-points';
import { byteAt, floatAt, intAt } from '../../kernel/columns';

/** Warm backups, cold backups, warm copies, cold copies. */
export const CLASSES = 4;
const COLD_CLASS = 1;
const COPY_CLASS = 2;

/** Counts and bytes, of vault v and class c at `v * CLASSES + c`. */
export interface Census {
  readonly points: Float64Array;
  readonly bytes: Float64Array;
}

/** @throws Error when the usage of the World is not counted (`meter` of WorldOptions) */
export function censusOf({ points, series, vaults, meter }: Ledger): Census {
  if (meter === undefined) {
    throw new Error('the usage of this world is not counted: it was made without a meter');
  }
  const counted = new Float64Array(vaults.list().length * CLASSES);
  const bytes = new Float64Array(counted.length);
  for (let row = 0; row < points.rowCount; row++) {
    const flags = byteAt(points.flags, row);
    if ((flags & LIVE) === 0) {
      continue;
    }
    const cell =
      intAt(series.vaults, intAt(points.series, row)) * CLASSES +
      ((flags & COLD) !== 0 ? COLD_CLASS : 0) +
      (intAt(points.sources, row) >= 0 ? COPY_CLASS : 0);
    counted[cell] = floatAt(counted, cell) + 1;
    bytes[cell] = floatAt(bytes, cell) + meter.heldOf(row);
  }
  return { points: counted, bytes };
}
