// The commands of docs/serve.md, one after the other, against a server; each prints what the page says.
import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { HttpFront } from '../../engine/src/host/http-front';
import { ServedWorlds } from '../../engine/src/host/served-worlds';
import { CONTROL_PATHS } from '../../engine/src/wire/world-path';
import { exercised, testWith } from '../support/programs';
import { ROOT } from '../support/sources';
import { temporaryFolder } from '../support/synth';

const run = promisify(execFile);
const page = fs.readFileSync(path.join(ROOT, 'docs', 'serve.md'), 'utf8');

/** What is typed, with what is printed then. */
function commandsOf(text: string): [string, string][] {
  const blocks = [...text.matchAll(/^```console\n(.*?)^```$/gms)].map(([, block]) => block ?? '');
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((one): [string, string] => {
        const [command = '', ...printed] = one.split('\n');
        return [command, printed.join('\n')];
      }),
  );
}

testWith('curl', 'curl')(
  'the commands of the page print what it says',
  async () => {
    const env = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
    const worlds = new ServedWorlds({ env, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' });
    const front = await HttpFront.open(worlds, { ownPaths: CONTROL_PATHS });
    try {
      const cwd = temporaryFolder('serve');
      const commands = commandsOf(page);
      exercised('curl', 'the commands of docs/serve.md');
      expect(commands.length).toBeGreaterThan(6);
      for (const [command, printed] of commands) {
        const typed = command.replaceAll('http://127.0.0.1:4566', front.url);
        const { stdout } = await run('sh', ['-c', typed], { cwd });
        expect(`${command}\n${stdout}`).toBe(`${command}\n${printed}`);
      }
    } finally {
      await front.close();
    }
  },
  30_000,
);
