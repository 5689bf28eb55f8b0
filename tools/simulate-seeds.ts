// Runs seeds of the simulation: npm run simulation -- [--seed <one>] [--from <first>] [--seeds <how many>]
import { parseArgs } from 'node:util';
import { failureText } from '../test/engine/simulation/failing';
import { shrunk } from '../test/engine/simulation/shrink';
import { simulate } from '../test/engine/simulation/simulation';

const PROGRESS = 500;
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '10000' },
  },
});
const first = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds) : 1;
if (!Number.isSafeInteger(first) || !Number.isSafeInteger(count) || first < 0 || count < 1) {
  throw new RangeError(`--seed, --from and --seeds must be whole numbers, got ${JSON.stringify(values)}`);
}

const failing: number[] = [];
let [steps, calls, refused] = [0, 0, 0];
for (let seed = first; seed < first + count; seed++) {
  const outcome = simulate(seed);
  steps += outcome.steps;
  calls += outcome.calls.length;
  refused += outcome.calls.filter(({ call }) => call.fault !== undefined).length;
  if (outcome.violations.length > 0) {
    failing.push(seed);
    console.log(`${failureText(shrunk(outcome))}\n`);
  }
  if ((seed - first + 1) % PROGRESS === 0) {
    console.error(`${seed - first + 1} of ${count} seeds, ${failing.length} failing`);
  }
}
console.log(
  `${count} seeds, ${steps} steps, ${calls} calls of which ${refused} were refused, ${failing.length} failing`,
);
process.exitCode = failing.length === 0 ? 0 : 1;
