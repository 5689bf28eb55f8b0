import { createHash } from 'node:crypto';
import type { Simulation } from '../../../engine/src/report/simulation';
import { answerOf, cli, NOW, TEMPLATE } from './run-cli';

const FILES = { 'stack.yaml': TEMPLATE };
const MAIN = 'arn:aws:backup:us-east-1:123456789012:backup-vault:main';
const FAR = 'arn:aws:backup:us-east-1:123456789012:backup-vault:far';

async function simulate(argv: string, files: Record<string, string> = FILES, now = NOW) {
  const result = await cli(['simulate', ...argv.split(' '), '--format', 'json'], files, { now: () => now });
  return { result, answer: answerOf<Simulation>(result) };
}

test('ten days of a daily rule with one copy', async () => {
  const { result, answer } = await simulate('stack.yaml --days 10');
  expect(result.code).toBe(0);
  expect(answer).toMatchObject({
    schema: 'holdfast.simulation/1',
    from: '2027-01-01T00:00:00Z',
    to: '2027-01-11T00:00:00Z',
    seed: 1,
    resources: { total: 2, byType: { DynamoDB: 1, S3: 1 } },
    backupJobs: { COMPLETED: 10 },
    copyJobs: { COMPLETED: 10 },
    restoreJobs: {},
    recoveryPoints: {
      created: 20,
      deleted: 0,
      live: 20,
      liveWarm: 20,
      liveCold: 0,
      byVault: { [MAIN]: { live: 10, warm: 10, cold: 0 }, [FAR]: { live: 10, warm: 10, cold: 0 } },
    },
  });
  expect(Object.keys(answer)).toEqual([
    ...['schema', 'from', 'to', 'seed', 'resources', 'backupJobs', 'copyJobs', 'restoreJobs'],
    ...['recoveryPoints', 'findings', 'notRead', 'digest'],
  ]);
});

test('points end with their lifecycle', async () => {
  const { answer } = await simulate('stack.yaml --days 200');
  const { created, deleted, live, byVault } = answer.recoveryPoints;
  expect(created).toBe(400);
  expect(created).toBe(deleted + live);
  // 35 and 90 days of daily points, and at most the one whose deletion has not come up yet.
  expect(byVault[MAIN]?.live).toBeGreaterThanOrEqual(35);
  expect(byVault[MAIN]?.live).toBeLessThanOrEqual(36);
  expect(byVault[FAR]?.live).toBeGreaterThanOrEqual(90);
  expect(byVault[FAR]?.live).toBeLessThanOrEqual(91);
});

test('the run is half open: a rule that fires at its start runs, one that fires at its end does not', async () => {
  const { answer } = await simulate('stack.yaml --days 1 --start 2027-03-01T05:00:00Z');
  expect(answer.backupJobs).toEqual({ COMPLETED: 1 });
});

test('same input and seed give the same bytes, whatever the real time is', async () => {
  const first = await simulate('stack.yaml --days 40');
  const second = await simulate('stack.yaml --days 40', FILES, NOW + 400 * 86_400_000);
  expect(second.result.stdout).toBe(first.result.stdout);
});

test('the digest does not depend on the path of an artifact, and does on the run', async () => {
  const first = (await simulate('stack.yaml --days 40')).answer.digest;
  const moved = (await simulate('a/b.yaml --days 40', { 'a/b.yaml': TEMPLATE })).answer.digest;
  const longer = (await simulate('stack.yaml --days 41')).answer.digest;
  const later = (await simulate('stack.yaml --days 40 --start 2028-01-01')).answer.digest;
  expect(moved).toBe(first);
  expect(new Set([first, longer, later]).size).toBe(3);
});

test('an inventory adds resources with their sizes', async () => {
  const files = {
    ...FILES,
    'i.json': JSON.stringify([{ type: 'DynamoDB', name: 'x', sizeGiB: 1, tags: { backup: 'daily' } }]),
  };
  const { answer } = await simulate('stack.yaml --days 10 --inventory i.json', files);
  expect(answer.resources).toEqual({ total: 3, byType: { DynamoDB: 2, S3: 1 } });
  expect(answer.backupJobs).toEqual({ COMPLETED: 20 });
});

test('jobs that a lock refuses are counted as failed, and the finding gives exit 1', async () => {
  const files = { 'stack.yaml': TEMPLATE.replace('DeleteAfterDays: 90', 'DeleteAfterDays: 5') };
  const { result, answer } = await simulate('stack.yaml --days 10', files);
  expect(answer.copyJobs).toEqual({ FAILED: 10 });
  expect(answer.notCompleted?.reasons).toMatchObject([
    {
      kind: 'copy',
      state: 'FAILED',
      resourceType: 'DynamoDB',
      count: 10,
      why: expect.stringContaining('far') as string,
    },
  ]);
  expect(answer.recoveryPoints.byVault[FAR]).toEqual({ live: 0, warm: 0, cold: 0 });
  expect(answer.findings.map((finding) => finding.effect)).toContain('fails-at-run');
  expect(result.code).toBe(1);
});

test('fails with the refused call when AWS would refuse the deploy', async () => {
  const files = { 'stack.yaml': TEMPLATE.replace('StartWindowMinutes: 60', 'StartWindowMinutes: 30') };
  const result = await cli(['simulate', 'stack.yaml', '--days', '10', '--format', 'json'], files);
  expect(result.stderr).toMatch(
    /^error: AWS refuses the deploy: stack\.yaml[^\n]*Plan[^\n]*: CreateBackupPlan answers [A-Za-z]+Exception: [^\n]+\n$/,
  );
  expect([result.code, result.stdout]).toEqual([2, '']);
});

test('the report is one file whose only script is its own, and the answer is as without it', async () => {
  const written = new Map<string, string>();
  const write = (file: string, text: string) => written.set(file, text);
  const pageAssets = () => ({ script: 'const end = "</script>";', style: '' });
  const argv = ['simulate', 'stack.yaml', '--days', '40', '--format', 'json'];
  const result = await cli([...argv, '--report', 'out/a.html'], FILES, { write, pageAssets });
  expect(result).toMatchObject({ stdout: (await cli(argv, FILES)).stdout, code: 0 });
  const html = written.get('out/a.html') ?? '';
  const script = /<script>(.*?)<\/script>/s.exec(html)?.[1] ?? '';
  expect(script).toBe('const end = "<\\/script>";');
  const hash = createHash('sha256').update(script).digest('base64');
  expect(html).toContain(`content="default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline';`);
  expect(html).not.toMatch(/https?:\/\/|orders/);
});

test('fails when the report cannot be written', async () => {
  const write = () => {
    throw new Error('EACCES: permission denied');
  };
  const result = await cli(['simulate', 'stack.yaml', '--days', '1', '--report', '/no.html'], FILES, { write });
  expect(result).toMatchObject({
    stderr: 'error: --report /no.html cannot be written: EACCES: permission denied\n',
    stdout: '',
    code: 2,
  });
});

test('progress is shown from start to end', async () => {
  const { shown } = (await simulate('stack.yaml --days 400')).result;
  expect(shown.length).toBeGreaterThan(0);
  expect([...shown].sort((a, b) => a - b)).toEqual(shown);
  expect(shown.at(-1)).toBe(1);
});

test('text says what happened, in tables', async () => {
  const { code, stdout } = await cli(['simulate', 'stack.yaml', '--days', '10'], FILES);
  expect(code).toBe(0);
  expect(stdout).toContain('2027-01-01T00:00:00Z to 2027-01-11T00:00:00Z, 2 resources, seed 1');
  expect(stdout).toMatch(/backup jobs\n {2}STATE {6}COUNT\n {2}COMPLETED {5}10\n/);
  expect(stdout).toMatch(/ {2}CREATED {2}DELETED {2}LIVE {2}WARM {2}COLD\n {2} {5}20 {8}0 {4}20 {4}20 {5}0\n/);
  expect(stdout).toContain(`${FAR}     10    10     0`);
  expect(stdout).toMatch(/sha256:[0-9a-f]{64}\n$/);
  expect(stdout).not.toMatch(/[ \t]\n/);
});

test('content in an inventory is told of as not read: commands count sizes', async () => {
  const inventory = JSON.stringify([{ type: 'EFS', name: 'fs-0123456789abcdef0', content: { files: './share' } }]);
  const { answer } = await simulate('stack.yaml --days 1 --inventory i.json', { ...FILES, 'i.json': inventory });
  expect(answer.notRead).toContainEqual({
    path: 'i.json: resources[0].content',
    type: 'EFS',
    reason: 'commands count sizes alone; World.add({ content }) gives a resource real bytes (docs/content.md)',
  });
});
