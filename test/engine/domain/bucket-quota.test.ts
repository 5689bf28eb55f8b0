// How many buckets of an account AWS Backup backs up: 100, or as many as AWS has raised that to.
import type { StatefulResource } from '@holdfast/model';
import { WorldState } from '../../../engine/src/domain/world-state';
import { deploy } from '../../../engine/src/ingest/deploy';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { World } from '../../../engine/src/testing/world';
import { ENV, plan, resource, ROLE, rule, until, vault, vaultArn } from '../scenarios/stage';

const IRELAND = { ...ENV, region: 'eu-west-1' };
const OTHER = { ...ENV, account: '999988887777' };
const DAILY = [rule('r', { scheduleExpression: 'cron(0 5 * * ? *)' })];
const MAIN = { BackupVaultName: 'main' };
const FULL = 'Backup job failed. The account has reached the limit of Amazon S3 buckets.';

function buckets(count: number, prefix = 'b', env = ENV): StatefulResource[] {
  return Array.from({ length: count }, (_, i) => resource('s3', `${prefix}${String(i).padStart(4, '0')}`, { env }));
}

function begin(resources: StatefulResource[], bucketQuota?: number, rules = DAILY): WorldState {
  const state = new WorldState({ start: parseInstant('2027-01-01'), bucketQuota });
  const places = [ENV, IRELAND, OTHER];
  const vaults = places.map((env) => vault('main', { env }));
  deploy(state, { vaults, resources, plans: rules.length === 0 ? [] : places.map((env) => plan('p', rules, { env })) });
  return state;
}

function ended(state: WorldState, env = ENV): Record<string, number> {
  const states = (listBackupJobs(state, env, {}).BackupJobs ?? []).map(({ State = '' }) => State);
  return Object.fromEntries([...new Set(states)].map((one) => [one, states.filter((it) => it === one).length]));
}

function start(state: WorldState, { arn }: StatefulResource): string | undefined {
  startBackupJob(state, ENV, { ...MAIN, ResourceArn: arn, IamRoleArn: ROLE });
  until(state, new Date(state.now + 3_600_000).toISOString());
  return state.jobsOf(arn).at(-1)?.state;
}

// prettier-ignore
test.each<[quota: number | undefined, count: number, failed: number]>([
  [undefined, 100,  0],
  [undefined, 101,  1],
  [150,       150,  0],
  [150,       151,  1],
  [1000,      1000, 0],
  [1000,      1003, 3],
])('under a quota of %p, of %d buckets the backups of %d fail (B4.3/1)', (quota, count, failed) => {
  const state = until(begin(buckets(count), quota), '2027-01-03');
  expect(state.summary().backupJobs).toEqual({ COMPLETED: 2 * (count - failed), ...(failed > 0 && { FAILED: 2 * failed }) });
  // Those that have a recovery point go on to be backed up.
  const last = buckets(count).at(-1)!;
  expect(state.jobsOf(last.arn).map((job) => job.state)).toEqual(failed > 0 ? ['FAILED', 'FAILED'] : ['COMPLETED', 'COMPLETED']);
});

test('the job says so, and that it is a limit', () => {
  const state = until(begin(buckets(101)), '2027-01-02');
  const [failed] = (listBackupJobs(state, ENV, { ByState: 'FAILED' }).BackupJobs ?? []).map((job) => [
    job.ResourceArn,
    job.StatusMessage,
    job.MessageCategory,
  ]);
  expect(failed).toEqual(['arn:aws:s3:::b0100', FULL, 'LimitExceeded']);
});

test('buckets of all Regions of an account count together, those of another account and other resources do not', () => {
  const files = Array.from({ length: 20 }, (_, i) => resource('efs', `fs-${i}`));
  const resources = [...buckets(60), ...files, ...buckets(41, 'i', IRELAND), ...buckets(100, 'o', OTHER)];
  const state = until(begin(resources), '2027-01-02');
  const [here, there, other] = [ENV, IRELAND, OTHER].map((env) => ended(state, env));
  expect([(here?.['FAILED'] ?? 0) + (there?.['FAILED'] ?? 0), other]).toEqual([1, { COMPLETED: 100 }]);
  expect((here?.['COMPLETED'] ?? 0) + (there?.['COMPLETED'] ?? 0)).toBe(120);
});

test('a bucket counts until its last recovery point is gone', () => {
  const [late] = buckets(1, 'late');
  const state = until(begin([...buckets(100), late!], undefined, []), '2027-01-02');
  for (const { arn: ResourceArn } of buckets(100)) {
    startBackupJob(state, ENV, { ...MAIN, ResourceArn, IamRoleArn: ROLE });
  }
  // Those that run count.
  expect(start(state, late!)).toBe('FAILED');
  const [first] = buckets(1);
  start(state, first!);
  const [one, two] = state.pointsOf(first!.arn);
  deleteRecoveryPoint(state, ENV, { ...MAIN, RecoveryPointArn: one?.recoveryPointArn });
  expect(start(state, late!)).toBe('FAILED');
  deleteRecoveryPoint(state, ENV, { ...MAIN, RecoveryPointArn: two?.recoveryPointArn });
  expect(start(state, late!)).toBe('COMPLETED');
  expect(start(state, first!)).toBe('FAILED');
});

test('a bucket counts by a recovery point in any vault of its account', () => {
  const [late] = buckets(1, 'late');
  const [first] = buckets(1);
  const state = begin([...buckets(100), late!], undefined, []);
  deploy(state, { vaults: [vault('second')], resources: [], plans: [] });
  for (const { arn: ResourceArn } of buckets(100)) {
    startBackupJob(state, ENV, { ...MAIN, ResourceArn, IamRoleArn: ROLE });
  }
  until(state, '2027-01-02');
  startBackupJob(state, ENV, { BackupVaultName: 'second', ResourceArn: first!.arn, IamRoleArn: ROLE });
  until(state, '2027-01-03');
  const [one, two] = state.pointsOf(first!.arn);
  deleteRecoveryPoint(state, ENV, { ...MAIN, RecoveryPointArn: one?.recoveryPointArn });
  expect(start(state, late!)).toBe('FAILED');
  deleteRecoveryPoint(state, ENV, { BackupVaultName: 'second', RecoveryPointArn: two?.recoveryPointArn });
  expect(start(state, late!)).toBe('COMPLETED');
});

test('a copy in another account is that account’s', () => {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('main', OTHER), lifecycle: { deleteAfterDays: 90 } }];
  const [late] = buckets(1, 'late');
  const once = [
    rule('r', { scheduleExpression: 'cron(0 5 1 1 ? 2027)', lifecycle: { deleteAfterDays: 1 }, copyActions }),
  ];
  const state = until(begin(buckets(100), undefined, once), '2027-01-05');
  const copies = buckets(100).map(({ arn }) => state.pointsOf(arn).map(({ backupVaultArn }) => backupVaultArn));
  expect(new Set(copies.flat())).toEqual(new Set([vaultArn('main', OTHER)]));
  state.addResource(late!);
  expect(start(state, late!)).toBe('COMPLETED');
});

test('a bucket with a copy in another account counts by the recovery point of its own', () => {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('main', OTHER), lifecycle: { deleteAfterDays: 90 } }];
  const [late] = buckets(1, 'late');
  const once = [rule('r', { scheduleExpression: 'cron(0 5 1 1 ? 2027)', copyActions })];
  const state = until(begin(buckets(100), undefined, once), '2027-01-05');
  expect(state.pointsOf(buckets(1)[0]!.arn)).toHaveLength(2);
  state.addResource(late!);
  expect(start(state, late!)).toBe('FAILED');
});

test.each([99, 1001, 100.5, NaN])('a World refuses a quota of %d', (bucketQuota) => {
  expect(() => new World({ start: '2027-01-01T00:00:00Z', bucketQuota })).toThrow(
    `bucketQuota must be a whole number from 100 to 1000, got ${bucketQuota} (quotas of AWS Backup)`,
  );
});

test('a World takes a quota of 100 to 1,000', async () => {
  const failed = async (bucketQuota?: number): Promise<number | undefined> => {
    const world = new World({
      start: '2027-01-01T00:00:00Z',
      ...ENV,
      ...(bucketQuota !== undefined && { bucketQuota }),
    });
    await world.deploy({ vaults: [vault('main')], resources: buckets(101), plans: [plan('p', DAILY)] });
    await world.advance({ days: 1 });
    return world.summary().backupJobs['FAILED'];
  };
  expect([await failed(), await failed(100), await failed(1000)]).toEqual([1, 1, undefined]);
});
