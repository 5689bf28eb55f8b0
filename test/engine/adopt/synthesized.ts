// What the files of `adopt` synthesize, and what comes of it.
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vm from 'node:vm';
import { transformSync } from '@swc/core';
import { cli } from '../cli/run-cli';
import { START } from '../live/account';

const DAYS = '70';

/** Runs an app of the files of `adopt`, as node would. */
export function synthesized(file: string, variable: string): string {
  const outdir = path.join(path.dirname(file), 'out');
  fs.mkdirSync(outdir, { recursive: true });
  const jsc = { parser: { syntax: 'typescript' as const }, target: 'es2022' as const };
  const { code } = transformSync(fs.readFileSync(file, 'utf8'), { jsc, module: { type: 'commonjs' } });
  const before = process.env[variable];
  process.env[variable] = outdir;
  try {
    vm.runInThisContext(`(function (require, exports) {${code}\n})`)(require, {});
  } finally {
    if (before === undefined) {
      delete process.env[variable];
    } else {
      process.env[variable] = before;
    }
  }
  return outdir;
}

export async function digestOf(...artifacts: readonly string[]): Promise<string> {
  const { stdout, stderr, code } = await cli([
    'simulate',
    ...artifacts,
    '--days',
    DAYS,
    '--format',
    'json',
    '--start',
    START,
  ]);
  expect(stderr).toBe('');
  expect(code).toBeLessThan(2);
  const { digest, backupJobs } = JSON.parse(stdout) as { digest: string; backupJobs: Record<string, number> };
  expect(backupJobs['COMPLETED']).toBeGreaterThan(100);
  return digest;
}
