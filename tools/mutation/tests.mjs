// The tests that mutants of the domain are held against: all of Jest's that run in this process in little time.
import fs from 'node:fs';
import path from 'node:path';

const FOLDERS = [
  ...['domain', 'operations', 'kernel', 'scenarios', 'report', 'testing', 'attack', 'wire', 'ingest', 'simulation'],
  'provision',
];

// Each of these costs seconds for each mutant that it reaches, or starts other programs.
const LEFT_OUT = [
  /\.(prop|sim)\.test\.ts$/,
  /attack\/three-accounts\.test\.ts$/,
  /provision\/custom-resources\.test\.ts$/,
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

// The tests of files of source that go by another name.
const TESTS_OF = [
  [/^policy\//, /^domain\/policy\//],
  [/^alarm/, /^operations\/cloudwatch/],
  [/^(alarm-rule|metric-math)$/, /^domain\/alarm-verdict\./],
  [/^functions$/, /^domain\/function-runs\./],
  [/^trail-record$/, /^domain\/trail\./],
  [/^stack/, /^provision\//],
];

/** Whether a file of tests is there for a file of the domain, so that it is asked first. */
export function isOwn(source, tests) {
  const [, name] = /engine\/src\/domain\/(.*)\.ts$/.exec(source);
  const asked = tests.replace(/^test\/engine\//, '');
  return asked === `domain/${name}.test.ts` || TESTS_OF.some(([sources, by]) => sources.test(name) && by.test(asked));
}

export const isLeftOut = (name) => LEFT_OUT_TITLES.includes(name);
