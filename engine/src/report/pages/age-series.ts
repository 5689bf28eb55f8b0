/**
 * How old the newest data of the resources got in each period, of the median, of 95 in 100, and of the worst.
 *
 * Pure: a period that is over is sorted once for as long as the same resources have had points; who looks on asks after each
 * step of the clock.
 */
import type { DataAges } from '../chronicle/data-ages';
import type { AgeSeries } from './overview';

interface Shares {
  /** How many resources had a point when it was sorted. */
  readonly pointed: number;
  readonly median: number;
  readonly most: number;
  readonly worst: number;
}

const SORTED = new WeakMap<Float64Array, Shares>();

export function ageSeries(periods: readonly Float64Array[], ages: DataAges): AgeSeries {
  const shares = periods.map((period) => {
    const known = SORTED.get(period);
    if (known?.pointed === ages.pointedCount) {
      return known;
    }
    const found = sharesOf(period, ages);
    SORTED.set(period, found);
    return found;
  });
  return {
    median: shares.map(({ median }) => median),
    most: shares.map(({ most }) => most),
    worst: shares.map(({ worst }) => worst),
  };
}

function sharesOf(period: Float64Array, ages: DataAges): Shares {
  const sorted = period.filter((_, resource) => ages.hadPoint(resource)).sort();
  const share = (of: number) => sorted[Math.max(0, Math.ceil(sorted.length * of) - 1)] ?? 0;
  return { pointed: ages.pointedCount, median: share(0.5), most: share(0.95), worst: share(1) };
}
