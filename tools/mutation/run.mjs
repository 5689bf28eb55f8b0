// Mutation testing of the whole domain, one group of files after another: `node tools/mutation/run.mjs [name …]`.
// A group whose results are there is only tried where its files or their tests have changed; stop and go on at will.
// With --survivors those are tried again, too; HOLDFAST_MUTATION_SHARE=0.1 takes ten times the usual tests to it.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const DOMAIN = 'engine/src/domain';
// Words and numbers, whose mutants say no more than the table itself, as in stryker.config.mjs.
const TABLES = /^(reasons|event-codes|policy\/aws-managed|policy\/managed\/.*)\.ts$/;
/** Which files go together: the first group that takes a file has it. */
const GROUPS = [
  [
    'promises',
    /^(lifecycle|vault.*|legal-holds|retention-runs|recovery-points|restore-access.*|selections|plans?|plan-.*|rule-targets|continuous.*)\.ts$/,
  ],
  ['jobs', /^(backup-(job|runs)|jobs?|job-.*|waiting|service-windows|denials|series|snapshot)\.ts$/],
  ['copies', /^(copy-.*|composite.*)\.ts$/],
  ['policy', /^policy\//],
  ['restores', /^(restore-.*|inferred-metadata|index-runs|scan-.*|tiering-runs|role.*|inspection-reasons)\.ts$/],
  [
    'faults',
    /^(fault.*|injected-reasons|key.*|organization.*|protected-resources|resource-runs|automated-backups|region-settings|tags)\.ts$/,
  ],
  [
    'events',
    /^(event-.*|bus-event|backup-events|messaging|queues|topics|deliveries|function.*|state-machines|alarm.*|metric.*|trail.*|json-path)\.ts$/,
  ],
  ['reports', /./],
];

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
