#!/usr/bin/env node
// Measures the engine at the scale that it is built for; README.md says what the figures mean.
// Needs the compiled engine: npm run build && node bench/simulate/run.js [resources] [years]
'use strict';

const path = require('node:path');
const { bareLoop } = require('./bare-loop.js');
const { estateOf } = require('./estate.js');

const build = path.join(__dirname, '..', '..', 'engine', 'build');
const DAY = 86_400_000;

function main() {
  const resources = Number(process.argv[2] ?? 10_000);
  const years = Number(process.argv[3] ?? 7);
  let WorldState;
  let deploy;
  try {
    ({ WorldState } = require(path.join(build, 'domain', 'world-state.js')));
    ({ deploy } = require(path.join(build, 'ingest', 'deploy.js')));
  } catch (error) {
    console.error(`bench/simulate needs the compiled engine, npm run build: ${error.message.split('\n')[0]}`);
    process.exit(2);
  }
  const start = Date.UTC(2027, 0, 1);
  const state = new WorldState({ start, seed: 1 });
  const began = process.hrtime.bigint();
  deploy(state, estateOf(resources));
  let peakPending = 0;
  state.runUntil(start + Math.round(years * 365.25) * DAY, () => {
    peakPending = Math.max(peakPending, state.ledger.agenda.pending);
  });
  const digest = state.digest();
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const summary = state.summary();
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  const bare = bareLoop(state.steps, peakPending);
  const line = (name, value) => console.log(`${name.padEnd(30)}${value}`);
  const count = (value) => Math.round(value).toLocaleString('en-US');
  line('resources', count(resources));
  line('days', count((state.now - start) / DAY));
  line('recovery points made', count(summary.recoveryPoints.created));
  line('recovery points live at end', count(summary.recoveryPoints.live));
  line('agenda entries', count(state.steps));
  line('agenda entries pending, peak', count(peakPending));
  line('events in the log', count(state.eventCount));
  line('seconds, digest included', seconds.toFixed(1));
  line('agenda entries per second', count(state.steps / seconds));
  line('events per second', count(state.eventCount / seconds));
  line('points per second', count(summary.recoveryPoints.created / seconds));
  line('peak memory (max RSS)', `${(peakBytes / 2 ** 20).toFixed(0)} MiB`);
  line('bare loop, seconds', bare.toFixed(1));
  line('ratio to the bare loop', (seconds / bare).toFixed(2));
  line('digest', digest);
}

main();
