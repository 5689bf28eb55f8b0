import type { Explanation } from '../../../engine/src/report/explanation';
import { answerOf, cli, TEMPLATE } from './run-cli';

const FILES = { 'stack.yaml': TEMPLATE };
const ORDERS = 'arn:aws:dynamodb:us-east-1:123456789012:table/orders';
const MAIN = 'arn:aws:backup:us-east-1:123456789012:backup-vault:main';
const FAR = 'arn:aws:backup:us-east-1:123456789012:backup-vault:far';

async function explain(argv: string, files: Record<string, string> = FILES) {
  const result = await cli(['explain', 'stack.yaml', ...argv.split(' '), '--format', 'json'], files);
  return { result, answer: answerOf<Explanation>(result) };
}

test('each point says where it is, which rule made it, and when AWS Backup may delete it', async () => {
  const { result, answer } = await explain(`--days 2 --resource ${ORDERS}`);
  expect(result.code).toBe(0);
  expect(answer).toMatchObject({
    from: '2027-01-01T00:00:00Z',
    to: '2027-01-03T00:00:00Z',
    seed: 1,
    resource: { arn: ORDERS, type: 'DynamoDB', name: 'orders' },
    plans: ['tables'],
    reason: null,
    jobs: [],
  });
  expect(answer.recoveryPoints).toHaveLength(4);
  const [backup] = answer.recoveryPoints.filter((point) => point.backupVaultArn === MAIN);
  expect(backup).toMatchObject({
    createdAt: '2027-01-01T05:00:00Z',
    plan: 'tables',
    rule: 'daily',
    copyOf: null,
    storageClass: 'WARM',
    restoreMinutes: 4,
    moveToColdStorageAt: null,
    deleteAt: '2027-02-05T05:00:00Z',
  });
  expect(backup?.why).toContain('daily');
  const [copy] = answer.recoveryPoints.filter((point) => point.backupVaultArn === FAR);
  expect(copy).toMatchObject({ copyOf: backup?.recoveryPointArn, deleteAt: '2027-04-01T05:00:00Z' });
});

test('a point in cold storage takes hours longer to restore, and says so (B8/8)', async () => {
  const lifecycle = 'Lifecycle: { MoveToColdStorageAfterDays: 1, DeleteAfterDays: 365 }';
  const files = { 'stack.yaml': TEMPLATE.replace(/Lifecycle: \{ DeleteAfterDays: !Ref Days \}/, lifecycle) };
  const { answer } = await explain(`--days 3 --resource ${ORDERS}`, files);
  const here = answer.recoveryPoints.filter((point) => point.backupVaultArn === MAIN);
  expect(here.map(({ storageClass, restoreMinutes }) => [storageClass, restoreMinutes])).toEqual([
    ['COLD', 244],
    ['COLD', 244],
    ['WARM', 4],
  ]);
  const { stdout } = await cli(['explain', 'stack.yaml', '--days', '3', '--resource', ORDERS], files);
  expect(stdout).toContain('\n  restore  takes about 244 minutes from cold storage\n');
  expect(stdout).toContain('\n  restore  takes about 4 minutes\n');
});

test('the lock of a vault decides who may delete by hand', async () => {
  const { answer } = await explain(`--days 1 --resource ${ORDERS}`);
  const byHand = Object.fromEntries(answer.recoveryPoints.map((point) => [point.backupVaultArn, point.byHand]));
  expect(byHand[MAIN]).toContain('neither lock nor access policy');
  expect(byHand[FAR]).toContain('governance mode');
  const compliance = {
    'stack.yaml': TEMPLATE.replace('MinRetentionDays: 7', 'MinRetentionDays: 7, ChangeableForDays: 3'),
  };
  const locked = (await explain(`--days 1 --resource ${ORDERS}`, compliance)).answer;
  expect(locked.recoveryPoints.find((point) => point.backupVaultArn === FAR)?.byHand).toContain(
    'nobody, once the 3 days',
  );
});

test('a resource that nothing protects has no points, and the reason', async () => {
  const { answer } = await explain('--days 5 --resource arn:aws:s3:::logs-of-orders');
  expect(answer).toMatchObject({ plans: [], recoveryPoints: [], jobs: [] });
  expect(answer.reason).toContain('no selection');
});

test('jobs that made no point are listed with the reason', async () => {
  const files = { 'stack.yaml': TEMPLATE.replace('DeleteAfterDays: 90', 'DeleteAfterDays: 5') };
  const { result, answer } = await explain(`--days 2 --resource ${ORDERS}`, files);
  expect(answer.jobs).toMatchObject([
    { kind: 'copy', state: 'FAILED', backupVaultArn: FAR, rule: 'daily' },
    { kind: 'copy', state: 'FAILED', backupVaultArn: FAR, rule: 'daily' },
  ]);
  expect(answer.jobs[0]?.why).not.toBe('');
  expect(result.code).toBe(1);
});

test('fails when no resource has the ARN, and names one that is alike', async () => {
  const result = await cli(['explain', 'stack.yaml', '--days', '3', '--resource', 'orders'], FILES);
  expect(result.stderr).toBe(
    `error: --resource must be the ARN of a resource of the estate (e.g. ${ORDERS}), got 'orders'\n`,
  );
  expect([result.code, result.stdout]).toEqual([2, '']);
});

test('text gives each point a paragraph', async () => {
  const { code, stdout } = await cli(['explain', 'stack.yaml', '--days', '1', '--resource', ORDERS], FILES);
  expect(code).toBe(0);
  expect(stdout).toContain(
    `DynamoDB orders (${ORDERS})\n  protected by tables\n  2 recovery points at 2027-01-02T00:00:00Z, seed 1\n`,
  );
  expect(stdout).toMatch(
    /\narn:aws:backup:[^\n]+\n {2}in {7}arn:[^\n]+:main\n {2}since {4}2027-01-01T05:00:00Z: [^\n]+\n/,
  );
  expect(stdout).toMatch(/\n {2}until {4}2027-02-05T05:00:00Z: [^\n]+\n {2}by hand {2}[^\n]+\n/);
});
