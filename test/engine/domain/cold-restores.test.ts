// How long a restore takes from cold storage, and who counts it.
import { BackupLimits, RestoreMetadata, RestoreMetadataNeed, ServiceSupport, StatefulResource } from '@holdfast/model';
import { RestoreJob } from '../../../engine/src/domain/restore-runs';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { describeRestoreJob } from '../../../engine/src/operations/backup/describe-restore-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { begun, costAt, EAST, east, runsOnce } from '../cost/stage';
import { backedUp, jobs, tested } from '../scenarios/restore-testing-stage';
import { DAY, ENV, HOUR, MINUTE, resource, ROLE, until } from '../scenarios/stage';

const ORDERS = resource('dynamodb-advanced', 'orders');
const WARM = 126_000;

/** A World whose resource is backed up once, on January 1 at 05:00, and whose point turns cold a day later. */
function once(of: StatefulResource): WorldState {
  return backedUp([of], {
    scheduleExpression: 'cron(0 5 1 1 ? 2027)',
    lifecycle: {
      moveToColdStorageAfterDays: 1,
      deleteAfterDays: 200,
      optInToArchiveForSupportedResources: true,
    },
  });
}

function restore(state: WorldState, of: StatefulResource, more: Record<string, string> = {}): RestoreJob {
  const needed = RestoreMetadata.keysOf(of.resourceType).filter(({ need }) => need !== RestoreMetadataNeed.OPTIONAL);
  const Metadata = { ...Object.fromEntries(needed.map(({ key }) => [key, 'new'])), ...more };
  const RecoveryPointArn = state.pointsOf(of.arn)[0]?.recoveryPointArn;
  const { RestoreJobId } = startRestoreJob(state, ENV, { RecoveryPointArn, IamRoleArn: ROLE, Metadata });
  return state.restores.list().find(({ id }) => id === RestoreJobId) as RestoreJob;
}

function tookMs({ startedAt, completedAt }: RestoreJob): number {
  return Number(completedAt) - Number(startedAt);
}

// prettier-ignore
test.each([
  ['efs',               'fs-0123',         4],
  ['dynamodb-advanced', 'orders',          4],
  ['timestream',        'iot|readings',    4],
  ['virtual-machine',   'vm-0123',         4],
  ['sap-hana',          'HDB',             4],
  ['ebs',               'vol-0123456789abcdef0', 72],
])('a restore of %s takes longer from cold storage than from warm (B8/8, B8/9)', (service, name, hours) => {
  const of = resource(service, name);
  const warm = once(of);
  until(warm, '2027-01-02T04:00:00Z');
  const soon = restore(warm, of);
  until(warm, '2027-01-02T04:30:00Z');
  expect([soon.cold, tookMs(soon)]).toEqual([false, WARM]);

  const state = once(of);
  until(state, '2027-01-02T06:00:00Z');
  expect(state.pointsOf(of.arn)[0]?.storageClass).toBe('COLD');
  const job = restore(state, of);
  const end = state.now + MINUTE + WARM + hours * HOUR;
  state.runUntil(end);
  expect(job.completedAt).toBeUndefined();
  state.runUntil(end + 1);
  expect([job.cold, tookMs(job)]).toEqual([true, WARM + hours * HOUR]);
});

test('each service that has cold storage takes hours longer, as many as are documented (B8/8, B8/9)', () => {
  const cold = ServiceSupport.all().filter(({ coldStorage }) => coldStorage);
  expect(cold.length).toBeGreaterThan(5);
  for (const { id } of cold) {
    expect([id, BackupLimits.coldRestoreHours(id)]).toEqual([id, id === 'ebs' ? 72 : 4]);
  }
});

test('what counts is where the point is when the restore begins (B8/8)', () => {
  const state = once(ORDERS);
  until(state, '2027-01-02T04:58:30Z');
  const before = restore(state, ORDERS);
  until(state, '2027-01-02T04:59:31Z');
  const after = restore(state, ORDERS, { targetTableName: 'other' });
  expect([before.startedAt, after.startedAt]).toEqual([Date.parse('2027-01-02T04:59:30Z'), undefined]);
  until(state, '2027-01-02T10:00:00Z');
  expect([tookMs(before), tookMs(after)]).toEqual([WARM, WARM + 4 * HOUR]);
});

test('a restore is told to take as long as it does (B8/8)', () => {
  const state = once(ORDERS);
  until(state, '2027-01-02T06:00:00Z');
  const { id } = restore(state, ORDERS);
  const expected = describeRestoreJob(state, ENV, { RestoreJobId: id }).ExpectedCompletionTimeMinutes;
  expect(expected).toBe(4 * 60 + 3);
  expect(state.pointsOf(ORDERS.arn)[0]?.restoreMs).toBe(WARM + 4 * HOUR);
});

test('a restore test of a cold point is validated from its later end on (B8/8, B9.3/5)', () => {
  const state = once(ORDERS);
  tested(state, { ScheduleExpression: 'cron(0 12 2 1 ? 2027)' });
  until(state, '2027-01-02T15:50:00Z');
  expect(jobs(state)).toMatchObject([{ Status: 'RUNNING' }]);
  until(state, '2027-01-02T17:10:00Z');
  const [job] = jobs(state);
  expect(job).toMatchObject({ Status: 'COMPLETED', ValidationStatus: 'VALIDATING' });
  expect(Number(job?.CompletionDate) - Number(job?.CreationDate)).toBeGreaterThan(4 * HOUR);
  state.runUntil(Number(job?.CompletionDate) + 2 * HOUR + 1);
  expect(jobs(state)).toMatchObject([{ ValidationStatus: 'TIMED_OUT' }]);
  expect(state.now).toBeLessThan(Date.parse('2027-01-01T00:00:00Z') + 2 * DAY);
});

test('a restore is billed by where its point was when it began, whatever became of it since (B16.2/5)', () => {
  const one = east('dynamodb-advanced', 'orders', 1);
  const state = begun([one], [runsOnce({ lifecycle: { moveToColdStorageAfterDays: 1, deleteAfterDays: 91 } })]);
  const pointOf = () => state.pointsOf(one.arn)[0]?.recoveryPointArn;
  const restored = (at: string, targetTableName: string) => {
    until(state, at);
    startRestoreJob(state, EAST, { RecoveryPointArn: pointOf(), IamRoleArn: ROLE, Metadata: { targetTableName } });
  };
  // Runs a minute after it is asked for, when the point is warm yet; it turns cold at 05:00.
  restored('2027-01-02T04:58:30Z', 'soon');
  restored('2027-01-02T06:00:00Z', 'late');
  until(state, '2027-01-02T07:00:00Z');
  deleteRecoveryPoint(state, EAST, { BackupVaultName: 'main', RecoveryPointArn: pointOf() });
  const { lines } = costAt(state, '2027-01-03T00:00:00Z');
  expect(lines.flatMap(({ kind, item }) => (kind === 'restore' ? [item] : [])).sort()).toEqual([
    'restore/cold/dynamodb-advanced',
    'restore/warm/dynamodb-advanced',
  ]);
});
