/**
 * How far a clock is moved.
 *
 * Pure.
 * Units    milliseconds.
 */
import { DAY, HOUR, MINUTE } from '../kernel/instant';
import type { Stretch } from './world-props';

/** @throws RangeError unless it is 0 or more */
export function msOf(stretch: Stretch): number {
  const { days = 0, hours = 0, minutes = 0 } = stretch;
  const ms = Math.round(days * DAY + hours * HOUR + minutes * MINUTE);
  if (!Number.isFinite(ms) || Math.min(days, hours, minutes) < 0) {
    throw new RangeError(`advance must be 0 or more days, hours and minutes, got ${JSON.stringify(stretch)}`);
  }
  return ms;
}
