// What docs/mutation.md is written from: what each file told when it was tried last.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { mutationPage } from '../../tools/generate-mutation-page';
import {
  contentId,
  contentIds,
  DOMAIN,
  due,
  Measured,
  measuredOf,
  readMeasured,
  rendered,
  ReportedFile,
  Survivor,
  taken,
} from '../../tools/mutation/measured';
import { ROOT } from '../support/sources';

const SOURCE = 'const a = 1;\n  if (a > 0) {\n    stop();\n  }\n';
const mutant = (status: string, line: number, replacement: string) => ({
  status,
  replacement,
  location: { start: { line } },
});
const REPORTED: ReportedFile = {
  source: SOURCE,
  mutants: [
    mutant('Killed', 1, '2'),
    mutant('Killed', 2, 'false'),
    mutant('Timeout', 2, '{\n}'),
    mutant('Survived', 2, 'a\n  >= 0'),
    mutant('NoCoverage', 3, '{}'),
    mutant('Ignored', 3, '{}'),
  ],
};

function measured(content: string, survivors: readonly Survivor[] = [], counts: Partial<Measured> = {}): Measured {
  return {
    content,
    on: '2026-11-26',
    killed: 3,
    timeouts: 0,
    survived: survivors.length,
    unreached: 0,
    ...counts,
    survivors,
  };
}

const rowOf = (page: string, name: string) => page.split('\n').find((line) => line.startsWith(`| ${name} |`));

test('of a file what its mutants told is counted, and survivors are kept by the line they begin in', () => {
  expect(measuredOf(REPORTED, '2026-11-27')).toEqual({
    content: contentId(SOURCE),
    on: '2026-11-27',
    killed: 2,
    timeouts: 1,
    survived: 1,
    unreached: 1,
    survivors: [
      ['if (a > 0) {', 'a >= 0'],
      ['stop();', '{}'],
    ],
  });
});

test('content is called as git calls it', () => {
  const file = path.join(ROOT, DOMAIN, 'lifecycle.ts');
  const told = execFileSync('git', ['hash-object', '--no-filters', file], { cwd: ROOT, encoding: 'utf8' }).trim();
  expect(contentIds(['lifecycle.ts']).get('lifecycle.ts')).toBe(told);
});

test('a run of one file leaves what is known of the others, and a file that is gone is forgotten', () => {
  const known = { 'a.ts': measured('1'), 'b.ts': measured('2'), 'gone.ts': measured('3') };
  const after = taken(known, { [`${DOMAIN}b.ts`]: REPORTED }, ['a.ts', 'b.ts', 'new.ts'], '2026-11-27');
  expect(after).toEqual({ 'a.ts': measured('1'), 'b.ts': measuredOf(REPORTED, '2026-11-27') });
});

test('those are due that were never measured as they are now', () => {
  const contents = new Map([
    ['as-it-was.ts', '1'],
    ['changed.ts', '2'],
    ['new.ts', '3'],
  ]);
  expect(due({ 'as-it-was.ts': measured('1'), 'changed.ts': measured('1') }, contents)).toEqual([
    'changed.ts',
    'new.ts',
  ]);
});

test('the page says of a file that changed that it was measured before, and names those that were never tried', () => {
  const contents = new Map([
    ['as-it-was.ts', '1'],
    ['changed.ts', '2'],
    ['new.ts', '3'],
    ['types.ts', '4'],
  ]);
  const known = {
    'as-it-was.ts': measured('1'),
    'changed.ts': measured('1', [['line', 'true']]),
    'types.ts': measured('4', [], { killed: 0 }),
  };
  const page = mutationPage(known, contents, {});
  expect(rowOf(page, 'as-it-was.ts')).toBe('| as-it-was.ts | 2026-11-26 | 3 | 3 | 0 | 0 | 0 | 100.0 % |');
  expect(rowOf(page, 'changed.ts')).toBe(
    '| changed.ts | 2026-11-26, before its last change | 4 | 3 | 0 | 1 | 0 | 75.0 % |',
  );
  expect(rowOf(page, 'types.ts')).toBeUndefined();
  expect(rowOf(page, 'all')).toBe('| all |  | 7 | 6 | 0 | 1 | 0 | 85.7 % |');
  expect(page).toContain('Of 7 small changes');
  expect(page).toContain('(1 now, marked below');
  expect(page).toContain('Not tried yet: `new.ts`.');
});

test('a survivor has the reason of a part of its line, of one form alone where the reason says so', () => {
  const survivors: Survivor[] = [
    ['if (a > 0) {', 'a >= 0'],
    ['if (a > 0) {', 'true'],
    ['b.map((one) => one);', '() => undefined'],
    ['b.map((one) => one);', 'x'],
    ['c();', 'd'],
  ];
  const reasons = {
    'a.ts': { 'a > 0 => a >= 0': 'never at 0', 'b.map( => () => undefined': 'nobody reads it' },
    'b.ts': { 'a > 0': 'of another file' },
    '*': { 'c()': 'anywhere' },
  };
  const page = mutationPage({ 'a.ts': measured('1', survivors) }, new Map([['a.ts', '1']]), reasons);
  expect(page.split('\n').filter((line) => line.startsWith('| `'))).toEqual([
    '| `if (a > 0) {` | `a >= 0` | never at 0 |',
    '| `if (a > 0) {` | `true` | - |',
    '| `b.map((one) => one);` | `() => undefined` | nobody reads it |',
    '| `b.map((one) => one);` | `x` | - |',
    '| `c();` | `d` | anywhere |',
  ]);
  expect(page).toContain('Of 5 survivors 3 have a reason to stay; 2 (marked -)');
});

test('what is kept is read back, a survivor to a line', () => {
  const files = { 'a.ts': measured('1', [['say("[\\n");', '["Stryker was here"]']]), 'b.ts': measured('2') };
  const text = rendered(files);
  expect(JSON.parse(text)).toEqual(files);
  expect(text.split('\n')).toContain('      ["say(\\"[\\\\n\\");", "[\\"Stryker was here\\"]"]');
});

test('measurements.json is as the tool writes it', () => {
  const text = fs.readFileSync(path.join(ROOT, 'tools/mutation/measurements.json'), 'utf8');
  expect(text).toBe(rendered(readMeasured()));
});

test('each reason is about a line that its file has', () => {
  const reasons = JSON.parse(fs.readFileSync(path.join(ROOT, 'tools/mutation/reasons.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const unfounded = Object.entries(reasons)
    .filter(([name]) => name !== '*')
    .flatMap(([name, of]) => {
      const lines = fs.readFileSync(path.join(ROOT, DOMAIN, name), 'utf8').split('\n');
      const parts = Object.keys(of).filter((key) => !lines.some((line) => line.includes(key.split(' => ')[0] ?? '')));
      return parts.map((part) => `${name}: ${part}`);
    });
  expect(unfounded).toEqual([]);
});

test('every survivor has a reason', () => {
  const page = fs.readFileSync(path.join(ROOT, 'docs/mutation.md'), 'utf8');
  expect(page.split('\n').filter((line) => line.endsWith('| - |'))).toEqual([]);
});
