// Kills a process that stores captures at random instants: npm run crash:store -- [--kills <how many>] [--seed <n>]
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { killStores } from '../test/engine/content/store-kill';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const [kills, seed] = [Number(values.kills), Number(values.seed)];
if (!Number.isSafeInteger(kills) || !Number.isSafeInteger(seed) || kills < 1 || seed < 0) {
  throw new RangeError(`--kills and --seed must be whole numbers, got ${JSON.stringify(values)}`);
}
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-crash-store-'));
void killStores(folder, kills, seed).then(({ acknowledged, early, faults }) => {
  console.log(
    `${kills} kills: ${acknowledged} captures acknowledged, ${early} stored and not acknowledged yet, ${faults.length} faults`,
  );
  faults.forEach((fault) => console.log(fault));
  if (faults.length === 0) {
    fs.rmSync(folder, { recursive: true });
  } else {
    console.log(`the store is in ${folder}`);
    process.exitCode = 1;
  }
});
