import { spawnSync, SpawnSyncReturns } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT, WORKSPACES } from '../support/sources';

/** The packages that users install, in the order in which they depend on each other. */
export const PACKAGES = WORKSPACES;

/** Installing and packing take minutes. */
export const PATIENCE_MS = 15 * 60_000;

/** `describe` when HOLDFAST_PACKAGING=1 asks for these tests, which need a build and a registry; else skipped, with the reason. */
export function describePackaging(title: string, tests: () => void): void {
  if (process.env.HOLDFAST_PACKAGING === '1') {
    describe(title, tests);
  } else {
    process.stderr.write(`skipped: ${title}: runs when HOLDFAST_PACKAGING=1 (needs a build and a registry)\n`);
    describe.skip(title, tests);
  }
}

/** Fails, rather than packing something stale or empty, when a package has not been built. */
export function expectBuilt(): void {
  const missing = PACKAGES.filter((folder) => !fs.existsSync(path.join(ROOT, folder, 'build', 'index.js')));
  expect({ notBuilt: missing }).toEqual({ notBuilt: [] });
}

/** Runs a program and gives what it printed; fails with all of it when the program ends otherwise than expected. */
export function run(cwd: string, command: string, args: string[], expected = 0): SpawnSyncReturns<string> {
  const env = { ...process.env, CDK_VALIDATION: 'false', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  const result = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (result.status !== expected) {
    const said = `${result.stdout ?? ''}\n${result.stderr ?? ''}`;
    throw new Error(`${command} ${args.join(' ')} ended with ${result.status ?? String(result.error)}:\n${said}`);
  }
  return result;
}
