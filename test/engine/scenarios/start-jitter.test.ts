/** Jobs of rules that start within their window rather than all at its beginning. */
import type { Estate } from '@holdfast/model';
import { WorldState } from '../../../engine/src/domain/world-state';
import { deploy } from '../../../engine/src/ingest/deploy';
import { World } from '../../../engine/src/testing/world';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { stopBackupJob } from '../../../engine/src/operations/backup/stop-backup-job';
import { bodies, heard } from './listeners';
import { ENV, HOUR, MINUTE, plan, resource, ROLE, rule, until, vault } from './stage';

const FIVE = parseInstant('2027-01-01T05:00:00Z');

function volumes(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `vol-0000000000000${1000 + index}`);
}

function estate(count: number, more: Parameters<typeof rule>[1] = {}): Estate {
  return {
    vaults: [vault('main')],
    resources: volumes(count).map((name) => resource('ebs', name)),
    plans: [plan('daily', [rule('daily', { scheduleExpression: 'cron(0 5 ? * * *)', ...more })])],
  };
}

function jittered(startJitterMinutes: number, declared: Estate, seed = 1): WorldState {
  const state = new WorldState({ start: parseInstant('2027-01-01'), seed, keepEvents: 10_000, startJitterMinutes });
  deploy(state, declared);
  return state;
}

function startsOf(state: WorldState): number[] {
  return state.resources
    .flatMap(({ arn = '' }) => state.jobsOf(arn))
    .flatMap(({ startedAt }) => (startedAt === undefined ? [] : [startedAt - FIVE]));
}

test('jobs start at instants of their own within the time and their start window, and are CREATED until then (B4.1/4)', () => {
  const state = jittered(60, estate(40));
  until(state, '2027-01-01T05:00:01Z');
  const created = state.resources.flatMap(({ arn = '' }) => state.jobsOf(arn));
  expect(created.filter((job) => job.state === 'CREATED' && job.createdAt === FIVE).length).toBeGreaterThan(35);
  until(state, '2027-01-01T07:00:00Z');
  const starts = startsOf(state);
  expect(starts).toHaveLength(40);
  expect(new Set(starts).size).toBe(40);
  expect(Math.min(...starts)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...starts)).toBeLessThan(HOUR);
  expect(Math.min(...starts)).toBeLessThan(10 * MINUTE);
  expect(Math.max(...starts)).toBeGreaterThan(50 * MINUTE);
  const points = state.resources.flatMap(({ arn = '' }) => state.pointsOf(arn));
  expect(points.map(({ createdAt }) => createdAt - FIVE).sort()).toEqual([...starts].sort());
});

test('whoever listens hears that a job is CREATED when it is, once, and RUNNING when it starts (B4.1/4)', () => {
  const state = jittered(60, estate(1));
  heard(state, 'jobs', { source: ['aws.backup'], 'detail-type': ['Backup Job State Change'] });
  const states = () =>
    bodies(state, 'jobs').map((body) => (JSON.parse(body) as { detail: { state: string } }).detail.state);
  until(state, '2027-01-01T05:00:00.001Z');
  expect(states()).toEqual(['CREATED']);
  until(state, '2027-01-01T07:00:00Z');
  expect(states()).toEqual(['CREATED', 'PENDING', 'RUNNING', 'COMPLETED']);
});

// prettier-ignore
test.each<[minutes: number, startWindowMinutes: number, under: number]>([
  [5,   60,  5],
  [600, 60,  60],
  [600, 120, 120],
])('with %i minutes and a start window of %i they start within %i', (minutes, startWindowMinutes, under) => {
  const state = until(jittered(minutes, estate(30, { startWindowMinutes })), '2027-01-01T08:00:00Z');
  expect(startsOf(state)).toHaveLength(30);
  expect(Math.max(...startsOf(state))).toBeLessThan(under * MINUTE);
  expect(Math.max(...startsOf(state))).toBeGreaterThan((under * MINUTE) / 2);
});

test('an instant follows from seed, resource, rule and run alone, and 0 minutes are as none', () => {
  const end = '2027-01-03';
  const digest = (minutes: number, declared: Estate, seed?: number) =>
    until(jittered(minutes, declared, seed), end).digest();
  expect(digest(60, estate(10))).toBe(digest(60, { ...estate(10), resources: [...estate(10).resources!].reverse() }));
  expect(digest(60, estate(10))).not.toBe(digest(60, estate(10), 2));
  const plain = new WorldState({ start: parseInstant('2027-01-01'), seed: 1, keepEvents: 10_000 });
  deploy(plain, estate(10));
  expect(digest(0, estate(10))).toBe(until(plain, end).digest());
  const few = startsOf(until(jittered(60, estate(3)), '2027-01-01T07:00:00Z'));
  const many = startsOf(until(jittered(60, estate(10)), '2027-01-01T07:00:00Z'));
  expect(many).toEqual(expect.arrayContaining(few));
});

test('rules of one schedule start the same volume at instants of their own', () => {
  const same = { scheduleExpression: 'cron(0 5 ? * * *)' };
  const [first, second] = [rule('first', same), rule('second', same)];
  const startsWith = (...rules: (typeof first)[]) =>
    startsOf(until(jittered(60, { ...estate(1), plans: [plan('both', rules)] }), '2027-01-01T07:00:00Z'));
  const alone = [startsWith(first), startsWith(second)].flat();
  expect(new Set(alone).size).toBe(2);
});

test('a job into a vault that is not there fails at once', () => {
  const state = jittered(60, estate(3, { targetBackupVaultName: 'absent' }));
  until(state, '2027-01-01T05:00:00.001Z');
  const jobs = state.resources.flatMap(({ arn = '' }) => state.jobsOf(arn));
  expect(jobs.map((job) => [job.state, (job.completedAt ?? 0) - FIVE])).toEqual(jobs.map(() => ['FAILED', 0]));
  expect(jobs).toHaveLength(3);
});

test('what keeps a job from running counts when it starts: a volume that is gone by then, and one that is busy', () => {
  const state = jittered(60, estate(2));
  until(state, '2027-01-01T05:00:01Z');
  const [gone, busy] = state.ledger.resources.list();
  state.removeResource(gone!);
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: busy!.arn, IamRoleArn: ROLE });
  expect(state.jobsOf(busy!.arn).map((job) => job.state)).toEqual(['CREATED', 'RUNNING']);
  until(state, '2027-01-01T08:00:00Z');
  expect(state.jobsOf(gone!.arn).map((job) => job.state)).toEqual(['FAILED']);
  expect(state.jobsOf(busy!.arn).map((job) => job.state)).toEqual(['COMPLETED', 'COMPLETED']);
});

test('a job that is stopped before it starts never does, and one on demand starts at once', () => {
  const state = jittered(60, estate(1));
  until(state, '2027-01-01T05:00:01Z');
  const [arn = ''] = state.resources.map((one) => one.arn);
  const [waiting] = state.jobsOf(arn);
  stopBackupJob(state, ENV, { BackupJobId: waiting?.jobId });
  until(state, '2027-01-01T06:00:00Z');
  expect(state.jobsOf(arn).map((job) => [job.state, job.startedAt])).toEqual([['ABORTED', undefined]]);
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: arn, IamRoleArn: ROLE });
  expect(state.jobsOf(arn).at(-1)).toMatchObject({ state: 'RUNNING', startedAt: state.now });
});

test('World takes whole minutes, 0 or more', () => {
  const begin = (startJitterMinutes: number) => new World({ start: '2027-01-01T00:00:00Z', startJitterMinutes });
  expect(() => begin(-1)).toThrow('startJitterMinutes must be 0 or more whole minutes, got -1');
  expect(() => begin(0.5)).toThrow('startJitterMinutes must be');
  expect(begin(30).now).toBe('2027-01-01T00:00:00Z');
});
