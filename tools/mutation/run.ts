/**
 * Mutation testing of files of the domain: `npm run mutation` tries those that were never measured as they are now,
 * `npm run mutation -- searches.ts policy/decide.ts` these, `-- --all` all of them (hours).
 *
 * What was measured is kept in measurements.json after every few files: stop and go on at will.
 * HOLDFAST_MUTATION_SHARE=0.1 holds each mutant against three times the usual tests, HOLDFAST_MUTATION_TESTS='/cost/' against
 * those of this name alone.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeMutationPage } from '../generate-mutation-page';
import { contentIds, DOMAIN, due, keepMeasured, readMeasured, ReportedFile, ROOT, taken, triedFiles } from './measured';

/** Loading and running the tests once costs a minute or two; what is lost when a run is stopped is at most these. */
const AT_ONCE = 40;
/** As stryker.config.mjs has it. */
const REPORT = join(ROOT, '.stryker/report.json');

/** @throws Error for a name that is no file of the domain, or one of a table */
function asked(words: readonly string[]): string[] {
  const names = triedFiles();
  const given = words.filter((word) => word !== '--all').map((word) => word.replace(DOMAIN, ''));
  const strange = given.find((name) => !names.includes(name));
  if (strange !== undefined) {
    throw new Error(`must be files of ${DOMAIN} that are no tables, e.g. lifecycle.ts, got ${strange}`);
  }
  if (given.length > 0) {
    return given;
  }
  return words.includes('--all') ? names : due(readMeasured(), contentIds(names));
}

/** Keeps what some files tell. @throws Error when the run told nothing */
function measure(names: readonly string[]): void {
  rmSync(REPORT, { force: true });
  const mutate = names.map((name) => DOMAIN + name).join(',');
  spawnSync('npx', ['stryker', 'run', 'tools/mutation/stryker.config.mjs', '--mutate', mutate], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (!existsSync(REPORT)) {
    throw new Error(`Stryker told nothing of ${mutate}: what it says above is why`);
  }
  const { files } = JSON.parse(readFileSync(REPORT, 'utf8')) as { readonly files: Record<string, ReportedFile> };
  const today = new Date().toISOString().slice(0, 10);
  // Files without mutants are in no report.
  const silent = names.map((name) => [
    DOMAIN + name,
    { source: readFileSync(join(ROOT, DOMAIN, name), 'utf8'), mutants: [] },
  ]);
  keepMeasured(taken(readMeasured(), { ...Object.fromEntries(silent), ...files }, triedFiles(), today));
  writeMutationPage();
}

const names = asked(process.argv.slice(2));
for (let from = 0; from < names.length; from += AT_ONCE) {
  measure(names.slice(from, from + AT_ONCE));
}
