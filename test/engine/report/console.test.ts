// The page that serve shows of a World.
import type { Browser } from 'playwright-core';
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
import { exercised, onPath, testWith } from '../../support/programs';
import { barriers, focused, launched, opened } from './browser';

const HERE = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
const test = testWith('chromium', 'chromium');
let browser: Browser;

beforeAll(async () => {
  if (onPath('chromium') !== undefined) {
    browser = await launched();
  }
});

afterAll(() => browser?.close());

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
    const { page, complaints, asked } = await opened(browser, `${front.url}/_holdfast`);
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
    await page.getByText('Nothing was restored: nothing here shows that a recovery point can be.').waitFor();
    await page.getByRole('button', { name: 'Verify all that was captured' }).click();
    await page.getByText('All that was captured is what was written.').waitFor();
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

  test('shows damage that a verification finds, with the points that it harms', async () => {
    await serve();
    const recoveryPointArns = [`arn:aws:backup:${HERE.region}:${HERE.account}:recovery-point:1`];
    const damage = [{ where: 'packs/1, byte 7', reason: 'is not what was written', recoveryPointArns }];
    const { page, complaints } = await opened(browser, `${front.url}/_holdfast/`);
    await page.route('**/content/verify', (route) => route.fulfill({ json: { faults: [], damage } }));
    await page.getByRole('button', { name: 'Verify all that was captured' }).click();
    await page.getByText('1 place of the store is damaged.').waitFor();
    const rows = page.getByRole('region', { name: 'Damage, table' }).getByRole('row');
    expect(await rows.nth(1).innerText()).toMatch(/packs\/1, byte 7\s+is not what was written\s+1\s+arn:aws:backup/);
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('shows a change that happens while it is opened', async () => {
    await serve();
    const { page } = await opened(browser, `${front.url}/_holdfast/`);
    for (let day = 1; day <= 3; day++) {
      await control('clock', { advance: 'P1D' });
    }
    await page.getByText('It is 2027-01-04T00:00:00Z there.').waitFor();
    await page.close();
  });

  test('of a page narrower than its tables, nothing but the tables is scrolled aside', async () => {
    await serve();
    await control('resources', [{ type: 'DynamoDB', name: 'orders-'.repeat(20), sizeGiB: 1 }]);
    const { page } = await opened(browser, `${front.url}/_holdfast/`);
    await page.setViewportSize({ width: 400, height: 800 });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(400);
    await page.close();
  });

  test('shows which policies were asked, and which of them denied', async () => {
    await serve({ enforceIam: true, clockSkew: 'off' });
    const iam = client(IAMClient);
    await iam.send(new CreateUserCommand({ UserName: 'reader' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'reader' }));
    const reader = client(BackupClient, AccessKey?.AccessKeyId, AccessKey?.SecretAccessKey);
    await expect(reader.send(new ListBackupVaultsCommand({}))).rejects.toThrow('not authorized');
    const { page } = await opened(browser, `${front.url}/_holdfast/`);
    const rows = page.getByRole('region', { name: 'Policies evaluated' }).getByRole('row');
    expect(await rows.nth(1).innerText()).toMatch(/backup:ListBackupVaults\s+denied/);
    expect(await rows.nth(1).innerText()).toContain('user/reader');
    expect(await rows.nth(2).innerText()).toMatch(/iam:CreateAccessKey\s+allowed/);
    await page.close();
  });
});
