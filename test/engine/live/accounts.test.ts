// One inventory of several accounts of an organization, each read by a role.
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Environment, Estate } from '@holdfast/model';
import type { CommandHost, LiveHost } from '../../../engine/src/host/terminal';
import { writeWhole } from '../../../engine/src/host/files';
import { LIVE } from '../../../engine/src/host/live';
import { World } from '../../../engine/src/testing/world';
import { temporaryFolder } from '../../support/synth';
import { digestOf, synthesized } from '../adopt/synthesized';
import { answerOf, cli, type CliResult } from '../cli/run-cli';
import { HOME, outsideOf, read, START } from './account';

const SHOP: Environment = { ...HOME, account: '222233334444' };
const TOOLS: Environment = { ...HOME, account: '333344445555' };
const ENVS = [HOME, SHOP, TOOLS];
const ROLE = 'OrganizationAccountAccessRole';

const ESTATE: Estate = {
  organizations: [
    {
      env: HOME,
      organizationId: 'o-exampleorg1',
      rootId: 'r-ab12',
      serviceAccessPrincipals: ['backup.amazonaws.com'],
      members: [
        { accountId: SHOP.account, accountName: 'shop', email: 'shop@example.com' },
        { accountId: TOOLS.account, accountName: 'tools', email: 'tools@example.com' },
      ],
    },
  ],
  vaults: ENVS.map((env) => ({ backupVaultName: 'main', env })),
  plans: ENVS.map((env) => ({
    backupPlanName: 'all',
    env,
    rules: [
      {
        ruleName: 'daily',
        targetBackupVaultName: 'main',
        scheduleExpression: 'cron(30 4 ? * * *)',
        lifecycle: { deleteAfterDays: 30 },
      },
    ],
    selections: [{ selectionName: 'all', iamRoleArn: `arn:aws:iam::${env.account}:role/backup`, resources: ['*'] }],
  })),
};

async function organization(each = 3): Promise<World> {
  const world = new World({ start: START, account: HOME.account, region: HOME.region });
  await world.deploy(ESTATE);
  for (const { account } of ENVS) {
    for (let index = 0; index < each; index++) {
      const arn = `arn:aws:dynamodb:us-east-1:${account}:table/t-${index}`;
      world.add({ arn, sizeGiB: 1 + index, tags: { backup: 'daily' } });
    }
  }
  return world;
}

interface Run extends CliResult {
  readonly sent: readonly string[];
}

/** Runs the command against a World; `denied` let nobody in, and `lives` is after how many pages it is killed. */
async function inventory(
  world: World,
  flags: readonly string[],
  { denied = [], lives = Infinity }: { readonly denied?: readonly string[]; readonly lives?: number } = {},
): Promise<Run> {
  const sent: string[] = [];
  let pages = 0;
  const live: LiveHost = {
    ...LIVE,
    account: () => Promise.resolve({ account: HOME.account, partition: 'aws' }),
    outside: outsideOf(world, sent, HOME.account),
    assume: (arn) => {
      const account = arn.split(':')[4] ?? '';
      expect(arn).toBe(`arn:aws:iam::${account}:role/${ROLE}`);
      return denied.includes(account)
        ? Promise.reject(Object.assign(new Error('not authorized'), { name: 'AccessDenied' }))
        : Promise.resolve(outsideOf(world, sent, account));
    },
    append: (file, text) => {
      if (++pages > lives) {
        throw new Error('killed');
      }
      LIVE.append(file, text);
    },
  };
  const host: Partial<CommandHost> = { live, write: writeWhole };
  const argv = ['inventory', '--regions', 'us-east-1', '--role', ROLE, '--rate', '1000', ...flags];
  return { ...(await cli(argv, undefined, host)), sent };
}

function documentIn(file: string): Estate & { readonly resources: { readonly arn: string }[] } {
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Estate & { readonly resources: { readonly arn: string }[] };
}

const last = ({ stderr }: CliResult): string | undefined => stderr.trimEnd().split('\n').at(-1);

test('all active accounts of the organization come into one inventory, as if each were read by itself', async () => {
  const file = path.join(temporaryFolder('accounts'), 'all.json');
  const run = await inventory(await organization(), ['--out', file]);
  expect(run.code).toBe(0);
  expect(last(run)).toMatch(/^9 resources and 3 plans in 3 accounts, \d+ calls, 0 of them throttled$/);
  expect(run.stderr).not.toContain('may not read it');
  expect(run.sent.filter((name) => !/^(Describe|List|Get)/.test(name))).toEqual([]);
  const world = await organization();
  const alone = await Promise.all(ENVS.map(async (env) => (await read(world, [], undefined, [env])).document));
  const whole = documentIn(file);
  const sorted = (lists: readonly (readonly object[] | undefined)[]) =>
    lists.flatMap((list) => list ?? []).map((one) => JSON.stringify(one));
  for (const list of ['resources', 'vaults', 'plans', 'regionSettings', 'keys'] as const) {
    expect(sorted([whole[list]]).sort()).toEqual(sorted(alone.map((one) => one[list] as object[])).sort());
  }
  expect(whole.organizations).toEqual(alone[0]?.organizations);
  expect(whole.resourcesAreComplete).toBe(true);
});

test('check, simulate, cost and adopt take it as one estate', async () => {
  const folder = temporaryFolder('accounts');
  const file = path.join(folder, 'all.json');
  await inventory(await organization(), ['--out', file]);
  const { coverage } = answerOf<{ coverage: { plans: string[] }[] }>(await cli(['check', file, '--format', 'json']));
  expect(coverage.map(({ plans }) => plans.length)).toEqual(Array.from({ length: 9 }, () => 1));
  const cost = await cli(['cost', file, '--months', '1', '--no-steady-state', '--format', 'json']);
  const { lines } = answerOf<{ lines: { account: string }[] }>(cost);
  expect(new Set(lines.map(({ account }) => account))).toEqual(new Set(ENVS.map(({ account }) => account)));
  const adopted = await cli(['adopt', file, '--out', folder], undefined, { write: writeWhole });
  expect([adopted.code, adopted.stderr]).toEqual([0, '']);
  const beside = path.join(folder, 'account.json');
  const before = await digestOf(file);
  expect(await digestOf(synthesized(path.join(folder, 'cdk', 'app.ts'), 'CDK_OUTDIR'), beside)).toBe(before);
  expect(await digestOf(synthesized(path.join(folder, 'cdktf', 'main.ts'), 'CDKTF_OUTDIR'), beside)).toBe(before);
});

test('accounts that are named are read alone, with the organization that the credentials at hand tell', async () => {
  const file = path.join(temporaryFolder('accounts'), 'some.json');
  const run = await inventory(await organization(), ['--accounts', `${TOOLS.account},${TOOLS.account}`, '--out', file]);
  expect([run.code, last(run)]).toEqual([0, expect.stringMatching(/^3 resources and 1 plan in 1 account, /)]);
  const { organizations, plans } = documentIn(file);
  expect(organizations).toHaveLength(1);
  expect(plans?.map(({ env }) => env.account)).toEqual([TOOLS.account]);
  expect(run.sent).not.toContain('ListAccountsCommand');
});

test('an account that lets nobody in is told, keeps no other from being read, and is read by the next run', async () => {
  const world = await organization();
  const folder = temporaryFolder('accounts');
  const [file, state] = [path.join(folder, 'all.json'), path.join(folder, 'all.state')];
  const flags = ['--state', state, '--out', file];
  const first = await inventory(world, flags, { denied: [SHOP.account] });
  expect(first.code).toBe(1);
  expect(first.stderr).toContain(`not read: account ${SHOP.account}: AccessDenied: not authorized\n6 resources`);
  expect(documentIn(file).resourcesAreComplete).toBe(false);
  const second = await inventory(world, flags);
  expect([second.code, last(second)]).toEqual([0, expect.stringMatching(/^9 resources and 3 plans in 3 accounts, /)]);
  // What was read of the others is not read again.
  expect(second.sent.filter((name) => name === 'ListTablesCommand')).toHaveLength(1);
  expect(documentIn(file).resourcesAreComplete).toBe(true);
});

test('a run that is throttled, and killed again and again, comes to the same', async () => {
  const folder = temporaryFolder('accounts');
  const [whole, file, state] = ['whole.json', 'all.json', 'all.state'].map((name) => path.join(folder, name));
  await inventory(await organization(40), ['--out', String(whole)]);
  const world = await organization(40);
  world.faults.add({ kind: 'calls-refused', probability: 0.2 });
  const flags = ['--state', String(state), '--out', String(file)];
  let kills = 0;
  for (let run = await inventory(world, flags, { lives: 30 }); run.code !== 0; kills++) {
    expect(kills).toBeLessThan(20);
    run = await inventory(world, flags, { lives: 30 });
  }
  expect(kills).toBeGreaterThan(1);
  expect(documentIn(String(file))).toEqual(documentIn(String(whole)));
});

test.each([
  [['--accounts', '1234'], "--accounts must be 12 digits each, got '1234'"],
  [['--role', 'a role'], "--role must be the name of a role, with its path if it has one, got 'a role'"],
])('fails for %p', async (flags, message) => {
  const { code, stderr } = await inventory(await organization(0), flags);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test('fails for accounts without a role, and where the accounts of the organization cannot be listed', async () => {
  const alone = await cli(['inventory', '--regions', 'us-east-1', '--accounts', SHOP.account]);
  expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('--accounts must come with --role')]);
  const world = new World({ start: START, account: HOME.account, region: HOME.region });
  const { code, stderr } = await inventory(world, []);
  expect(code).toBe(2);
  expect(stderr).toContain(
    `account ${HOME.account} may list the accounts of its organization, or with --accounts: AWSOrg`,
  );
});
