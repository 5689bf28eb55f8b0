#!/usr/bin/env node
// Measures a report at the scale that it is built for; README.md says what the figures mean.
// Needs the compiled engine and Chromium on PATH: npm run build && node bench/report/run.js [resources] [years]
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { chromium } = require('playwright-core');
const { count } = require('../measure.js');
const { estateOf } = require('../simulate/estate.js');

const build = path.join(__dirname, '..', '..', 'engine', 'build');
const resources = Number(process.argv[2] ?? 10_000);
const years = Number(process.argv[3] ?? 7);
const days = Math.round(years * 365.25);
const DAY = 86_400_000;
const START = Date.UTC(2027, 0, 1);
const ARGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
/** How often each action is repeated in the page. */
const TIMES = 5;

function line(name, value) {
  console.log(`${name.padEnd(34)}${value}`);
}

function since(began) {
  return Number(process.hrtime.bigint() - began) / 1e9;
}

function seconds(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return `${sorted[sorted.length >> 1].toFixed(2)} (at worst ${sorted.at(-1).toFixed(2)})`;
}

function chromiumOnPath() {
  const places = (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'chromium'));
  const found = places.find((place) => fs.existsSync(place));
  if (found === undefined) {
    throw new Error('chromium must be on PATH, got none');
  }
  return found;
}

/** Runs the estate, with the chronicle of a report or without. */
function run(attended) {
  const { WorldState } = require(path.join(build, 'domain', 'world-state.js'));
  const { deploy } = require(path.join(build, 'ingest', 'deploy.js'));
  const { Chronicle } = require(path.join(build, 'report', 'chronicle', 'chronicle.js'));
  const estate = estateOf(resources);
  const state = new WorldState({ start: START, seed: 1, meter: attended, bucketQuota: Infinity });
  const chronicle = attended ? new Chronicle(state, Chronicle.periodOf(days)) : undefined;
  const began = process.hrtime.bigint();
  deploy(state, estate);
  state.runUntil(START + days * DAY);
  return { state, chronicle, estate, took: since(began) };
}

function written(file) {
  const { pageAssets } = require(path.join(build, 'host', 'page-assets.js'));
  const { reportHtml } = require(path.join(build, 'report', 'pages', 'html.js'));
  const { state, chronicle, estate, took } = run(true);
  const { costPage } = require(path.join(build, 'cost', 'cost-page.js'));
  const { Coverage } = require('@holdfast/model');
  const began = process.hrtime.bigint();
  const coverage = Coverage.rows(estate);
  const told = { title: 'bench', estate, coverage, findings: [], notRead: [], cost: costPage(state), evidence: null };
  fs.writeFileSync(file, reportHtml(chronicle, told, pageAssets()));
  line('seconds of the run, attended', took.toFixed(1));
  line('seconds to write the report', since(began).toFixed(1));
  const { created, live } = state.summary().recoveryPoints;
  line('recovery points made', count(created));
  line('recovery points live at end', count(live));
  line('peak memory (max RSS)', `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
}

async function timed(act) {
  const began = process.hrtime.bigint();
  await act();
  return since(began);
}

async function driven(file) {
  const browser = await chromium.launch({ executablePath: chromiumOnPath(), args: ARGS.split(' ') });
  const [opens, drills, filters] = [[], [], []];
  for (let time = 0; time < TIMES; time++) {
    const page = await browser.newPage();
    opens.push(
      await timed(async () => {
        await page.goto(`file://${file}`);
        await page.locator('#resources tbody tr').first().waitFor();
      }),
    );
    const name = `r${String(Math.floor(((time + 0.5) * resources) / TIMES)).padStart(6, '0')}`;
    filters.push(
      await timed(async () => {
        await page.locator('#resources input[type=search]').fill(name);
        await page.getByText(`1 of ${count(resources)} resources`).waitFor();
      }),
    );
    drills.push(
      await timed(async () => {
        await page.getByRole('button', { name, exact: true }).click();
        await page.getByText('Why is this point here?').waitFor();
        await page
          .locator('code', { hasText: /recovery-point|snapshot|backup/ })
          .first()
          .waitFor();
      }),
    );
    await page.close();
  }
  await browser.close();
  line('seconds to open', seconds(opens));
  line('seconds to narrow to one', seconds(filters));
  line('seconds to drill down', seconds(drills));
}

async function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-bench-report-'));
  const file = path.join(folder, 'report.html');
  line('resources', count(resources));
  line('days', count(days));
  if (process.argv.includes('--alone')) {
    line('seconds of the run, alone', run(false).took.toFixed(1));
  }
  written(file);
  line('bytes of the report', count(fs.statSync(file).size));
  await driven(file);
  fs.rmSync(folder, { recursive: true });
}

main().catch((fault) => {
  console.error(fault);
  process.exit(2);
});
