// Sends malformed requests to the wire: npm run fuzz -- [--requests <how many>] [--seed <n>] [--from <first>]
import { parseArgs } from 'node:util';
import { fuzz } from '../test/engine/wire/fuzz/fuzz';

const BATCH = 10_000;
const MIB = 1024 * 1024;
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
  },
});
const [count, seed, first] = [Number(values.requests), Number(values.seed), Number(values.from)];
if (![count, seed, first].every((one) => Number.isSafeInteger(one) && one >= 0) || count === 0) {
  throw new RangeError(`--requests, --seed and --from must be whole numbers, got ${JSON.stringify(values)}`);
}

async function main(): Promise<void> {
  const statuses: Record<string, number> = {};
  let [sent, wrong] = [0, 0];
  for (let from = first; from < first + count; from += BATCH) {
    const outcome = await fuzz(seed, Math.min(BATCH, first + count - from), from);
    sent += outcome.requests;
    wrong += outcome.wrong.length;
    outcome.wrong.forEach((line) => console.log(line));
    for (const [status, times] of Object.entries(outcome.statuses)) {
      statuses[status] = (statuses[status] ?? 0) + times;
    }
    // With --expose-gc the figure is what is kept, not what waits to be collected.
    globalThis.gc?.();
    console.error(`${sent} requests, ${wrong} wrong, heap ${Math.round(process.memoryUsage().heapUsed / MIB)} MiB`);
  }
  console.log(`${sent} requests: ${JSON.stringify(statuses)}, ${wrong} wrong`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

void main();
