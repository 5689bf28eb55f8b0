// Mutation testing of the whole domain, one group of files after another: `node tools/mutation/run.mjs [name …]`.
// A group whose results are there is only tried where its files or their tests have changed; stop and go on at will.
// With --survivors those are tried again, too; HOLDFAST_MUTATION_SHARE=0.1 takes ten times the usual tests to it.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { GROUPS, TABLES } from './groups.mjs';

const DOMAIN = 'engine/src/domain';
const files = fs
  .readdirSync(DOMAIN, { recursive: true })
  .filter((name) => name.endsWith('.ts') && !TABLES.test(name))
  .sort();
const groupOf = (name) => GROUPS.find(([, takes]) => takes.test(name))[0];
const asked = process.argv.slice(2).filter((word) => word !== '--survivors');
const again = process.argv.includes('--survivors');

function forgetSurvivors(results) {
  const report = JSON.parse(fs.readFileSync(results, 'utf8'));
  for (const file of Object.values(report.files)) {
    file.mutants = file.mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout');
  }
  fs.writeFileSync(results, JSON.stringify(report));
}

fs.mkdirSync('.stryker/groups', { recursive: true });
for (const [group] of GROUPS.filter(([name]) => asked.length === 0 || asked.includes(name))) {
  const mutate = files.filter((name) => groupOf(name) === group).map((name) => path.posix.join(DOMAIN, name));
  const results = `.stryker/groups/${group}.json`;
  if (again) forgetSurvivors(results);
  const told = fs.openSync(`.stryker/groups/${group}.txt`, 'w');
  const from = Date.now();
  spawnSync(
    'npx',
    [
      ...['stryker', 'run', 'tools/mutation/stryker.config.mjs', '--mutate', mutate.join(',')],
      ...['--incrementalFile', results, '--reporters', 'clear-text,progress-append-only'],
    ],
    { stdio: ['ignore', told, told] },
  );
  console.log(`${group}: ${mutate.length} files, ${Math.round((Date.now() - from) / 1000)} s`);
}
