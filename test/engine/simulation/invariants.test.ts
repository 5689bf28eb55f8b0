// Each invariant is shown a history with one lie in it, and must say so: none of them is vacuous.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BREAKERS } from './breakers';
import { INVARIANTS, violationsOf } from './invariants';
import { simulate } from './simulation';
import type { Opening, Step } from './steps';

interface History {
  readonly opening: Opening;
  readonly steps: readonly Step[];
}

const MOST_SEEDS = 60;
const histories: History[] = [];

/** The true history of the n-th seed, made once. */
function historyOf(n: number): History {
  let history = histories[n];
  if (history === undefined) {
    const steps: Step[] = [];
    const { opening } = simulate(n + 1, { onStep: (step) => steps.push(step) });
    history = { opening, steps };
    histories[n] = history;
  }
  return history;
}

test('every invariant has a way to break it, and every way an invariant', () => {
  expect(Object.keys(BREAKERS).sort()).toEqual(INVARIANTS.map(({ name }) => name).sort());
});

test('docs/simulation.md has each of them, in this order', () => {
  const text = readFileSync(join(__dirname, '../../../docs/simulation.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `([a-z-]+)` +\| (.*?) +\|$/gm)].map(([, name, says]) => [name, says]);
  expect(rows).toEqual(INVARIANTS.map(({ name, says }) => [name, says]));
});

test('a true history breaks none', () => {
  const { opening, steps } = historyOf(0);
  expect(steps.length).toBeGreaterThan(10);
  expect(violationsOf(opening, steps)).toEqual([]);
});

test.each(INVARIANTS.map(({ name, says }) => [name, says]))('%s cries when this does not hold: %s', (name) => {
  for (let n = 0; n < MOST_SEEDS; n++) {
    const { opening, steps } = historyOf(n);
    const broken = BREAKERS[name]?.(steps);
    if (broken !== undefined) {
      expect(violationsOf(opening, broken).map(({ invariant }) => invariant)).toContain(name);
      return;
    }
  }
  throw new Error(`no history of ${MOST_SEEDS} has a place for this lie`);
});
