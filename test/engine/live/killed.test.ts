// The command itself, as a process that is killed, against a server of ours.
import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CreateAccountCommand, CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorld } from '../../../engine/src/host/served-world';
import { ROOT } from '../../support/sources';
import { temporaryFolder } from '../../support/synth';
import { HOME, resources, START } from './account';

const LAUNCHER = path.join(ROOT, 'engine', 'bin', 'holdfast.js');
const COUNT = 2000;
/** Resources of each of several accounts. */
const EACH = 120;
/** Pages of a run that is killed. */
const LIVES = 6;

interface Run {
  readonly code: number | null;
  readonly stderr: string;
}

function begin(url: string, folder: string, more: readonly string[] = []): ChildProcess {
  const { PATH, HOME: home, TMPDIR } = process.env;
  const env = {
    PATH,
    HOME: home,
    TMPDIR,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: HOME.account,
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const flags = [
    '--regions',
    'us-east-1,eu-central-1',
    '--state',
    'a.state',
    '--out',
    'a.json',
    '--rate',
    '1000',
    ...more,
  ];
  return spawn(process.execPath, [LAUNCHER, 'inventory', ...flags], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function ended(run: ChildProcess): Promise<Run> {
  let stderr = '';
  run.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  return new Promise((resolve) => run.once('close', (code) => resolve({ code, stderr })));
}

function pagesIn(file: string): number {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').length - 1 : 0;
}

test('a run that is killed goes on where it was, and the blueprint is whole', async () => {
  const world = new ServedWorld({ env: HOME, start: Date.parse(START), seed: 1, version: '0' });
  const front = await HttpFront.open(world);
  const folder = temporaryFolder('inventory');
  const state = path.join(folder, 'a.state');
  try {
    const body = JSON.stringify({ resources: resources(COUNT) });
    const seeded = await fetch(`${front.url}/_holdfast/resources`, { method: 'POST', body });
    expect(await seeded.text()).toContain('holdfast.resources/1');
    expect(seeded.status).toBe(200);
    const first = begin(front.url, folder);
    const over = ended(first);
    while (pagesIn(state) <= LIVES && first.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    first.kill('SIGKILL');
    expect((await over).code).toBeNull();
    const before = pagesIn(state);
    expect(before).toBeGreaterThan(LIVES);
    expect(fs.existsSync(path.join(folder, 'a.json'))).toBe(false);
    // What a kill leaves of a line that was being written.
    fs.appendFileSync(state, '{"source":"rds","entr');
    const { code, stderr } = await ended(begin(front.url, folder));
    expect(stderr).toMatch(/2,000 resources and 0 plans, [\d,]+ calls, \d+ of them throttled\n$/);
    expect(code).toBe(0);
    const { resources: found } = JSON.parse(fs.readFileSync(path.join(folder, 'a.json'), 'utf8')) as {
      resources: { arn: string }[];
    };
    const wanted = resources(COUNT).map(({ arn }) => arn);
    expect(found.map(({ arn }) => arn)).toEqual(wanted.sort());
  } finally {
    await front.close();
  }
});

test('a run over the accounts of an organization assumes a role in each, and goes on where it was killed', async () => {
  const world = new ServedWorld({ env: HOME, start: Date.parse(START), seed: 1, version: '0' });
  const front = await HttpFront.open(world);
  const folder = temporaryFolder('inventory');
  const state = path.join(folder, 'a.state');
  const role = ['--role', 'OrganizationAccountAccessRole'];
  const credentials = { accessKeyId: HOME.account, secretAccessKey: 'secret' };
  const organizations = new OrganizationsClient({ endpoint: front.url, region: HOME.region, credentials });
  try {
    await organizations.send(new CreateOrganizationCommand({}));
    const accounts = [HOME.account];
    for (const name of ['shop', 'tools']) {
      const command = new CreateAccountCommand({ AccountName: name, Email: `${name}@example.com` });
      accounts.push((await organizations.send(command)).CreateAccountStatus?.AccountId ?? '');
    }
    // Names of buckets are unique in the world.
    const wanted = accounts.flatMap((account) =>
      resources(EACH)
        .filter(({ type }) => type !== 'S3')
        .map((one) => ({ ...one, account, arn: one.arn.replace(HOME.account, account) })),
    );
    const body = JSON.stringify({ resources: wanted });
    expect((await fetch(`${front.url}/_holdfast/resources`, { method: 'POST', body })).status).toBe(200);
    const first = begin(front.url, folder, role);
    const over = ended(first);
    const others = () =>
      (fs.existsSync(state) ? fs.readFileSync(state, 'utf8') : '').includes(`"account":"${accounts[2]}"`);
    while (!others() && first.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    first.kill('SIGKILL');
    expect((await over).code).toBeNull();
    const { code, stderr } = await ended(begin(front.url, folder, role));
    expect(stderr).toMatch(/324 resources and 0 plans in 3 accounts, [\d,]+ calls, \d+ of them throttled\n$/);
    expect(code).toBe(0);
    const { resources: found } = JSON.parse(fs.readFileSync(path.join(folder, 'a.json'), 'utf8')) as {
      resources: { arn: string }[];
    };
    expect(found.map(({ arn }) => arn)).toEqual(wanted.map(({ arn }) => arn).sort());
  } finally {
    organizations.destroy();
    await front.close();
  }
});
