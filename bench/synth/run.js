// Our constructs against the same resources by hand: time to import and to synthesize, as ratios of one run.
// Usage: npm run bench:synth        (ten vaults with key, policy and lock, ten plans with a selection and its role)
'use strict';
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const workloads = require('./workloads');

const PROCESSES = 15;
const ROUNDS = 21;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function measure(framework, side) {
  const child = spawnSync(process.execPath, [path.join(__dirname, 'workloads.js'), framework, side, String(ROUNDS)], {
    encoding: 'utf8',
    env: { ...process.env, CDK_VALIDATION: 'false', CI: 'true' },
  });
  if (child.status !== 0) {
    throw new Error(`${framework} ${side} ended with ${child.status}: ${child.stderr}`);
  }
  return JSON.parse(child.stdout.trim().split('\n').pop());
}

for (const framework of Object.keys(workloads)) {
  const runs = { byHand: [], ours: [] };
  measure(framework, 'byHand');
  measure(framework, 'ours');
  // Turn and turn about, so that a slow moment of the machine meets both.
  for (let i = 0; i < PROCESSES; i++) {
    runs.byHand.push(measure(framework, 'byHand'));
    runs.ours.push(measure(framework, 'ours'));
  }
  console.log(`${framework} (${PROCESSES} processes each, medians)`);
  for (const [label, read] of [
    ['import', (run) => run.load],
    ['first synth', (run) => run.first],
    ['warm synth', (run) => median(run.warm)],
    ['import and first synth', (run) => run.load + run.first],
  ]) {
    const [byHand, ours] = [median(runs.byHand.map(read)), median(runs.ours.map(read))];
    const ratio = (ours / byHand).toFixed(2);
    console.log(`  ${label.padEnd(24)} by hand ${byHand.toFixed(1)} ms, ours ${ours.toFixed(1)} ms, ratio ${ratio}`);
  }
}
