import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Real programs that tests use where a machine has them. */
export type Program = 'terraform' | 'aws' | 'boto3' | 'cfn-lint' | 'chromium' | 'curl' | 'python-jsii' | 'python3';

/** Where a program stands on PATH. */
export function onPath(name: string): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    try {
      fs.accessSync(file, fs.constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** Says that a test ran a real program; `.ci/run` prints it at its end. */
export function exercised(program: Program, what: string): void {
  const record = process.env.HOLDFAST_PROGRAMS;
  if (record !== undefined && record !== '') {
    fs.appendFileSync(record, `${program}\t${what}\n`);
  }
}

/** Says why a test that needs a real program does not run. */
export function skipped(program: Program, why: string): void {
  process.stderr.write(`skipped: ${program}: ${why}\n`);
}

/** `test` when the program is there, else `test.skip` with the reason printed. */
export function testWith(program: Program, command: string, args: string[] = ['--version']): jest.It {
  const file = onPath(command);
  if (file === undefined) {
    skipped(program, `${command} is not on PATH`);
    return test.skip;
  }
  const probe = spawnSync(file, args, { encoding: 'utf8' });
  if (probe.status !== 0) {
    skipped(program, `${command} ${args.join(' ')} ends with ${probe.status ?? probe.signal}`);
    return test.skip;
  }
  return test;
}
