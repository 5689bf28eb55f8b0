/**
 * The longest time without an instant of any of several series, that before the first and after the last included.
 *
 * Pure: stepped runs in, milliseconds out. Runs that keep step are not unfolded as long as the others cannot fill their gaps.
 */
import type { Instant } from '../../kernel/instant';
import type { SteppedRun } from '../chronicle/stepped-runs';

export function longestGap(runs: readonly SteppedRun[], from: Instant, to: Instant): number {
  const distinct = new Map(runs.map((run) => [`${run.first} ${run.step} ${run.count}`, run]));
  const series = [...distinct.values()].filter(({ count }) => count > 0);
  if (series.length === 0) {
    return to - from;
  }
  const densest = series.reduce((most, run) => (run.count > most.count ? run : most));
  const total = series.reduce((sum, { count }) => sum + count, 0);
  const first = Math.min(...series.map((run) => Math.min(run.first, lastOf(run))));
  const last = Math.max(...series.map((run) => Math.max(run.first, lastOf(run))));
  const { step } = densest;
  // Each of its gaps takes an instant of another series to fill, and there are fewer of those.
  const unfilled = step > 0 && total - densest.count < densest.count - 1;
  const around = first >= densest.first - step && last <= lastOf(densest) + step;
  return unfilled && around ? Math.max(step, first - from, to - last) : longestOf(unfolded(series, total), from, to);
}

function lastOf({ first, step, count }: SteppedRun): Instant {
  return first + step * (count - 1);
}

function unfolded(series: readonly SteppedRun[], total: number): Float64Array {
  const all = new Float64Array(total);
  let next = 0;
  for (const { first, step, count } of series) {
    for (let nth = 0; nth < count; nth++) {
      all[next++] = first + step * nth;
    }
  }
  return all.sort();
}

function longestOf(instants: Float64Array, from: Instant, to: Instant): number {
  let longest = 0;
  let before = from;
  for (const instant of instants) {
    longest = Math.max(longest, instant - before);
    before = instant;
  }
  return Math.max(longest, to - before);
}
