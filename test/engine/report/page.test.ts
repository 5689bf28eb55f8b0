import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BlueprintDocument } from '@holdfast/model';
import { Browser, chromium, Page } from 'playwright-core';
import {
  BackupClient,
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
  ListBackupVaultsCommand,
} from '@aws-sdk/client-backup';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { ACCOUNT_SECRET } from '../../../engine/src/domain/credentials';
import { HttpFront } from '../../../engine/src/host/http-front';
import type { ServedProps } from '../../../engine/src/host/served-world';
import { ServedWorlds } from '../../../engine/src/host/served-worlds';
import { CONTROL_PATHS } from '../../../engine/src/wire/world-path';
import { pageAssets } from '../../../engine/src/host/page-assets';
import type { Explanation } from '../../../engine/src/report/explanation';
import { exercised, onPath, testWith } from '../../support/programs';
import { ROOT } from '../../support/sources';
import { cli } from '../cli/run-cli';

/** A name that a page would run if it took it for markup. */
const HOSTILE = '</script><script>document.title="taken"</script><img src=x onerror=alert(1)>';
const HERE = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
const ORDERS = `arn:aws:dynamodb:${HERE.region}:${HERE.account}:table/orders`;
const FAR = `arn:aws:backup:${HERE.region}:${HERE.account}:backup-vault:far`;

/** A table that is backed up, moved and copied, a file system whose backups fail, one with a hostile name and no plan. */
const BLUEPRINT: BlueprintDocument = {
  schema: 'holdfast.blueprint/1',
  env: HERE,
  vaults: [
    { backupVaultName: 'main' },
    { backupVaultName: 'far', vaultLock: { minRetentionDays: 60, changeableForDays: 3 } },
    { backupVaultName: 'strict', vaultLock: { minRetentionDays: 300 } },
  ],
  plans: [
    {
      backupPlanName: 'tables',
      rules: [
        {
          ruleName: 'daily',
          targetBackupVaultName: 'main',
          scheduleExpression: 'cron(0 5 ? * * *)',
          lifecycle: { moveToColdStorageAfterDays: 10, deleteAfterDays: 100 },
          copyActions: [{ destinationBackupVaultArn: FAR, lifecycle: { deleteAfterDays: 120 } }],
        },
      ],
      selections: [{ selectionName: 's', iamRoleArn: `arn:aws:iam::${HERE.account}:role/r`, resources: [ORDERS] }],
    },
    {
      backupPlanName: 'files',
      rules: [
        {
          ruleName: 'short',
          targetBackupVaultName: 'strict',
          scheduleExpression: 'cron(0 5 ? * * *)',
          lifecycle: { deleteAfterDays: 35 },
        },
      ],
      selections: [
        {
          selectionName: 's',
          iamRoleArn: `arn:aws:iam::${HERE.account}:role/r`,
          resources: ['arn:aws:elasticfilesystem:*:*:file-system/*'],
        },
      ],
    },
  ],
  resources: [
    { arn: ORDERS, service: 'dynamodb-advanced', resourceType: 'DynamoDB', name: 'orders', sizeGiB: 5 },
    {
      arn: `arn:aws:elasticfilesystem:${HERE.region}:${HERE.account}:file-system/fs-1`,
      service: 'efs',
      resourceType: 'EFS',
      name: 'fs-1',
    },
    { arn: `arn:aws:s3:::${HOSTILE}`, service: 's3', resourceType: 'S3', name: HOSTILE },
  ],
} as unknown as BlueprintDocument;

const FILES = { 'estate.json': JSON.stringify(BLUEPRINT) };
const RUN = ['estate.json', '--days', '130', '--fail-on', 'error'];
const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const ARGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

const test = testWith('chromium', 'chromium');
const present = onPath('chromium') !== undefined;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-page-'));
const file = path.join(folder, 'report.html');
let browser: Browser;

/** A page with all that it complained of, and all that it asked for. */
interface Opened {
  readonly page: Page;
  readonly complaints: string[];
  readonly asked: string[];
}

async function open(url: string, scheme: 'light' | 'dark' = 'light'): Promise<Opened> {
  const page = await browser.newPage({ colorScheme: scheme, viewport: { width: 1200, height: 800 } });
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (fault) => complaints.push(String(fault.stack)));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(url);
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  return { page, complaints, asked };
}

/** What the accessibility checks of axe find. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`);
  });
}

beforeAll(async () => {
  if (!present) {
    return;
  }
  const built = spawnSync(process.execPath, [path.join(ROOT, 'tools', 'bundle-console.js')], { encoding: 'utf8' });
  expect(built.stderr).toBe('');
  const write = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);
  const result = await cli(['simulate', ...RUN, '--standard', 'hipaa', '--report', 'report.html'], FILES, {
    write,
    pageAssets,
  });
  expect(result.stderr).toBe('');
  browser = await chromium.launch({ executablePath: onPath('chromium') ?? '', args: ARGS.split(' ') });
  exercised('chromium', 'report of simulate, opened, filtered, drilled down, by keys alone');
});

afterAll(async () => {
  await browser?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('the report of simulate', () => {
  test('opens without a network and without a complaint, and takes no name for markup', async () => {
    const { page, complaints, asked } = await open(pathToFileURL(file).href);
    await page.getByText('130 FAILED').first().waitFor();
    expect(await page.title()).toBe('Backups of estate.json');
    expect(await page.getByRole('button', { name: HOSTILE }).count()).toBe(1);
    expect(await page.locator('img').count()).toBe(0);
    expect(asked).toEqual([pathToFileURL(file).href]);
    expect(complaints).toEqual([]);
    const refused = await page.evaluate(() =>
      fetch('http://127.0.0.1:9/').then(
        () => 'asked',
        () => 'refused',
      ),
    );
    expect(refused).toBe('refused');
    expect(complaints.join()).toContain('Content Security Policy');
    await page.close();
  });

  test('says of each failure why, of a locked vault from when on nobody changes it, and what each month costs', async () => {
    const { page } = await open(pathToFileURL(file).href);
    const search = page.getByRole('search', { name: 'Jobs that went wrong' });
    await search.getByRole('searchbox').fill('outside what vault strict allows');
    const row = page.getByRole('region', { name: 'Jobs that went wrong' }).getByRole('row').nth(1);
    expect(await row.innerText()).toContain('130');
    await search.getByRole('searchbox').fill('no such reason');
    await page.getByText('No job went wrong.').waitFor();
    const vaults = await page.getByRole('region', { name: 'Vaults and their locks' }).innerText();
    expect(vaults).toContain('compliance mode, for ever from 2027-01-04 00:00');
    const costs = page.getByRole('group').filter({ hasText: 'Cost of each month: the numbers' });
    await costs.getByText('Cost of each month: the numbers').click();
    expect(await costs.getByRole('row').nth(1).innerText()).toMatch(/2027-02-01\s+\$\d+\.\d\d/);
    expect(await page.getByRole('region', { name: 'Findings' }).getByRole('link').count()).toBeGreaterThan(0);
    await page.close();
  });

  test('shows of each clause of a standard what was declared and what the run shows, and what no run can show', async () => {
    const { page, complaints } = await open(pathToFileURL(file).href);
    const evidence = page.getByRole('region', { name: 'Evidence for hipaa' });
    const frequency = evidence.getByRole('row').filter({ hasText: 'max-hours-between-backups' });
    expect(await frequency.innerText()).toMatch(
      /164\.308\(a\)\(7\)\(ii\)\(A\)[^]*yes[^]*no[^]*1 of 3 resources backed up/,
    );
    await frequency.getByText('2 places fall short').click();
    expect(await frequency.getByRole('listitem').first().innerText()).toContain('must be at most 24 hours between');
    const beyond = page.getByRole('region', { name: 'Not shown by a simulation, of hipaa' });
    expect(await beyond.innerText()).toContain('45 CFR 164.308(a)(7)(ii)(C)');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('narrows the resources, and tells of one why each of its points is there, as explain does', async () => {
    const { page, complaints } = await open(pathToFileURL(file).href);
    await page
      .getByRole('region', { name: 'Resources by type' })
      .getByRole('button', { name: /of EFS/ })
      .click();
    await page.getByText('1 of 3 resources', { exact: true }).waitFor();
    await page.getByRole('search', { name: 'Resources' }).getByLabel('Type').selectOption('DynamoDB');
    await page.getByText('0 of 3 resources').waitFor();
    await page.getByRole('search', { name: 'Resources' }).getByLabel('Protection').selectOption('all');
    await page.getByRole('button', { name: 'orders' }).click();
    await page.getByRole('heading', { name: 'DynamoDB orders' }).waitFor();
    const explained = await cli(['explain', ...RUN, '--resource', ORDERS, '--format', 'json'], FILES);
    const { recoveryPoints } = JSON.parse(explained.stdout) as Explanation;
    await page.getByText(`${recoveryPoints.length} recovery points of ${recoveryPoints.length}`).waitFor();
    await page.getByLabel('State').selectOption('cold');
    const cold = recoveryPoints.filter(({ storageClass }) => storageClass === 'COLD');
    await page.getByText(`${cold.length} recovery points of ${recoveryPoints.length}`).waitFor();
    const newest = cold.at(-1) as (typeof cold)[number];
    const first = await page.getByRole('region', { name: 'Recovery points' }).getByRole('row').nth(1).innerText();
    expect(first).toContain(newest.recoveryPointArn);
    expect(first).toContain(newest.why);
    expect(first).toContain(newest.whyUntil);
    const gone = page.getByRole('region', { name: 'Recovery points that are gone' });
    expect(await gone.getByRole('row').nth(1).innerText()).toMatch(
      /^2027-\d\d-\d\d \d\d:\d\d\s+2027-\d\d-\d\d 05:00\s[^]*its lifecycle was over/,
    );
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('is used by keys alone: to the content, to a resource, through its points, and back', async () => {
    const { page } = await open(pathToFileURL(file).href);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('main');
    const reach = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 80 && (await focused(page)) !== name; presses++) {
        await page.keyboard.press('Tab');
      }
      expect(await focused(page)).toBe(name);
    };
    await reach('orders');
    await page.keyboard.press('Enter');
    await page.getByText('Why is this point here?').waitFor();
    expect(await focused(page)).toBe('DynamoDB orders');
    await reach('Next rows of Recovery points');
    await page.keyboard.press('Enter');
    await page.getByText(/^13 to 24 of /).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Coverage' }).waitFor();
    await page.close();
  });

  test.each(['light', 'dark'] as const)(
    'has no barrier that axe finds, in %s, and prints its numbers',
    async (scheme) => {
      const { page } = await open(pathToFileURL(file).href, scheme);
      expect(await barriers(page)).toEqual([]);
      await page.getByRole('button', { name: 'orders' }).first().click();
      await page.getByText('Why is this point here?').waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.emulateMedia({ media: 'print' });
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      expect(await page.locator('figure details:not([open])').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Back to all resources' }).count()).toBe(0);
      await page.close();
    },
  );
});

describe('the console of serve', () => {
  let front: HttpFront;
  const begin = { env: HERE, start: Date.UTC(2027, 0, 1), seed: 1, version: '1.2.3', runFunctions: false };
  const control = (what: string, body: object) =>
    fetch(`${front.url}/_holdfast/${what}`, { method: 'POST', body: JSON.stringify(body) });

  async function serve(props: Partial<ServedProps> = {}): Promise<void> {
    const worlds = new ServedWorlds({ ...begin, ...props });
    front = await HttpFront.open(worlds, { ownPaths: CONTROL_PATHS });
  }

  function client<C>(ClientClass: new (config: object) => C, key = HERE.account, secret = ACCOUNT_SECRET): C {
    const credentials = { accessKeyId: key, secretAccessKey: secret };
    return new ClientClass({ region: HERE.region, endpoint: front.url, credentials, maxAttempts: 1 });
  }

  afterEach(() => front?.close());

  test('steps the clock, injects a fault, and shows the job that fails with its reason', async () => {
    await serve();
    exercised('chromium', 'console of serve: clock stepped, fault injected, policies shown');
    await control('resources', [{ type: 'DynamoDB', name: 'orders', sizeGiB: 1 }]);
    const backup = client(BackupClient);
    await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
    const Rules = [
      {
        RuleName: 'daily',
        TargetBackupVaultName: 'main',
        ScheduleExpression: 'cron(0 5 ? * * *)',
        StartWindowMinutes: 60,
      },
    ];
    const plan = await backup.send(new CreateBackupPlanCommand({ BackupPlan: { BackupPlanName: 'p', Rules } }));
    const BackupSelection = { SelectionName: 's', IamRoleArn: `arn:aws:iam::${HERE.account}:role/r`, Resources: ['*'] };
    await backup.send(new CreateBackupSelectionCommand({ BackupPlanId: plan.BackupPlanId, BackupSelection }));
    const { page, complaints, asked } = await open(`${front.url}/_holdfast`);
    const jobs = page.getByRole('region', { name: 'Latest jobs' });
    await page.getByRole('button', { name: 'Step 1 day' }).click();
    await page.getByText('It is 2027-01-02T00:00:00Z there.').waitFor();
    expect(await focused(page)).toBe('Step 1 day');
    await page.getByText('1 of 1 resources are protected by a plan.').waitFor();
    const findings = page.getByRole('region', { name: 'Findings, table' });
    expect(await findings.getByRole('row').nth(1).innerText()).toMatch(/^selection-everything\s+note/);
    expect(await jobs.getByRole('row').nth(1).innerText()).toMatch(/daily\s+COMPLETED\s+.*table\/orders/);
    await page.getByLabel('Resource, by name or ARN').fill('orders');
    await page.getByRole('button', { name: 'Inject' }).click();
    await page.getByRole('button', { name: 'Clear fault-1' }).waitFor();
    await page.getByRole('button', { name: 'Step 1 day' }).click();
    await jobs.getByText('FAILED').waitFor();
    expect(await jobs.getByRole('row').nth(1).innerText()).toContain("injected: the job fails with 'An internal error");
    await page.getByRole('button', { name: 'Clear fault-1' }).click();
    await page.getByLabel('Run to (UTC)').fill('2027-01-01');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    expect(await page.getByRole('alert').getByText('cannot go back').innerText()).toContain('2027-01-03T00:00:00Z');
    // Somebody else moves it, and makes another World.
    await control('clock', { to: '2027-01-05T00:00:00Z' });
    await page.getByText('It is 2027-01-05T00:00:00Z there.').waitFor();
    await fetch(`${front.url}/_world/other/_holdfast/clock`);
    await control('clock', { advance: 'PT1M' });
    await page.getByRole('button', { name: 'orders' }).first().click();
    await page.getByText('3 recovery points of 3').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Back to all resources' }).click();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel('World').selectOption('other');
    await page.getByRole('heading', { level: 1, name: 'World other' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/_world/other/_holdfast/');
    expect(asked.filter((url) => !url.startsWith(front.url))).toEqual([]);
    expect(complaints.filter((text) => !text.includes('400 (Bad Request)'))).toEqual([]);
    await page.close();
  });

  test('shows which policies were asked, and which of them denied', async () => {
    await serve({ enforceIam: true, clockSkew: 'off' });
    const iam = client(IAMClient);
    await iam.send(new CreateUserCommand({ UserName: 'reader' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'reader' }));
    const reader = client(BackupClient, AccessKey?.AccessKeyId, AccessKey?.SecretAccessKey);
    await expect(reader.send(new ListBackupVaultsCommand({}))).rejects.toThrow('not authorized');
    const { page } = await open(`${front.url}/_holdfast/`);
    const rows = page.getByRole('region', { name: 'Policies evaluated' }).getByRole('row');
    expect(await rows.nth(1).innerText()).toMatch(/backup:ListBackupVaults\s+denied/);
    expect(await rows.nth(1).innerText()).toContain('user/reader');
    expect(await rows.nth(2).innerText()).toMatch(/iam:CreateAccessKey\s+allowed/);
    await page.close();
  });
});

function focused(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.textContent');
}
