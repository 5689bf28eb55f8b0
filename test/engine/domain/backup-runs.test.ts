// Backups one by one: which of several rules makes them, what keeps them, and how they end.
import type { BackupRule, StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { describeBackupJob } from '../../../engine/src/operations/backup/describe-backup-job';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { stopBackupJob } from '../../../engine/src/operations/backup/stop-backup-job';
import { done, hosted, STORED } from '../scenarios/content-stage';
import { inject } from '../scenarios/fault-stage';
import {
  CMK,
  DAY,
  ENV,
  HOUR,
  MINUTE,
  plan,
  resource,
  ROLE,
  rule,
  until,
  vault,
  vaultArn,
  world,
} from '../scenarios/stage';

const IRELAND = { ...ENV, region: 'eu-west-1' };
const OTHER = { ...ENV, account: '444455556666' };
const FILES = resource('efs', 'fs-1');
const BUCKET = resource('s3', 'pictures');
const GAP = { backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 90 };

function stage(rules: BackupRule[], resources: StatefulResource[] = [FILES], more: object = {}): WorldState {
  return world('2027-01-01', {
    vaults: [vault('main'), vault('other'), vault('far', { env: IRELAND })],
    logicallyAirGappedVaults: [GAP],
    resources,
    plans: rules.length === 0 ? [] : [plan('p', rules)],
    ...more,
  });
}

const backups = (state: WorldState, arn = FILES.arn) => state.jobsOf(arn).filter(({ kind }) => kind === 'backup');

function start(state: WorldState, ResourceArn = FILES.arn, more: object = {}): string {
  const input = { BackupVaultName: 'main', ResourceArn, IamRoleArn: ROLE, ...more };
  return startBackupJob(state, ENV, input).BackupJobId ?? '';
}

const stateOf = (state: WorldState, BackupJobId: string) => describeBackupJob(state, ENV, { BackupJobId }).State;

describe('of several rules that overlap', () => {
  const noon = (name: string, more: Partial<BackupRule>) =>
    rule(name, { scheduleExpression: 'cron(0 12 ? * * *)', ...more });
  const runs = (state: WorldState) =>
    state
      .events()
      .filter(({ kind }) => kind === 'run')
      .map(({ what, ruleName }) => `${what} ${ruleName}`);

  test('the log says that each was due, and which was suppressed (B3.4/2)', () => {
    const state = stage([noon('short', { lifecycle: { deleteAfterDays: 1 } }), noon('long', {})]);
    until(state, '2027-01-02');
    expect(runs(state).sort()).toEqual(['due long', 'due short', 'suppressed short']);
    expect(backups(state).map(({ ruleName }) => ruleName)).toEqual(['long']);
    const alone = until(stage([noon('only', {})]), '2027-01-02');
    expect(runs(alone)).toEqual(['due only']);
  });

  test('what is backed up continuously follows the continuous one, all else the longer one (B3.4/2, B3.4/3)', () => {
    const rules = [
      noon('continuous', { enableContinuousBackup: true, lifecycle: { deleteAfterDays: 7 } }),
      noon('long', { lifecycle: { deleteAfterDays: 90 } }),
    ];
    const state = until(stage(rules, [FILES, BUCKET]), '2027-01-02');
    const ran = (of: StatefulResource) => backups(state, of.arn).map(({ ruleName }) => ruleName);
    expect(ran(FILES)).toEqual(['long']);
    expect(ran(BUCKET)).toEqual(expect.arrayContaining(['continuous']));
    expect(runs(state).filter((line) => line.startsWith('suppressed'))).toEqual(['suppressed continuous']);
  });
});

describe('the completion window', () => {
  // 2 minutes, and 6 seconds for each GiB: 580 GiB take an hour.
  // prettier-ignore
  test.each([[580, 'COMPLETED'], [581, 'EXPIRED']])('lets %d GiB end when it closes after an hour: %s (B4.1/1)', (sizeGiB, expected) => {
    const files = resource('efs', 'fs-1', { sizeGiB });
    const hour = rule('r', { scheduleExpression: 'cron(0 5 ? * * *)', startWindowMinutes: 60, completionWindowMinutes: 60 });
    const state = until(stage([hour], [files]), '2027-01-01T12:00Z');
    expect(backups(state).map((job) => job.state)).toEqual([expected]);
    expect(backups(state)[0]?.completedAt).toBe(Date.parse('2027-01-01T06:00Z'));
  });

  test('expires a job although its Region is out when it closes', () => {
    const files = resource('efs', 'fs-1', { sizeGiB: 2000 });
    const hour = rule('r', {
      scheduleExpression: 'cron(0 5 ? * * *)',
      startWindowMinutes: 60,
      completionWindowMinutes: 60,
    });
    const state = stage([hour], [files]);
    inject(state, { kind: 'region-out', region: ENV.region, from: '2027-01-01T05:30Z', to: '2027-01-01T09:00Z' });
    until(state, '2027-01-01T07:00Z');
    expect(backups(state)).toMatchObject([{ state: 'EXPIRED' }]);
    expect(backups(state)[0]?.why).not.toContain('injected');
  });

  test('and a fault that hangs the job expire it at that very instant, whatever the fault does then', () => {
    const hour = rule('r', {
      scheduleExpression: 'cron(0 5 ? * * *)',
      startWindowMinutes: 60,
      completionWindowMinutes: 120,
    });
    const state = stage([hour]);
    inject(state, { kind: 'job-hangs', jobs: 'backup' });
    inject(state, { kind: 'region-out', region: ENV.region, from: '2027-01-01T06:30Z' });
    until(state, '2027-01-01T07:00Z');
    expect(backups(state)).toMatchObject([{ state: 'RUNNING' }]);
    state.runUntil(state.now + 1);
    expect(backups(state)).toMatchObject([{ state: 'EXPIRED' }]);
  });
});

describe('the start window', () => {
  // prettier-ignore
  test.each([60, 65, 119])('of %d minutes ends to the minute while a Region is out, whenever the job looks (B4.1/2, B4.1/3)', (minutes) => {
    const daily = rule('r', { scheduleExpression: 'cron(0 5 ? * * *)', startWindowMinutes: minutes, completionWindowMinutes: 600 });
    const state = stage([daily]);
    inject(state, { kind: 'region-out', region: ENV.region });
    state.runUntil(Date.parse('2027-01-01T05:00Z') + minutes * MINUTE);
    expect(backups(state)).toMatchObject([{ state: 'CREATED' }]);
    state.runUntil(state.now + 1);
    expect(backups(state)).toMatchObject([{ state: 'EXPIRED' }]);
  });
});

describe('what a Region that is out for more than two hours holds back', () => {
  const daily = rule('r', {
    scheduleExpression: 'cron(0 5 ? * * *)',
    startWindowMinutes: 480,
    completionWindowMinutes: 6000,
    copyActions: [{ destinationBackupVaultArn: vaultArn('far', IRELAND) }],
  });
  const began = (region: string, kind: 'backup' | 'copy', to: string) => {
    const state = stage([daily]);
    inject(state, { kind: 'region-out', region, to });
    until(state, '2027-01-01T12:00Z');
    const job = state.jobsOf(FILES.arn).find((one) => one.kind === kind);
    return new Date(job?.startedAt ?? 0).toISOString().slice(11, 19);
  };

  test('are backups, which look every 10 minutes to the end of their window (B4.1/2)', () => {
    expect(began(ENV.region, 'backup', '2027-01-01T08:05Z')).toBe('08:10:00');
  });

  test('are copies, which look for two hours and then run as soon as it is back (B6.1/3)', () => {
    expect(began(IRELAND.region, 'copy', '2027-01-01T06:05Z')).toBe('06:12:06');
    expect(began(IRELAND.region, 'copy', '2027-01-01T07:01Z')).toBe('07:02:06');
    expect(began(IRELAND.region, 'copy', '2027-01-01T07:05Z')).toBe('07:05:00');
    expect(began(IRELAND.region, 'copy', '2027-01-01T08:05Z')).toBe('08:05:00');
  });
});

describe('a job that is stopped', () => {
  test('while it waits leaves the one that runs alone (B4.3/1, B4.3/8)', () => {
    const state = stage([], [resource('efs', 'fs-1', { sizeGiB: 500 })]);
    const running = start(state);
    const waiting = start(state, FILES.arn, { BackupVaultName: 'other' });
    expect([stateOf(state, running), stateOf(state, waiting)]).toEqual(['PENDING', 'CREATED']);
    stopBackupJob(state, ENV, { BackupJobId: waiting });
    until(state, '2027-01-01T00:30Z');
    expect([stateOf(state, running), stateOf(state, waiting)]).toEqual(['RUNNING', 'ABORTED']);
    const late = start(state, FILES.arn, { IdempotencyToken: 'late' });
    expect(stateOf(state, late)).toBe('CREATED');
    until(state, '2027-01-01T04:00Z');
    expect([stateOf(state, running), stateOf(state, late)]).toEqual(['COMPLETED', 'COMPLETED']);
  });

  test('by itself and with its stack is stopped once (B4.3/8)', () => {
    const table = resource('dynamodb-advanced', 'orders', { sizeGiB: 1000 });
    const shop = resource('cloudformation', 'shop', { members: { Orders: table.arn }, sizeGiB: 0.01 });
    const state = stage([], [shop, table]);
    const parent = start(state, shop.arn);
    until(state, '2027-01-01T00:10Z');
    const child = listBackupJobs(state, ENV, { ByResourceArn: table.arn }).BackupJobs?.[0]?.BackupJobId ?? '';
    stopBackupJob(state, ENV, { BackupJobId: child });
    expect(stateOf(state, child)).toBe('ABORTING');
    stopBackupJob(state, ENV, { BackupJobId: parent });
    until(state, '2027-01-01T01:00Z');
    expect([stateOf(state, parent), stateOf(state, child)]).toEqual(['ABORTED', 'ABORTED']);
  });
});

describe('what a point is', () => {
  const why = (rules: BackupRule[], of: StatefulResource) => {
    const state = until(stage(rules, [of]), '2027-01-01T12:00Z');
    return state.pointsOf(of.arn).map((point) => `${point.backupVaultName}: ${point.why}`);
  };
  const gapped = (more: Partial<BackupRule> = {}) => [
    rule('r', { targetLogicallyAirGappedBackupVaultArn: vaultArn('gap'), ...more }),
  ];

  test('follows from its rule and its service, in a logically air-gapped vault as in any other (B7.6/1, B2.3/7)', () => {
    const plain = why([rule('r')], FILES);
    const direct = why(gapped(), FILES);
    const unsupported = why(gapped({ enableContinuousBackup: true }), FILES);
    expect(plain).toHaveLength(1);
    expect(direct).toHaveLength(1);
    expect([direct[0]?.startsWith('gap: '), unsupported[0]?.startsWith('gap: ')]).toEqual([true, true]);
    const texts = [plain, direct, unsupported].map(([text]) => text?.replace(/^\w+: /, ''));
    expect(new Set(texts).size).toBe(3);
  });

  test('and its message: a job that made something else than was asked for says so, any other says nothing (B4.1/9, B5.3/2, B7.6/4)', () => {
    const continuous = (name: string, targetBackupVaultName: string) =>
      plan(name, [
        rule('r', { enableContinuousBackup: true, lifecycle: { deleteAfterDays: 7 }, targetBackupVaultName }),
      ]);
    const plans = [continuous('a', 'main'), continuous('b', 'other')];
    const state = until(stage([], [BUCKET], { plans }), '2027-01-01T12:00Z');
    const told = backups(state, BUCKET.arn).map((job) => [job.state, job.statusMessage !== '', job.why]);
    expect(told.map(([ended, says]) => [ended, says])).toEqual([
      ['COMPLETED', false],
      ['COMPLETED', true],
    ]);
    expect(told[1]?.[2]).not.toBe(told[0]?.[2]);
    const warehouse = resource('redshift', 'cluster-1');
    const unsupported = until(stage(gapped(), [warehouse]), '2027-01-01T12:00Z');
    expect(backups(unsupported, warehouse.arn)[0]?.statusMessage).not.toBe('');
    const called = stage([]);
    start(called);
    until(called, '2027-01-01T12:00Z');
    expect(backups(called)[0]?.why).not.toBe(called.pointsOf(FILES.arn)[0]?.why);
    const plain = until(stage([rule('r')]), '2027-01-01T12:00Z');
    expect(backups(plain)).toMatchObject([{ statusMessage: '', why: 'rule r was due and the resource was free' }]);
  });
});

describe('a fault', () => {
  test('of the Region of a resource does not touch copies of its points between other Regions', () => {
    const vaults = [
      vault('main'),
      vault('far', { env: IRELAND }),
      vault('third', { env: { ...ENV, region: 'us-east-1' } }),
    ];
    const state = stage([], [FILES], { vaults });
    start(state);
    until(state, '2027-01-01T01:00Z');
    const copy = (from: string, to: string, env = ENV) => {
      const [point] = state.pointsOf(FILES.arn).filter(({ backupVaultName }) => backupVaultName === from);
      const input = { SourceBackupVaultName: from, DestinationBackupVaultArn: to, IamRoleArn: ROLE };
      startCopyJob(state, env, { ...input, RecoveryPointArn: point?.recoveryPointArn });
      until(state, new Date(state.now + HOUR).toISOString());
      return state.jobsOf(FILES.arn).at(-1)?.state;
    };
    expect(copy('main', vaultArn('far', IRELAND))).toBe('COMPLETED');
    inject(state, { kind: 'region-out', region: ENV.region });
    expect(copy('far', vaultArn('third', { ...ENV, region: 'us-east-1' }), IRELAND)).toBe('COMPLETED');
    expect(copy('main', vaultArn('far', IRELAND))).toBe('CREATED');
  });

  test('of one of two accounts fails what is copied between them, and nothing within the other', () => {
    const key = CMK.replace(ENV.account, OTHER.account);
    const vaults = [vault('main'), vault('other'), vault('abroad', { env: OTHER, encryptionKeyArn: key })];
    const copyActions = [vaultArn('abroad', OTHER), vaultArn('other')].map((destinationBackupVaultArn) => ({
      destinationBackupVaultArn,
    }));
    const state = stage([rule('r', { copyActions })], [FILES], { vaults });
    inject(state, { kind: 'account-suspended', account: OTHER.account });
    until(state, '2027-01-02');
    expect(
      state
        .jobsOf(FILES.arn)
        .map(({ kind, state: ended }) => `${kind} ${ended}`)
        .sort(),
    ).toEqual(['backup COMPLETED', 'copy COMPLETED', 'copy FAILED']);
  });

  test('that holds a backup back is told with the job, until it runs', () => {
    const state = stage([rule('r', { scheduleExpression: 'cron(0 5 ? * * *)' })]);
    const fault = inject(state, { kind: 'job-fails', jobs: 'backup', retryable: true, to: '2027-01-01T05:25Z' });
    until(state, '2027-01-01T12:00Z');
    const told = state.events().filter(({ kind }) => kind === 'backup-job');
    expect(told.map(({ what, why }) => [what, why?.includes('injected') === true])).toEqual([
      ['CREATED', true],
      ['RUNNING', false],
      ['COMPLETED', false],
    ]);
    expect(backups(state)[0]?.startedAt).toBe(Date.parse('2027-01-01T05:30Z'));
    expect(fault.strikes).toBeGreaterThan(0);
  });

  test('that hangs a job lets it go on for what was left, up to the end of its window', () => {
    const files = resource('efs', 'fs-1', { sizeGiB: 580 });
    const ended = (completionWindowMinutes: number, to: string) => {
      const daily = rule('r', {
        scheduleExpression: 'cron(0 5 ? * * *)',
        startWindowMinutes: 60,
        completionWindowMinutes,
      });
      const state = stage([daily], [files]);
      inject(state, { kind: 'job-hangs', jobs: 'backup', to });
      until(state, '2027-01-01T12:00Z');
      const [job] = backups(state);
      return [job?.state, new Date(job?.completedAt ?? 0).toISOString().slice(11, 19)];
    };
    expect(ended(120, '2027-01-01T05:30Z')).toEqual(['COMPLETED', '06:30:00']);
    expect(ended(120, '2027-01-01T06:00Z')).toEqual(['COMPLETED', '07:00:00']);
    expect(ended(120, '2027-01-01T06:01Z')).toEqual(['EXPIRED', '07:00:00']);
  });
});

test('a database outside of its windows has its tags counted as any other resource (B4.3/2, B4.3/4)', () => {
  const tried = (count: number) => {
    const tags = Object.fromEntries(Array.from({ length: count }, (_, n) => [`tag-${n}`, 'x']));
    const database = resource('rds', 'ledger', { preferredMaintenanceWindow: 'sun:05:00-sun:05:30', tags });
    const state = stage([], [database]);
    start(state, database.arn);
    until(state, '2027-01-01T04:00Z');
    return backups(state, database.arn)[0]?.state;
  };
  expect([tried(50), tried(51)]).toEqual(['COMPLETED', 'FAILED']);
});

test('a resource that is busy with one job lets a second wait, and a third after it', () => {
  const state = stage([], [resource('efs', 'fs-1', { sizeGiB: 100 })]);
  const ids = ['a', 'b', 'c'].map((IdempotencyToken) => start(state, FILES.arn, { IdempotencyToken }));
  expect(ids.map((id) => stateOf(state, id))).toEqual(['PENDING', 'CREATED', 'CREATED']);
  until(state, new Date(state.now + DAY / 2).toISOString());
  expect(ids.map((id) => stateOf(state, id))).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
  const began = backups(state).map(({ startedAt }) => startedAt ?? 0);
  expect(began).toEqual([...began].sort((a, b) => a - b));
});

describe('of two jobs for a resource that holds content', () => {
  const two = (carryOut = done) => {
    const state = stage([]);
    const { orders, until: pass } = hosted(state, {}, carryOut);
    const start = () =>
      startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: FILES.arn, IamRoleArn: ROLE });
    const ids = [start(), start()].map(({ BackupJobId }) => BackupJobId);
    const states = () => ids.map((BackupJobId) => describeBackupJob(state, ENV, { BackupJobId }).State);
    return { orders, pass, states };
  };

  test('the second waits from when the first is captured until it is over', () => {
    const { orders, pass, states } = two();
    pass('2027-01-01T00:01:00Z');
    expect([states(), orders.length]).toEqual([['RUNNING', 'CREATED'], 1]);
    pass('2027-01-02T00:00:00Z');
    expect([states(), orders.length]).toEqual([['COMPLETED', 'COMPLETED'], 2]);
  });

  test('the second runs though the first could not be captured', () => {
    const { pass, states } = two((order, id) =>
      order.kind === 'capture' && id === '1' ? order.settle(undefined) : done(order, id),
    );
    pass('2027-01-01T01:00:00Z');
    expect(states()).toEqual(['FAILED', 'COMPLETED']);
  });
});

test.each([true, false])(
  'a capture that had a shadow copy asked for which failed (%p) completes with issues or without (B4.6/1)',
  (shadowless) => {
    const machine = resource('ec2', 'i-0123456789abcdef0', { windowsVss: 'works' });
    const state = stage([], [machine]);
    const { until: pass } = hosted(state, {}, (order, id) =>
      order.kind === 'capture' ? order.settle({ ...STORED, id, shadowless }) : done(order, id),
    );
    const { BackupJobId } = startBackupJob(state, ENV, {
      ...{ BackupVaultName: 'main', ResourceArn: machine.arn, IamRoleArn: ROLE },
      BackupOptions: { WindowsVSS: 'enabled' },
    });
    pass('2027-01-02T00:00:00Z');
    const { State, StatusMessage, MessageCategory } = describeBackupJob(state, ENV, { BackupJobId });
    expect([State, MessageCategory]).toEqual(['COMPLETED', shadowless ? 'WindowsVss' : 'SUCCESS']);
    expect(StatusMessage).toEqual(shadowless ? (expect.stringContaining('VSS') as string) : undefined);
    expect(state.jobsOf(machine.arn)[0]?.why).not.toBe('');
  },
);
