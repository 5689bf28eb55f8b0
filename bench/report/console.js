#!/usr/bin/env node
// Measures the console of a served World beside the report of the same size, turn and turn about; README.md says what the
// figures mean. Needs the compiled engine and Chromium on PATH: node bench/report/console.js [resources] [days] [--beside <engine>]
'use strict';

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { chromium } = require('playwright-core');
const {
  BackupClient,
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
} = require('@aws-sdk/client-backup');
const { count } = require('../measure.js');

const build = path.join(__dirname, '..', '..', 'engine', 'build');
const ENGINE = path.join(__dirname, '..', '..', 'engine');
const { values: flags, positionals } = parseArgs({ allowPositionals: true, options: { beside: { type: 'string' } } });
const [resources, days] = [Number(positionals[0] ?? 10_000), Number(positionals[1] ?? 90)];
const DAY = 86_400_000;
const START = Date.UTC(2027, 0, 1);
const ACCOUNT = '123456789012';
const REGION = 'us-east-1';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/backup`;
const BATCH = 1000;
const TIMES = 5;
const ARGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** Names of the resources; one in four has no plan. */
const NAMES = Array.from({ length: resources }, (_, number) => `r${String(number).padStart(6, '0')}`);
const inventory = NAMES.map((name, number) => ({
  type: 'DynamoDB',
  name,
  sizeGiB: 1 + (number % 50),
  dailyChangePercent: 2,
  tags: number % 4 === 0 ? {} : { backup: 'daily' },
}));
const RULE = {
  name: 'daily',
  schedule: 'cron(0 5 ? * * *)',
};

function since(began) {
  return Number(process.hrtime.bigint() - began) / 1e9;
}

async function timed(act) {
  const began = process.hrtime.bigint();
  await act();
  return since(began);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** Writes the report of the same resources, plan and days. */
function report(file) {
  const { WorldState } = require(path.join(build, 'domain', 'world-state.js'));
  const { deploy } = require(path.join(build, 'ingest', 'deploy.js'));
  const { Chronicle } = require(path.join(build, 'report', 'chronicle', 'chronicle.js'));
  const { pageAssets } = require(path.join(build, 'host', 'page-assets.js'));
  const { reportHtml } = require(path.join(build, 'report', 'pages', 'html.js'));
  const { costPage } = require(path.join(build, 'cost', 'cost-page.js'));
  const { Coverage } = require('@holdfast/model');
  const env = { partition: 'aws', account: ACCOUNT, region: REGION };
  const estate = {
    vaults: [{ backupVaultName: 'main', env }],
    resources: inventory.map(({ type, ...rest }) => ({
      ...rest,
      arn: `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${rest.name}`,
      service: 'dynamodb-advanced',
      resourceType: type,
      env,
    })),
    plans: [
      {
        backupPlanName: 'p',
        env,
        rules: [
          {
            ruleName: RULE.name,
            targetBackupVaultName: 'main',
            scheduleExpression: RULE.schedule,
            lifecycle: { deleteAfterDays: 35 },
          },
        ],
        selections: [
          {
            selectionName: 's',
            iamRoleArn: ROLE,
            listOfTags: [{ conditionType: 'STRINGEQUALS', conditionKey: 'backup', conditionValue: 'daily' }],
          },
        ],
      },
    ],
  };
  const state = new WorldState({ start: START, seed: 1, meter: true });
  const chronicle = new Chronicle(state, Chronicle.periodOf(days));
  deploy(state, estate);
  state.runUntil(START + days * DAY);
  const coverage = Coverage.rows(estate);
  const told = { title: 'bench', estate, coverage, findings: [], notRead: [], cost: costPage(state), evidence: null };
  fs.writeFileSync(file, reportHtml(chronicle, told, pageAssets()));
}

async function prepared(url) {
  const post = async (what, body) => {
    const answer = await fetch(`${url}/_holdfast/${what}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) {
      throw new Error(`${what}: ${answer.status} ${await answer.text()}`);
    }
  };
  for (let first = 0; first < resources; first += BATCH) {
    await post('resources', inventory.slice(first, first + BATCH));
  }
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'holdfast' };
  const client = new BackupClient({ region: REGION, endpoint: url, credentials });
  await client.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  const Rules = [
    {
      RuleName: RULE.name,
      TargetBackupVaultName: 'main',
      ScheduleExpression: RULE.schedule,
      Lifecycle: { DeleteAfterDays: 35 },
    },
  ];
  const plan = await client.send(new CreateBackupPlanCommand({ BackupPlan: { BackupPlanName: 'p', Rules } }));
  const ListOfTags = [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'daily' }];
  const BackupSelection = { SelectionName: 's', IamRoleArn: ROLE, ListOfTags };
  await client.send(new CreateBackupSelectionCommand({ BackupPlanId: plan.BackupPlanId, BackupSelection }));
  await post('clock', { advance: `P${days}D` });
}

async function served(engine, work) {
  const args = [path.join(engine, 'bin', 'holdfast.js'), 'serve', '--port', '0', '--start', '2027-01-01'];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const url = await new Promise((resolve) => {
      server.stdout.on('data', (chunk) => {
        const found = /listening on (\S+)/.exec(String(chunk));
        if (found !== null) {
          resolve(found[1]);
        }
      });
    });
    await work(url);
  } finally {
    server.kill();
  }
}

/** Opens a page, and, where it has resources, narrows its list to one and drills down to it. */
async function driven(browser, { address, empty }, time) {
  const page = await browser.newPage();
  const open = await timed(async () => {
    await page.goto(address);
    await page
      .locator(empty ? '#resources h2' : '#resources tbody tr')
      .first()
      .waitFor();
  });
  if (empty) {
    return { page, took: { open } };
  }
  const name = NAMES[Math.floor(((time + 0.5) * resources) / TIMES) | 1];
  const narrow = await timed(async () => {
    await page.locator('#resources input[type=search]').fill(name);
    await page.getByText(`1 of ${count(resources)} resources`).waitFor();
  });
  const drill = await timed(async () => {
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByText('Why is this point here?').waitFor();
    await page.locator('code', { hasText: 'backup' }).first().waitFor();
  });
  return { page, took: { open, narrow, drill } };
}

/** From the click until the page of a console shows the next day. */
function stepped(page, time) {
  const now = new Date(START + (days + time + 1) * DAY).toISOString().replace('.000Z', 'Z');
  return timed(async () => {
    await page.getByRole('button', { name: 'Step 1 day' }).click();
    await page.getByText(`It is ${now} there.`).waitFor();
  });
}

/** Drives every page in turn, time after time; answers the seconds of each by page and action. */
async function compared(browser, pages) {
  const seconds = pages.map(() => ({ open: [], narrow: [], drill: [], step: [] }));
  for (let time = 0; time < TIMES; time++) {
    for (const [which, contender] of pages.entries()) {
      const { page, took } = await driven(browser, contender, time);
      if (contender.steps) {
        await page.getByRole('button', { name: 'Back to all resources' }).click();
        took.step = await stepped(page, time);
      }
      await page.close();
      Object.entries(took).forEach(([action, value]) => seconds[which][action].push(value));
    }
  }
  return seconds;
}

function print(pages, seconds) {
  console.log(
    `resources ${count(resources)}, days ${count(days)}; median of ${TIMES} in seconds, at worst in brackets`,
  );
  const actions = ['open', 'narrow', 'drill', 'step'];
  console.log(
    ['', ...actions]
      .map((word) => word.padEnd(18))
      .join('')
      .trimEnd(),
  );
  pages.forEach(({ name }, which) => {
    const cells = actions.map((action) => {
      const values = seconds[which][action];
      return values.length === 0 ? '' : `${median(values).toFixed(2)} (${Math.max(...values).toFixed(2)})`;
    });
    console.log(
      [name, ...cells]
        .map((word) => word.padEnd(18))
        .join('')
        .trimEnd(),
    );
  });
}

async function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-bench-console-'));
  const file = path.join(folder, 'report.html');
  report(file);
  const executablePath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((one) => path.join(one, 'chromium'))
    .find((one) => fs.existsSync(one));
  const browser = await chromium.launch({ executablePath, args: ARGS.split(' ') });
  const pages = [{ name: 'report', address: `file://${file}` }];
  const compare = async () => print(pages, await compared(browser, pages));
  await served(ENGINE, async (url) => {
    await prepared(url);
    pages.push({ name: 'empty console', address: `${url}/_world/empty/_holdfast/`, empty: true });
    pages.push({ name: 'console', address: `${url}/_holdfast/`, steps: true });
    if (flags.beside === undefined) {
      await compare();
      return;
    }
    await served(path.resolve(flags.beside), async (other) => {
      await prepared(other);
      pages.push({ name: 'console beside', address: `${other}/_holdfast/`, steps: true });
      await compare();
    });
  });
  await browser.close();
  fs.rmSync(folder, { recursive: true });
}

main().catch((fault) => {
  console.error(fault);
  process.exit(2);
});
