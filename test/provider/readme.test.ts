import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { cli } from '../engine/cli/run-cli';
import { ROOT } from '../support/sources';
import { temporaryFolder } from '../support/synth';
import { PROVIDER } from './support/package';
import { refusal } from './support/stacks';

const README = fs.readFileSync(path.join(ROOT, PROVIDER, 'README.md'), 'utf8');

/** The code of the first example, as it stands. */
const EXAMPLE = /```ts\n(.*?)```/s.exec(README)?.[1] as string;

/** Runs an example as a user would; gives the folder of its output. */
function run(example: string): string {
  const folder = path.join(temporaryFolder('readme'), 'cdktf.out');
  const before = process.env.CDKTF_OUTDIR;
  process.env.CDKTF_OUTDIR = folder;
  try {
    const { outputText } = ts.transpileModule(example, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
    new Function('require', 'exports', outputText)(require, {});
  } finally {
    if (before === undefined) {
      delete process.env.CDKTF_OUTDIR;
    } else {
      process.env.CDKTF_OUTDIR = before;
    }
  }
  return folder;
}

test('the first example of the README is of ten lines, without imports', () => {
  const lines = EXAMPLE.split('\n').filter((line) => line !== '' && !line.startsWith('import '));
  expect(lines.length).toBeLessThanOrEqual(10);
});

test('the README quotes what the engine says of its first example', async () => {
  const [, command, quoted] = /```console\n\$ npx holdfast ([^\n]+)\n(.*?)…\n```/s.exec(README) as unknown as string[];
  const folder = run(EXAMPLE);
  const { stdout, code } = await cli((command as string).replace('cdktf.out', folder).split(' '));
  expect(code).toBe(0);
  expect(stdout.slice(0, quoted?.length)).toBe(quoted);
});

test('the README quotes what its first example is refused with', () => {
  const shorter = EXAMPLE.replace('deleteAfterDays: 35', 'deleteAfterDays: 5');
  expect(README).toContain(`\n${refusal(() => run(shorter))}\n`);
});
