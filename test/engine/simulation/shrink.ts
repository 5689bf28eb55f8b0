// Fewer actions that still break the same invariant.
import { Options, Outcome, simulate } from './simulation';

const MOST_RUNS = 150;

/** Leaves out actions as long as the same invariant is broken: large parts first, then one by one. */
export function shrunk(outcome: Outcome, options: Pick<Options, 'prepare'> = {}): Outcome {
  const broken = outcome.violations[0]?.invariant;
  let best = outcome;
  let without: ReadonlySet<number> = new Set();
  let runs = 0;
  const tryWithout = (numbers: readonly number[]): boolean => {
    if (numbers.length === 0 || runs++ >= MOST_RUNS) {
      return false;
    }
    const dropped = new Set([...without, ...numbers]);
    const next = simulate(outcome.seed, { ...options, without: dropped });
    if (next.violations[0]?.invariant !== broken) {
      return false;
    }
    best = next;
    without = dropped;
    return true;
  };
  for (let size = Math.ceil(best.actions.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < best.actions.length;) {
      const part = best.actions.slice(from, from + size).map(({ number }) => number);
      from += tryWithout(part) ? 0 : size;
    }
  }
  return best;
}
