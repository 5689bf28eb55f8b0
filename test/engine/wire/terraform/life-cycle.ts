// What the tests of Terraform's life cycle share.
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ServedRun } from '../../../support/served-terraform';

/** Configurations of this folder by name. */
export function files(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, fs.readFileSync(path.join(__dirname, name), 'utf8')]));
}

/** The run, which ended well; fails with what terraform said otherwise. */
export function done(run: ServedRun): ServedRun {
  const refused = run.calls.filter((call) => / \d+$/.test(call));
  const said = run.status === 0 ? [] : [run.output, ...refused];
  expect(said).toEqual([]);
  return run;
}

/** Writes what a run took to the file that HOLDFAST_TIMES names, a line each. */
export function note(what: string, run: ServedRun): ServedRun {
  const file = process.env.HOLDFAST_TIMES;
  if (file !== undefined && file !== '') {
    const { wallMs, serverMs, calls } = run;
    const entry = { what, wallMs: Math.round(wallMs), serverMs: Math.round(serverMs), calls: calls.length };
    fs.appendFileSync(file, `${JSON.stringify(entry)}\n`);
  }
  return run;
}
