// The tests that mutants of the domain are held against: all of Jest's that run in this process in little time.
import fs from 'node:fs';
import path from 'node:path';

const FOLDERS = [
  ...['domain', 'operations', 'kernel', 'scenarios', 'report', 'testing', 'attack', 'wire', 'ingest', 'simulation'],
];

// Each of these costs seconds for each mutant that it reaches, or starts other programs.
const LEFT_OUT = [
  /\.(prop|sim)\.test\.ts$/,
  /attack\/three-accounts\.test\.ts$/,
  /ingest\/(terraform\/|(audits|detect-artifact|intrinsics|legal-holds)\.test\.ts$)/,
  /simulation\/failing\.test\.ts$/,
  /testing\/vitest\.test\.ts$/,
  /wire\/(?!(events|in-process)\.)/,
];
const LEFT_OUT_TITLES = ['jobs beyond a million are dropped when they are over and 30 days old, and no sooner'];

export function testFiles() {
  return FOLDERS.flatMap((folder) =>
    fs
      .readdirSync(path.join('test/engine', folder), { recursive: true })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => path.posix.join('test/engine', folder, name)),
  )
    .filter((file) => !LEFT_OUT.some((left) => left.test(file)))
    .sort();
}

export const isLeftOut = (name) => LEFT_OUT_TITLES.includes(name);
