// Our constructs against the same resources by hand: time to import and to synthesize, as ratios of one run.
// Usage: npm run bench:synth [-- processes]   (ten vaults with key, policy and lock, ten plans with a selection and its role)
'use strict';
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

// Set before any framework is loaded, for the children too.
Object.assign(process.env, { CDK_VALIDATION: 'false', CI: 'true' });
const { assertSame } = require('./same');
const { WORKLOADS } = require('./workloads');

const PROCESSES = Number(process.argv[2] ?? 15);
const ROUNDS = 21;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function measure(framework, side) {
  const child = spawnSync(process.execPath, [path.join(__dirname, 'workloads.js'), framework, side, String(ROUNDS)], {
    encoding: 'utf8',
  });
  if (child.status !== 0) {
    throw new Error(`${framework} ${side} ended with ${child.status}: ${child.stderr}`);
  }
  return JSON.parse(child.stdout.trim().split('\n').pop());
}

const isBundled = (folder) =>
  fs.readFileSync(path.join(__dirname, '..', '..', folder, 'build', 'index.js'), 'utf8').startsWith('// Bundled');
const single = ['model', 'lib', 'provider'].filter((folder) => !isBundled(folder));
console.log(single.length === 0 ? 'packages: bundled' : `packages: not bundled: ${single.join(', ')}`);

for (const framework of Object.keys(WORKLOADS)) {
  const resources = assertSame(framework);
  const runs = { byHand: [], ours: [] };
  measure(framework, 'byHand');
  measure(framework, 'ours');
  // Turn and turn about, so that a slow moment of the machine meets both.
  for (let i = 0; i < PROCESSES; i++) {
    runs.byHand.push(measure(framework, 'byHand'));
    runs.ours.push(measure(framework, 'ours'));
  }
  console.log(`${framework}: ${resources} resources, the same on both sides (${PROCESSES} processes each, medians)`);
  for (const [label, read] of [
    ['import', (run, of) => run.load[of]],
    ['first synth', (run, of) => run.first[of]],
    ['import and first synth', (run, of) => run.load[of] + run.first[of]],
    ['warm synth', (run, of) => median(run.warm.map((it) => it[of]))],
  ]) {
    const figures = ['wall', 'cpu'].map((of) => {
      const [byHand, ours] = [runs.byHand, runs.ours].map((all) => median(all.map((run) => read(run, of))));
      return `${of} ${byHand.toFixed(1)} ms by hand, ${ours.toFixed(1)} ms ours, ratio ${(ours / byHand).toFixed(2)}`;
    });
    console.log(`  ${label.padEnd(24)} ${figures.join('   ')}`);
  }
}
