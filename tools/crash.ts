// Kills a server under load at random instants: npm run crash -- [--kills <how many>] [--seed <n>]
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { crash } from '../test/engine/host/crash';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const [kills, seed] = [Number(values.kills), Number(values.seed)];
if (!Number.isSafeInteger(kills) || !Number.isSafeInteger(seed) || kills < 1 || seed < 0) {
  throw new RangeError(`--kills and --seed must be whole numbers, got ${JSON.stringify(values)}`);
}
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-crash-'));
void crash(folder, kills, seed, (text) => console.log(text)).then(({ early, acknowledged, kept, faults }) => {
  console.log(
    `${kills} kills, ${early} of them before the server was ready: ${acknowledged} requests acknowledged, ` +
      `${kept} commands kept, ${faults.length} faults`,
  );
  faults.forEach((fault) => console.log(fault));
  if (faults.length === 0) {
    fs.rmSync(folder, { recursive: true });
  } else {
    console.log(`the data folders are in ${folder}`);
    process.exitCode = 1;
  }
});
