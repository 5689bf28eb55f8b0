import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BlueprintDocument } from '@holdfast/model';
import type { Browser } from 'playwright-core';
import { pageAssets } from '../../../engine/src/host/page-assets';
import type { Explanation } from '../../../engine/src/report/explanation';
import { exercised, onPath, testWith } from '../../support/programs';
import { cli } from '../cli/run-cli';
import { barriers, focused, launched, opened } from './browser';

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

const test = testWith('chromium', 'chromium');
const present = onPath('chromium') !== undefined;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-page-'));
const file = path.join(folder, 'report.html');
let browser: Browser;

beforeAll(async () => {
  if (!present) {
    return;
  }
  browser = await launched();
  const write = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);
  const result = await cli(['simulate', ...RUN, '--standard', 'hipaa', '--report', 'report.html'], FILES, {
    write,
    pageAssets,
  });
  expect(result.stderr).toBe('');
  exercised('chromium', 'report of simulate, opened, filtered, drilled down, by keys alone');
});

afterAll(async () => {
  await browser?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('the report of simulate', () => {
  test('opens without a network and without a complaint, and takes no name for markup', async () => {
    const { page, complaints, asked } = await opened(browser, pathToFileURL(file).href);
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
    const { page } = await opened(browser, pathToFileURL(file).href);
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
    const { page, complaints } = await opened(browser, pathToFileURL(file).href);
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
    const { page, complaints } = await opened(browser, pathToFileURL(file).href);
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
    const { page } = await opened(browser, pathToFileURL(file).href);
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

  test('has the findings that are to be mended first at the top, and charts once somebody comes to them', async () => {
    const { page } = await opened(browser, pathToFileURL(file).href);
    const rows = page.getByRole('region', { name: 'Findings, table' }).getByRole('row');
    const severities = (await rows.allInnerTexts()).slice(1).map((row) => row.split('\t')[1]?.trim());
    expect(severities.filter((one, row) => one !== severities[row - 1])).toEqual(['error', 'warning', 'note']);
    const ages = page.locator('#ages');
    expect(await ages.locator('svg').count()).toBe(0);
    await ages.scrollIntoViewIfNeeded();
    await ages.locator('svg').waitFor();
    // On paper all of them are.
    const all = await page.locator('.drawing').count();
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('.drawing svg').count()).toBe(all);
    await page.close();
  });

  test('on a narrow screen, nothing but tables is scrolled aside', async () => {
    const { page } = await opened(browser, pathToFileURL(file).href);
    await page.setViewportSize({ width: 400, height: 800 });
    const beyond = await page.evaluate<string[]>(`
      [...document.querySelectorAll('body *')]
        .filter((one) => one.closest('.scroll, .drawing') === null && one.getBoundingClientRect().right > 400)
        .map((one) => one.outerHTML.slice(0, 80))`);
    expect(beyond).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(400);
    await page.close();
  });

  test.each(['light', 'dark'] as const)(
    'has no barrier that axe finds, in %s, and prints its numbers',
    async (scheme) => {
      const { page } = await opened(browser, pathToFileURL(file).href, scheme);
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
