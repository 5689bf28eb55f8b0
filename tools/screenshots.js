// Renews the pictures of docs/report.md and docs/evidence.md: the report of an estate with its faults, and the console of a World that ran it.
// Usage: node tools/screenshots.js     (needs the packages built, and Chromium on PATH)
'use strict';
const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');

const ROOT = path.join(__dirname, '..');
const HOLDFAST = path.join(ROOT, 'engine', 'bin', 'holdfast.js');
const ESTATE = path.join(__dirname, 'data', 'screenshots.yaml');
const IMAGES = path.join(ROOT, 'docs', 'images');
const ARGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const SIZE = { width: 1240, height: 900 };

function chromiumOnPath() {
  const places = (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'chromium'));
  const found = places.find((place) => fs.existsSync(place));
  if (found === undefined) {
    throw new Error('chromium must be on PATH, got none');
  }
  return found;
}

/** Writes the report of the estate, and gives its address. */
function report(folder) {
  const file = path.join(folder, 'report.html');
  const args = [HOLDFAST, 'simulate', ESTATE, '--days', '400', '--standard', 'hipaa', '--report', file];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0 && status !== 1) {
    throw new Error(`simulate ends with ${status}: ${stderr}`);
  }
  return pathToFileURL(file).href;
}

/** Charts are drawn when they come into sight. */
async function drawn(page) {
  await page.locator('.drawing svg').first().waitFor();
  await page.waitForTimeout(500);
}

async function ofReport(browser, url) {
  const page = await browser.newPage({ viewport: SIZE });
  await page.goto(url);
  await page.getByRole('heading', { name: 'Coverage' }).waitFor();
  await drawn(page);
  await page.screenshot({ path: path.join(IMAGES, 'report.png') });
  await page.locator('#evidence').scrollIntoViewIfNeeded();
  await page.locator('#evidence').screenshot({ path: path.join(IMAGES, 'report-evidence.png') });
  await page.getByRole('button', { name: 'orders', exact: true }).first().click();
  await page.getByText('Why is this point here?').waitFor();
  await page.setViewportSize({ ...SIZE, height: 1300 });
  await drawn(page);
  await page.screenshot({ path: path.join(IMAGES, 'report-resource.png') });
  await page.close();
}

/** Serves until `work` is done with the address. */
async function served(work) {
  const server = spawn(process.execPath, [HOLDFAST, 'serve', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
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

async function ofConsole(browser, url) {
  const { BackupClient, ...commands } = require('@aws-sdk/client-backup');
  const { CreateBackupVaultCommand, CreateBackupPlanCommand, CreateBackupSelectionCommand } = commands;
  const post = (what, body) => fetch(`${url}/_holdfast/${what}`, { method: 'POST', body: JSON.stringify(body) });
  await post('resources', [
    { type: 'DynamoDB', name: 'orders', sizeGiB: 40, dailyChangePercent: 3 },
    { type: 'EFS', name: 'fs-1', sizeGiB: 12 },
  ]);
  const credentials = { accessKeyId: '123456789012', secretAccessKey: 'holdfast' };
  const client = new BackupClient({ region: 'us-east-1', endpoint: url, credentials });
  await client.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  const rule = { RuleName: 'daily', TargetBackupVaultName: 'main', ScheduleExpression: 'cron(0 5 ? * * *)' };
  const plan = { BackupPlanName: 'everything', Rules: [rule] };
  const { BackupPlanId } = await client.send(new CreateBackupPlanCommand({ BackupPlan: plan }));
  const BackupSelection = { SelectionName: 'all', IamRoleArn: 'arn:aws:iam::123456789012:role/r', Resources: ['*'] };
  await client.send(new CreateBackupSelectionCommand({ BackupPlanId, BackupSelection }));
  const page = await browser.newPage({ viewport: SIZE });
  await page.goto(`${url}/_holdfast/`);
  await page.getByRole('button', { name: 'Step 1 day' }).click();
  await page.getByText('It is 2027-01-02').waitFor();
  await page.getByLabel('Resource, by name or ARN').fill('orders');
  await page.getByRole('button', { name: 'Inject' }).click();
  await page.getByRole('button', { name: 'Clear fault-1' }).waitFor();
  await page.getByRole('button', { name: 'Step 1 day' }).click();
  await page.getByRole('region', { name: 'Latest jobs' }).getByText('FAILED').first().waitFor();
  await page.screenshot({ path: path.join(IMAGES, 'console.png') });
  await page.close();
}

async function main() {
  fs.mkdirSync(IMAGES, { recursive: true });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-screenshots-'));
  const browser = await chromium.launch({ executablePath: chromiumOnPath(), args: ARGS.split(' ') });
  try {
    await ofReport(browser, report(folder));
    await served((url) => ofConsole(browser, url));
  } finally {
    await browser.close();
    fs.rmSync(folder, { recursive: true });
  }
}

main().catch((fault) => {
  console.error(fault);
  process.exitCode = 2;
});
