// Worlds drawn from seeds, with operators that do what operators do: no invariant breaks at any step.
// Other seeds: HOLDFAST_SEED=<first> npx jest test/engine/simulation. One seed: npm run simulation -- --seed <seed>
import { failureText } from './failing';
import { Reach } from './reach';
import { shrunk } from './shrink';
import { simulate } from './simulation';

const FIRST = Number(process.env['HOLDFAST_SEED'] ?? 1);
const BLOCK = 30;
const BLOCKS = Array.from({ length: 10 }, (_, i) => FIRST + i * BLOCK);
const reach = new Reach();

test.each(BLOCKS)('no seed of the 30 from %d breaks an invariant (B5.2/2, B5.2/3, B5.4/4, B7.4/1, B7.4/2)', (first) => {
  for (let seed = first; seed < first + BLOCK; seed++) {
    const outcome = simulate(seed, {
      onStep: (step) => {
        reach.take(step);
      },
    });
    reach.end(outcome);
    expect(outcome.violations.length === 0 ? '' : failureText(shrunk(outcome))).toBe('');
  }
});

test('these seeds come to every state and try every kind of action', () => {
  expect(reach.missing()).toEqual([]);
});

test.each([3, 5, 8, 13])('seed %d gives the same calls, answers and digest whenever it runs', (seed) => {
  const [once, again] = [simulate(seed), simulate(seed)];
  expect(again.digest).toBe(once.digest);
  expect(again.calls).toEqual(once.calls);
  expect(simulate(seed + 1).digest).not.toBe(once.digest);
});
