// Runs an estate in the compiled engine, beside the bare loop of bench/simulate: what the benches of the engine share.
'use strict';

const path = require('node:path');
const { bareLoop } = require('./simulate/bare-loop.js');

const build = path.join(__dirname, '..', 'engine', 'build');
const DAY = 86_400_000;
const START = Date.UTC(2027, 0, 1);

/** Prints what a run took; `more` adds lines of its own from the World after the run. */
function measure({ bench, estate, days, options = {}, more = () => [] }) {
  let WorldState;
  let deploy;
  try {
    ({ WorldState } = require(path.join(build, 'domain', 'world-state.js')));
    ({ deploy } = require(path.join(build, 'ingest', 'deploy.js')));
  } catch (error) {
    console.error(`${bench} needs the compiled engine, npm run build: ${error.message.split('\n')[0]}`);
    process.exit(2);
  }
  const state = new WorldState({ start: START, seed: 1, ...options });
  const began = process.hrtime.bigint();
  deploy(state, estate);
  const deployed = process.hrtime.bigint();
  let peakPending = 0;
  state.runUntil(START + days * DAY, () => {
    peakPending = Math.max(peakPending, state.ledger.agenda.pending);
  });
  const digest = state.digest();
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const summary = state.summary();
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  const bare = bareLoop(state.steps, peakPending);
  line('resources', count(summary.resources.total));
  line('days', count(days));
  line('recovery points made', count(summary.recoveryPoints.created));
  line('recovery points live at end', count(summary.recoveryPoints.live));
  more(state, summary).forEach(([name, value]) => line(name, value));
  line('agenda entries', count(state.steps));
  line('agenda entries pending, peak', count(peakPending));
  line('events in the log', count(state.eventCount));
  line('seconds, digest included', seconds.toFixed(1));
  line('of these the deploy', (Number(deployed - began) / 1e9).toFixed(1));
  line('agenda entries per second', count(state.steps / seconds));
  line('events per second', count(state.eventCount / seconds));
  line('points per second', count(summary.recoveryPoints.created / seconds));
  line('peak memory (max RSS)', `${(peakBytes / 2 ** 20).toFixed(0)} MiB`);
  line('bare loop, seconds', bare.toFixed(1));
  line('ratio to the bare loop', (seconds / bare).toFixed(2));
  line('digest', digest);
}

function line(name, value) {
  console.log(`${name.padEnd(30)}${value}`);
}

function count(value) {
  return Math.round(value).toLocaleString('en-US');
}

module.exports = { count, measure };
