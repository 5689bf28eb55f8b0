import type { RestoreTestingSelectionForCreate } from '@aws-sdk/client-backup';
import { RestoreValidations, StatefulResource } from '@holdfast/model';
import type { RestoreJob } from '../../../engine/src/domain/restore-runs';
import { restoreJobView } from '../../../engine/src/domain/restore-views';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { createRestoreTestingSelection } from '../../../engine/src/operations/backup/create-restore-testing-selection';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { disassociateRecoveryPoint } from '../../../engine/src/operations/backup/disassociate-recovery-point';
import { getRestoreTestingPlan } from '../../../engine/src/operations/backup/get-restore-testing-plan';
import { putRestoreValidationResult } from '../../../engine/src/operations/backup/put-restore-validation-result';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { updateRestoreTestingPlan } from '../../../engine/src/operations/backup/update-restore-testing-plan';
import { DAY, HOUR, MINUTE, parseInstant } from '../../../engine/src/kernel/instant';
import { events, heard } from '../scenarios/listeners';
import { CMK, ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';
import { backedUp, days, jobs, tested, testingSelection } from '../scenarios/restore-testing-stage';

const ORDERS = resource('dynamodb-advanced', 'orders', { tags: { tier: 'gold' } });
const CARTS = resource('dynamodb-advanced', 'carts', { tags: { tier: 'tin' } });
const FILES = resource('efs', 'fs-0123');
const points = (more: object) => ({
  RecoveryPointSelection: {
    Algorithm: 'LATEST_WITHIN_WINDOW' as const,
    RecoveryPointTypes: ['SNAPSHOT' as const],
    IncludeVaults: ['*'],
    ...more,
  },
});

function tested1(state: WorldState, at: string): ReturnType<typeof jobs>[number] {
  const [job, more] = jobs(until(state, at));
  expect(more).toBeUndefined();
  return job ?? {};
}

describe('a run of a restore testing plan', () => {
  test('draws any point of the window and none that is older (vector 16, B9.3/2, B9.3/3)', () => {
    const state = until(backedUp([ORDERS]), '2027-03-01T00:00:00Z');
    tested(state, points({ Algorithm: 'RANDOM_WITHIN_WINDOW', SelectionWindowDays: 30 }));
    const ages = jobs(until(state, '2027-06-01T00:00:00Z')).map(
      (job) => Number(job.CreationDate) - Number(job.RecoveryPointCreationDate),
    );
    expect(ages).toHaveLength(92);
    expect(Math.max(...ages)).toBeLessThanOrEqual(30 * DAY);
    expect(Math.max(...ages)).toBeGreaterThan(25 * DAY);
    expect(Math.min(...ages)).toBe(7 * HOUR);
    expect(new Set(ages).size).toBeGreaterThan(20);
  });

  test('makes no job for a resource without a point (vector 16, B9.3/3)', () => {
    const state = backedUp([]);
    state.addResource(ORDERS);
    const arn = tested(state, { ScheduleExpression: 'cron(0 4 ? * * *)' });
    expect(jobs(until(state, '2027-01-01T05:30:00Z'))).toEqual([]);
    const { RestoreTestingPlan } = getRestoreTestingPlan(state, ENV, { RestoreTestingPlanName: 'drill' });
    expect(RestoreTestingPlan?.RestoreTestingPlanArn).toBe(arn);
    expect(RestoreTestingPlan?.LastExecutionTime).toEqual(new Date('2027-01-01T04:00:00Z'));
  });

  // prettier-ignore
  test.each([
    ['the newest',                    { SelectionWindowDays: 30 },                                              ['01-02', '01-03']],
    ['with a window of one day',      { SelectionWindowDays: 1 },                                               ['01-02', '01-03']],
    ['of a vault by its ARN',         { IncludeVaults: [vaultArn('main')] },                                    ['01-02', '01-03']],
    ['of vaults by a pattern',        { IncludeVaults: ['arn:aws:backup:*:*:backup-vault:ma*'] },               ['01-02', '01-03']],
    ['of no vault that has any',      { IncludeVaults: [vaultArn('other')] },                                   []],
    ['of no vault that is left out',  { IncludeVaults: ['*'], ExcludeVaults: [vaultArn('main')] },              []],
    ['of continuous points alone',    { RecoveryPointTypes: ['CONTINUOUS' as const] },                          []],
  ])('restores points: %s (B9.1/1, B9.1/2, B9.3/2, B9.3/3)', (_, more, expected) => {
    const state = until(backedUp([ORDERS]), '2027-01-02T00:00:00Z');
    tested(state, points(more));
    expect(days(until(state, '2027-01-03T13:00:00Z'))).toEqual(expected);
  });

  test('takes a point that is exactly as old as the window, and none that is a second older (B9.1/1, B9.3/2)', () => {
    const at = (ScheduleExpression: string) => {
      const state = backedUp([ORDERS], { scheduleExpression: 'cron(0 5 1 1 ? 2027)' });
      tested(state, { ScheduleExpression, ...points({ SelectionWindowDays: 3 }) });
      return days(until(state, '2027-01-05T00:00:00Z'));
    };
    expect(at('cron(0 5 4 1 ? 2027)')).toEqual(['01-01']);
    expect(at('cron(1 5 4 1 ? 2027)')).toEqual([]);
  });

  // prettier-ignore
  test.each([
    ['15', ['01-01']],
    ['16', []],
  ])('takes a continuous point that was STOPPED for as old as what it still restores: at 11:%s (B9.3/2, B5.1)', (minute, expected) => {
    const bucket = resource('s3', 'pictures');
    const state = backedUp([bucket], { enableContinuousBackup: true, lifecycle: { deleteAfterDays: 30 } });
    until(state, '2027-01-01T11:30:00Z');
    const RecoveryPointArn = state.pointsOf(bucket.arn)[0]?.recoveryPointArn;
    disassociateRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn });
    state.removeResource(state.ledger.resources.tryFind(bucket.arn)!);
    const window = { RecoveryPointTypes: ['CONTINUOUS' as const], SelectionWindowDays: 3 };
    const ScheduleExpression = `cron(${minute} 11 4 1 ? *)`;
    tested(state, { ScheduleExpression, ...points(window) }, { ProtectedResourceType: 'S3' });
    expect(days(until(state, '2027-01-05T00:00:00Z'))).toEqual(expected);
  });

  test('counts the tags that the newest point has, not those of today (B9.3/1, B9.2/2)', () => {
    const state = until(backedUp([ORDERS, CARTS]), '2027-01-01T08:00:00Z');
    const gold = { StringEquals: [{ Key: 'aws:ResourceTag/tier', Value: 'gold' }] };
    tested(state, {}, { ProtectedResourceConditions: gold });
    state.addResource({ ...ORDERS, tags: { tier: 'tin' } });
    state.addResource({ ...CARTS, tags: { tier: 'gold' } });
    const sources = () => jobs(state).map(({ SourceResourceArn }) => SourceResourceArn);
    until(state, '2027-01-01T13:00:00Z');
    expect(sources()).toEqual([ORDERS.arn]);
    until(state, '2027-01-02T13:00:00Z');
    expect(sources()).toEqual([ORDERS.arn, CARTS.arn]);
  });

  // prettier-ignore
  test.each<[string, Partial<RestoreTestingSelectionForCreate>, StatefulResource[]]>([
    ['by ARN',                   { ProtectedResourceArns: [CARTS.arn] },                                                                  [CARTS]],
    ['of another type',          { ProtectedResourceType: 'EFS' },                                                                        [FILES]],
    ['by a tag of the rule',     { ProtectedResourceConditions: { StringEquals: [tag('by', 'rule')] } },                                  [CARTS, ORDERS]],
    ['by the absence of a tag',  { ProtectedResourceConditions: { StringNotEquals: [tag('tier', 'gold')] } },                             [CARTS]],
    ['by all conditions',        { ProtectedResourceConditions: { StringEquals: [tag('by', 'rule'), tag('tier', 'gold')] } },             [ORDERS]],
  ])('tests resources %s (B9.2/1, B9.2/2, B9.3/1)', (_, selection, expected) => {
    const state = backedUp([ORDERS, CARTS, FILES], { recoveryPointTags: { by: 'rule' } });
    tested(state, {}, selection);
    until(state, '2027-01-01T13:00:00Z');
    expect(jobs(state).map(({ SourceResourceArn }) => SourceResourceArn).sort()).toEqual(expected.map(({ arn }) => arn));
  });

  test('restores a resource once, although two selections have it, and a copy no more than its source (B9.3/3)', () => {
    const state = until(backedUp([ORDERS]), '2027-01-01T06:00:00Z');
    const [point] = state.pointsOf(ORDERS.arn);
    startCopyJob(state, ENV, {
      RecoveryPointArn: point?.recoveryPointArn,
      SourceBackupVaultName: 'main',
      DestinationBackupVaultArn: vaultArn('other'),
      IamRoleArn: ROLE,
    });
    tested(state);
    const RestoreTestingSelection = testingSelection({ RestoreTestingSelectionName: 'again' });
    createRestoreTestingSelection(state, ENV, { RestoreTestingPlanName: 'drill', RestoreTestingSelection });
    until(state, '2027-01-01T13:00:00Z');
    expect(state.pointsOf(ORDERS.arn)).toHaveLength(2);
    expect(jobs(state)).toHaveLength(1);
  });

  test('passes over a point that is on its way into a logically air-gapped vault, and takes its copy there (B7.6/5)', () => {
    const volume = resource('ebs', 'vol-1', { sizeGiB: 100, encryptedWith: CMK });
    const gapped = { backupVaultName: 'gapped', env: ENV, minRetentionDays: 7, maxRetentionDays: 300 };
    const daily = rule('daily', {
      scheduleExpression: 'cron(0 5 ? * * *)',
      lifecycle: { deleteAfterDays: 100 },
      targetLogicallyAirGappedBackupVaultArn: vaultArn('gapped'),
    });
    const state = world('2027-01-01T00:00:00Z', {
      vaults: [vault('main')],
      logicallyAirGappedVaults: [gapped],
      resources: [volume],
      plans: [plan('p', [daily])],
    });
    tested(state, { ScheduleExpression: 'cron(15 5 ? * * *)' }, { ProtectedResourceType: 'EBS' });
    const vaults = () => state.pointsOf(volume.arn).map(({ backupVaultName }) => backupVaultName);
    until(state, '2027-01-01T05:15:00Z');
    expect(vaults()).toEqual(['main']);
    until(state, '2027-01-01T12:00:00Z');
    expect([vaults(), jobs(state)]).toEqual([['gapped'], []]);
    until(state, '2027-01-02T12:00:00Z');
    expect(jobs(state).map(({ BackupVaultArn }) => BackupVaultArn)).toEqual([vaultArn('gapped')]);
    expect(days(state)).toEqual(['01-02']);
  });

  test('happens by the new schedule once it is updated, and not twice at one instant (B9.1/4)', () => {
    const state = until(backedUp([ORDERS]), '2027-01-01T11:00:00Z');
    tested(state);
    const change = (ScheduleExpression: string) =>
      updateRestoreTestingPlan(state, ENV, {
        RestoreTestingPlanName: 'drill',
        RestoreTestingPlan: { ScheduleExpression },
      });
    change('cron(0 14 ? * * *)');
    expect(jobs(until(state, '2027-01-01T14:00:00Z'))).toHaveLength(0);
    state.runUntil(state.now + 1);
    expect(jobs(state)).toHaveLength(1);
    change('cron(0 6 ? * * *)');
    expect(jobs(until(state, '2027-01-02T06:00:01Z'))).toHaveLength(2);
  });
});

const tables = (n: number) => Array.from({ length: n }, (_, i) => resource('dynamodb-advanced', `t${i}`));

describe('a restore test', () => {
  test('begins at a moment of the start window, another for each resource (B9.1/3)', () => {
    const state = backedUp(tables(20));
    tested(state, { StartWindowHours: 10 });
    const begun: number[] = [];
    const noon = parseInstant('2027-01-01T12:00:00Z');
    for (let minute = 0; minute <= 700; minute++) {
      state.runUntil(noon + minute * MINUTE);
      begun.push(jobs(state).filter(({ Status }) => Status !== 'PENDING').length);
    }
    expect(begun[0]).toBe(0);
    expect(begun[600]).toBe(20);
    expect(begun[300]).toBeGreaterThan(4);
    expect(begun[300]).toBeLessThan(16);
    expect(new Set(begun).size).toBeGreaterThan(15);
  });

  test('is validated once: a second result is refused, and what was restored goes (vector 16, B9.3/5, B9.3/6, B9.3/7)', () => {
    const state = backedUp([ORDERS]);
    const arn = tested(state);
    const done = tested1(state, '2027-01-01T13:10:00Z');
    expect(done).toMatchObject({ Status: 'COMPLETED', ValidationStatus: 'VALIDATING' });
    expect(done.CreatedBy).toEqual({ RestoreTestingPlanArn: arn });
    expect(done.CreatedResourceArn).toMatch(/:table\/awsbackup-restore-test-[0-9a-f]{16}$/);
    const made = state.resources.find((one) => one.arn === done.CreatedResourceArn);
    expect(made?.tags).toEqual({ 'awsbackup-restore-test': done.RestoreJobId });
    const put = (ValidationStatus: 'FAILED' | 'SUCCESSFUL' | 'VALIDATING') =>
      putRestoreValidationResult(state, ENV, {
        RestoreJobId: done.RestoreJobId,
        ValidationStatus,
        ValidationStatusMessage: 'rows counted',
      });
    expect(() => put('VALIDATING')).toThrow('is no result of a validation');
    put('FAILED');
    expect(tested1(state, '2027-01-01T13:10:00Z')).toMatchObject({
      ValidationStatus: 'FAILED',
      ValidationStatusMessage: 'rows counted',
      DeletionStatus: 'DELETING',
    });
    expect(() => put('SUCCESSFUL')).toThrow('is not being validated');
    expect(state.resources).toHaveLength(2);
    expect(tested1(state, '2027-01-01T20:00:00Z')).toMatchObject({
      ValidationStatus: 'FAILED',
      DeletionStatus: 'SUCCESSFUL',
    });
    expect(state.resources.map((one) => one.arn)).toEqual([ORDERS.arn]);
  });

  test('is told of by its events with the plan, and the end of its validation is not (B9.3/12, B9.3/5)', () => {
    const state = backedUp([ORDERS]);
    const arn = tested(state);
    heard(state, 'all', { source: ['aws.backup'], 'detail-type': ['Restore Job State Change'] });
    heard(state, 'done', RestoreValidations.eventPattern(arn) as object);
    heard(state, 'others', RestoreValidations.eventPattern(`${arn}x`) as object);
    until(state, '2027-01-01T18:00:00Z');
    const told = (name: string) => events(state, name).map(({ detail }) => detail['status'] ?? detail['state']);
    expect(told('all')).toEqual(['CREATED', 'PENDING', 'RUNNING', 'COMPLETED']);
    expect(told('done')).toEqual(['COMPLETED']);
    expect(told('others')).toEqual([]);
    expect(events(state, 'done')[0]?.detail['restoreTestingPlanArn']).toBe(arn);
  });

  test('without a result is TIMED_OUT when the validation window ends (vector 16, B9.3/5, B9.3/6)', () => {
    const state = backedUp([ORDERS]);
    tested(state);
    const { CompletionDate } = tested1(state, '2027-01-01T13:10:00Z');
    const end = Number(CompletionDate) + 2 * HOUR;
    state.runUntil(end);
    expect(jobs(state)[0]?.ValidationStatus).toBe('VALIDATING');
    state.runUntil(end + 1);
    expect(jobs(state)[0]).toMatchObject({ ValidationStatus: 'TIMED_OUT', DeletionStatus: 'DELETING' });
    state.runUntil(end + MINUTE + 1);
    expect(jobs(state)[0]?.DeletionStatus).toBe('SUCCESSFUL');
  });

  test('without a validation window is cleaned up at once (B9.2/3, B9.3/6)', () => {
    const state = backedUp([ORDERS]);
    tested(state, {}, { ValidationWindowHours: 0 });
    const job = tested1(state, '2027-01-01T13:10:00Z');
    expect(job).toMatchObject({ Status: 'COMPLETED', DeletionStatus: 'SUCCESSFUL' });
    expect(job).not.toHaveProperty('ValidationStatus');
    expect(state.resources).toHaveLength(1);
  });

  test('is not cleaned up when what it made has lost its tag (B9.3/6)', () => {
    const state = backedUp([ORDERS]);
    tested(state);
    until(state, '2027-01-01T13:10:00Z');
    const made = state.resources[1] as StatefulResource;
    state.addResource({ ...made, tags: {} });
    expect(tested1(state, '2027-01-01T20:00:00Z')).toMatchObject({
      DeletionStatus: 'FAILED',
      DeletionStatusMessage: 'Restored resource cannot be deleted, as it has no tag awsbackup-restore-test.',
    });
    expect(state.resources).toHaveLength(2);
  });

  test('empties a bucket in a day, and anything else in a minute (B9.3/6)', () => {
    const state = backedUp([resource('s3', 'docs')]);
    tested(state, {}, { ProtectedResourceType: 'S3', ValidationWindowHours: 0 });
    const { CompletionDate } = tested1(state, '2027-01-01T13:10:00Z');
    state.runUntil(Number(CompletionDate) + DAY);
    expect(jobs(state)[0]?.DeletionStatus).toBe('DELETING');
    state.runUntil(Number(CompletionDate) + DAY + 1);
    expect(jobs(state)[0]?.DeletionStatus).toBe('SUCCESSFUL');
  });

  test('keeps the clock where it ends until whoever validates has looked at it (B9.3/5)', () => {
    const state = backedUp([ORDERS]);
    tested(state);
    state.restoreTests.validated = true;
    const evening = parseInstant('2027-01-01T20:00:00Z');
    expect(state.runUntil(evening)).toBe(false);
    expect(state.restoreTests.nextToValidate()?.completedAt).toBe(state.now);
    expect([state.restoreTests.nextToValidate(), state.runUntil(evening)]).toEqual([undefined, true]);
  });

  test('of FSx needs what cannot be inferred for that very kind, which is nothing for OpenZFS (B9.3/8)', () => {
    const messageOf = (service: string) => {
      const state = backedUp([resource(service, 'fs-0123456789abcdef0')]);
      tested(state, {}, { ProtectedResourceType: 'FSx' });
      return tested1(state, '2027-01-01T20:00:00Z').StatusMessage;
    };
    expect(messageOf('fsx-openzfs')).toBeUndefined();
    expect(messageOf('fsx-lustre')).toMatch(/\w/);
  });

  test('is not backed up by a plan that selects everything (B9.3/7)', () => {
    const state = backedUp([ORDERS]);
    tested(state, {}, { ValidationWindowHours: 168 });
    until(state, '2027-01-03T12:00:00Z');
    const left = state.resources.filter((one) => one.arn !== ORDERS.arn);
    expect(left).toHaveLength(2);
    expect(left.flatMap((one) => state.pointsOf(one.arn))).toEqual([]);
  });

  test('waits while as many of its type run as may, and fails when its window ends before its turn (B9.3/4, B9.3/10)', () => {
    const systems = Array.from({ length: 70 }, (_, i) => resource('efs', `fs-${i}`, { sizeGiB: 1000 }));
    const state = backedUp(systems, { completionWindowMinutes: 10_000 });
    tested(state, { ScheduleExpression: 'cron(0 12 3 * ? *)' }, { ProtectedResourceType: 'EFS' });
    const seen = (at: string) => {
      const all = jobs(until(state, at));
      const count = (status: string) => all.filter(({ Status }) => Status === status).length;
      return ['PENDING', 'RUNNING', 'COMPLETED', 'FAILED'].map(count);
    };
    expect(seen('2027-01-03T13:00:00Z')).toEqual([40, 30, 0, 0]);
    expect(seen('2027-01-03T13:00:00.001Z')).toEqual([0, 30, 0, 40]);
    expect(jobs(state).find(({ Status }) => Status === 'FAILED')?.StatusMessage).toBe(
      'Restore job was unable to start within the specified start window. Try increasing your start window.',
    );
    expect(
      state.restores
        .list()
        .map(restoreJobView)
        .find(({ state: one }) => one === 'FAILED')?.why,
    ).toBe('the start window closed while as many tests of the type were running as may run at once');
    expect(seen('2027-01-04T13:00:00Z')).toEqual([0, 0, 30, 40]);
  });

  test('that waited begins when another ends (B9.3/10)', () => {
    const systems = Array.from({ length: 100 }, (_, i) => resource('efs', `fs-${i}`, { sizeGiB: 1600 }));
    const state = backedUp(systems);
    tested(state, { StartWindowHours: 10, ScheduleExpression: 'cron(0 12 3 * ? *)' }, { ProtectedResourceType: 'EFS' });
    const running: number[] = [];
    for (let minute = 0; minute <= 15 * 60; minute += 5) {
      state.runUntil(parseInstant('2027-01-03T12:00:00Z') + minute * MINUTE);
      running.push(state.summary().restoreJobs['RUNNING'] ?? 0);
    }
    expect(Math.max(...running)).toBe(30);
    expect(state.summary().restoreJobs).toEqual({ COMPLETED: 100 });
  });

  test('that waited and cannot begin leaves its place to the next that waits (B9.3/10)', () => {
    const systems = Array.from({ length: 100 }, (_, i) => resource('efs', `fs-${i}`, { sizeGiB: 1600 }));
    const state = backedUp(systems);
    tested(state, { StartWindowHours: 10, ScheduleExpression: 'cron(0 12 3 * ? *)' }, { ProtectedResourceType: 'EFS' });
    const beginOf = ({ request }: RestoreJob) => request.test?.beginsAt ?? Infinity;
    const waiting = () =>
      state.restores
        .list()
        .filter((job) => beginOf(job) < state.now && job.startedAt === undefined)
        .sort((a, b) => beginOf(a) - beginOf(b));
    until(state, '2027-01-03T12:00:00Z');
    while (waiting().length < 3) {
      state.runUntil(state.now + MINUTE);
    }
    const [first] = waiting();
    deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: first?.pointArn });
    while (first?.completedAt === undefined) {
      state.runUntil(state.now + MINUTE);
    }
    expect(restoreJobView(first).state).toBe('FAILED');
    expect(state.summary().restoreJobs['RUNNING']).toBe(30);
  });
});

function tag(key: string, Value: string): { Key: string; Value: string } {
  return { Key: `aws:ResourceTag/${key}`, Value };
}
