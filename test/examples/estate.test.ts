import * as path from 'node:path';
import { buildEstate as buildCdk } from '../../examples/estate-cdk/estate';
import { buildEstate as buildCdktf } from '../../examples/estate-cdktf/estate';
import { buildEstate as buildExisting } from '../../examples/existing-app/estate';
import { cli } from '../engine/cli/run-cli';
import { MountedFiles } from '../support/mounted';
import { ROOT } from '../support/sources';
import { synthCdk, synthCdktf } from '../support/synth';
import { expectAnswer } from './answers';

const INVENTORY = path.join(ROOT, 'examples', 'inventory.yaml');

interface Simulation {
  readonly digest: string;
  readonly backupJobs: Record<string, number>;
  readonly copyJobs: Record<string, number>;
}

/** Runs a command on an artifact that it sees under the name that the README gives it. */
async function ask(folder: string, shown: string, command: string, ...flags: string[]) {
  const { code, stdout, stderr } = await cli([command, shown, ...flags], new MountedFiles(shown, folder));
  return { status: code, text: stdout, err: stderr };
}

const ESTATES = [
  { folder: 'estate-cdk', synth: () => synthCdk(buildCdk), artifact: 'cdk.out' },
  { folder: 'estate-cdktf', synth: () => synthCdktf(buildCdktf), artifact: 'cdktf.out' },
];

describe.each(ESTATES)('the ledger of examples/$folder', ({ folder, synth, artifact }) => {
  let made = '';
  beforeAll(() => {
    made = synth();
  });

  test('has no finding that fails a check, and says which points come out of 400 days', async () => {
    const check = await ask(made, artifact, 'check', '--inventory', INVENTORY);
    const simulate = await ask(made, artifact, 'simulate', '--days', '400', '--inventory', INVENTORY);
    expect([check.status, check.err, simulate.status, simulate.err]).toEqual([0, '', 0, '']);
    expectAnswer(folder, 'expected.txt', `${check.text}\n${simulate.text}`);
  });

  test('runs to the same history twice', async () => {
    const flags = ['--days', '400', '--inventory', INVENTORY, '--format', 'json'];
    const first = await ask(made, artifact, 'simulate', ...flags);
    const second = await ask(made, artifact, 'simulate', ...flags);
    expect(second.text).toBe(first.text);
  });
});

test('the ledger is the same estate from both frameworks: one digest, no job that fails', async () => {
  const simulations: Simulation[] = [];
  for (const { synth, artifact } of ESTATES) {
    const answer = await ask(
      synth(),
      artifact,
      'simulate',
      '--days',
      '400',
      '--inventory',
      INVENTORY,
      '--format',
      'json',
    );
    simulations.push(JSON.parse(answer.text) as Simulation);
  }
  const [cdk, cdktf] = simulations as [Simulation, Simulation];
  expect(cdktf.digest).toBe(cdk.digest);
  expect(Object.keys(cdk.backupJobs)).toEqual(['COMPLETED']);
  expect(Object.keys(cdk.copyJobs)).toEqual(['COMPLETED']);
});

interface Check {
  readonly findings: { rule: string; severity: string; effect: string; path: string; message: string }[];
  readonly coverage: { resource: string; plans: string[] }[];
}

describe('the app of examples/existing-app, which synthesizes without a word', () => {
  let made = '';
  beforeAll(() => {
    made = synthCdk(buildExisting);
  });

  test('fails the check with every mistake that its comments name', async () => {
    const text = await ask(made, 'cdk.out', 'check');
    expect(text.status).toBe(1);
    expectAnswer('existing-app', 'expected.txt', text.text);
  });

  // prettier-ignore
  test.each([
    ['keeps 35 days in a vault whose lock demands 100', 'rule-retention-in-lock', 'fails-at-run', 'error', 'must be 100 to 3000 days, the bounds of vault shop, got 35 days'],
    ['moves to cold after 30 days and deletes after 60', 'lifecycle-cold-gap', 'refused-by-aws', 'error', 'must be at least 120 days, 90 after moveToColdStorageAfterDays 30, got 60'],
    ['has a start window of 30 minutes', 'rule-start-window', 'refused-by-aws', 'error', 'must be a whole number of minutes from 60 to 52560000, got 30'],
    ['gives day of the month and day of the week both', 'schedule-day-fields', 'refused-by-aws', 'error', 'must be ? in exactly one of day of month and day of week, got * and *'],
    ['copies into the vault that the backup is in', 'copy-action-own-vault', 'fails-at-run', 'warning', 'must be a vault other than the one that the rule backs up to, got arn:aws:backup:us-east-1:111122223333:backup-vault:shop'],
    ['selects nothing', 'selection-empty', 'refused-by-aws', 'error', 'must be given resources or listOfTags; conditions and notResources alone are refused, got neither'],
    ['joins ARN and tag by OR', 'selection-resources-or-tags', 'advice', 'warning', 'must be either resources or listOfTags: a resource that meets one of them is selected; conditions narrow what both select, got 1 resource and 1 tag'],
  ])('finds the rule or selection that %s', async (_what, rule, effect, severity, message) => {
    const { text } = await ask(made, 'cdk.out', 'check', '--format', 'json');
    const found = (JSON.parse(text) as Check).findings.filter((it) => it.rule === rule);
    expect(found).toContainEqual(expect.objectContaining({ rule, effect, severity, message }));
  });

  test('says of table and bucket that no plan protects them', async () => {
    const { text } = await ask(made, 'cdk.out', 'check', '--format', 'json');
    const bare = (JSON.parse(text) as Check).coverage.filter((it) => it.plans.length === 0).map((it) => it.resource);
    expect(bare).toEqual(
      expect.arrayContaining([
        'arn:aws:dynamodb:us-east-1:111122223333:table/shop-orders',
        'arn:aws:s3:::shop-images-111122223333',
      ]),
    );
  });

  test('is refused by AWS as it stands: the simulation names the call', async () => {
    const { status, err } = await ask(made, 'cdk.out', 'simulate', '--days', '30');
    expect(status).toBe(2);
    expect(err).toMatch(/CreateBackup(Plan|Selection)/);
  });
});
