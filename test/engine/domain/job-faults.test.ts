import { describeBackupJob } from '../../../engine/src/operations/backup/describe-backup-job';
import { describeCopyJob } from '../../../engine/src/operations/backup/describe-copy-job';
import { listCopyJobs } from '../../../engine/src/operations/backup/list-copy-jobs';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { AwsFault } from '../../../engine/src/operations/fault';
import type { Fault } from '../../../engine/src/domain/fault';
import { COPIED, daily, inject, IRELAND, jobs, last, START } from '../scenarios/fault-stage';
import { ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

describe('a job', () => {
  test('that is to fail runs to its end and says the text; the next does not', () => {
    const message = 'Maximum allowed in-progress snapshots for a single volume exceeded.';
    const fault: Fault = { kind: 'job-fails', jobs: 'backup', message, from: '2027-01-02', to: '2027-01-03' };
    const state = until(daily([fault]), '2027-01-04');
    expect(jobs(state).map((job) => job.state)).toEqual(['COMPLETED', 'FAILED', 'COMPLETED']);
    expect(jobs(state)[1]).toMatchObject({
      statusMessage: message,
      why: `injected: the job fails with '${message}'`,
      startedAt: Date.parse('2027-01-02T05:00:00Z'),
      completedAt: Date.parse('2027-01-02T05:02:00Z'),
    });
    expect(jobs(state, 'copy')).toHaveLength(2);
    const events = state.events().filter((event) => event.what === 'FAILED');
    expect(events.map(({ why }) => why)).toEqual([`injected: the job fails with '${message}'`]);
  });

  // prettier-ignore
  test.each<[string, Partial<Extract<Fault, { kind: 'job-fails' }>>, string[]]>([
    ['nothing', {}, ['FAILED']],
    ['its kind', { jobs: 'copy' }, ['COMPLETED', 'FAILED']],
    ['another kind', { jobs: 'restore' }, ['COMPLETED', 'COMPLETED']],
    ['the vault by name', { vault: 'far' }, ['COMPLETED', 'FAILED']],
    ['the vault by ARN', { vault: vaultArn('main') }, ['FAILED']],
    ['the Region', { region: IRELAND.region }, ['COMPLETED', 'FAILED']],
    ['the account', { account: ENV.account }, ['FAILED']],
    ['another account', { account: '999999999999' }, ['COMPLETED', 'COMPLETED']],
    ['the resource by name', { resource: 'fs-1' }, ['FAILED']],
    ['the resource by ARN', { resource: resource('efs', 'fs-1').arn }, ['FAILED']],
    ['another resource', { resource: 'fs-2' }, ['COMPLETED', 'COMPLETED']],
    ['the service', { service: 'EFS' }, ['FAILED']],
    ['another service', { service: 'rds' }, ['COMPLETED', 'COMPLETED']],
    ['the rule', { rule: 'daily' }, ['FAILED']],
    ['another rule', { rule: 'weekly' }, ['COMPLETED', 'COMPLETED']],
    ['one thing that fits and one that does not', { rule: 'daily', vault: 'none' }, ['COMPLETED', 'COMPLETED']],
  ])('is struck by a fault that names %s', (_, scope, expected) => {
    const state = until(daily([{ kind: 'job-fails', ...scope }]), '2027-01-02');
    expect([...jobs(state), ...jobs(state, 'copy')].map((job) => job.state)).toEqual(expected);
  });

  test('that hangs expires with its completion window, and lets the next one run (B4.1/1)', () => {
    const fault: Fault = { kind: 'job-hangs', jobs: 'backup', from: '2027-01-02', to: '2027-01-03' };
    const state = until(daily([fault]), '2027-01-04');
    expect(jobs(state).map((job) => job.state)).toEqual(['COMPLETED', 'EXPIRED', 'COMPLETED']);
    expect(jobs(state)[1]).toMatchObject({
      completedAt: Date.parse('2027-01-02T07:00:00Z'),
      statusMessage: 'Backup job expired before completion.',
      why: 'injected: the job hangs: the job gets no further',
    });
  });

  test('that hung goes on when the fault is over, with what it still had to do', () => {
    const fault: Fault = { kind: 'job-hangs', from: '2027-01-02', to: '2027-01-02T06:58:00Z' };
    const run = (to: string) => last(until(daily([{ ...fault, to }]), '2027-01-03'));
    expect(run('2027-01-02T06:57:54Z')).toMatchObject({
      state: 'COMPLETED',
      completedAt: Date.parse('2027-01-02T06:59:54Z'),
    });
    expect(run('2027-01-02T06:58:00.001Z')).toMatchObject({
      state: 'EXPIRED',
      statusMessage: 'Backup job expired before completion.',
    });
  });

  test('that copies hangs without an end, as copies have no window, until the fault is cleared', () => {
    const state = daily();
    const fault = inject(state, { kind: 'job-hangs', jobs: 'copy' });
    until(state, '2027-03-01');
    expect(jobs(state, 'copy')).toMatchObject([{ state: 'RUNNING' }]);
    state.faults.clear(fault);
    until(state, '2027-03-01T01:00:00Z');
    expect(jobs(state, 'copy')).toMatchObject([
      { state: 'COMPLETED', completedAt: Date.parse('2027-03-01T00:02:06Z') },
    ]);
  });

  test('that meets a system error is tried again: a backup until its window closes, each try with a draw of its own', () => {
    const always = until(daily([{ kind: 'job-fails', retryable: true, from: '2027-01-02' }]), '2027-01-03');
    expect(last(always)).toMatchObject({
      state: 'EXPIRED',
      why: 'injected: AWS Backup has a system error, until the start window closed',
    });
    const half = until(daily([{ kind: 'job-fails', retryable: true, jobs: 'backup', probability: 0.5 }]), '2027-02-01');
    const states = jobs(half).map((job) => job.state);
    expect(states.filter((one) => one === 'COMPLETED').length).toBeGreaterThan(25);
    const waits = new Set(jobs(half).map((job) => ((job.startedAt ?? 0) - job.createdAt) / 60_000));
    expect([...waits].filter((minutes) => minutes > 0 && minutes < 60).length).toBeGreaterThan(1);
  });

  test('by a call is struck as well', () => {
    const state = daily([{ kind: 'job-fails', message: 'An internal error occurred.' }]);
    const asked = { BackupVaultName: 'main', ResourceArn: resource('efs', 'fs-1').arn, IamRoleArn: ROLE };
    const { BackupJobId } = startBackupJob(state, ENV, asked);
    until(state, '2027-01-01T01:00:00Z');
    expect(describeBackupJob(state, ENV, { BackupJobId })).toMatchObject({
      State: 'FAILED',
      StatusMessage: 'An internal error occurred.',
    });
  });

  test('that would have failed expires when its window closes before its end', () => {
    const big = { ...resource('efs', 'fs-1'), sizeGiB: 100_000 };
    const state = daily([{ kind: 'job-fails' }]);
    state.addResource(big);
    expect(last(until(state, '2027-01-02'))).toMatchObject({
      state: 'EXPIRED',
      why: 'the completion window closed before the backup was complete',
    });
  });

  test('that a system error held back waits for a busy resource as any other', () => {
    const fault: Fault = { kind: 'job-fails', retryable: true, rule: 'daily', to: '2027-01-01T05:05:00Z' };
    const state = until(daily([fault]), '2027-01-01T05:09:00Z');
    const asked = { BackupVaultName: 'main', ResourceArn: resource('efs', 'fs-1').arn, IamRoleArn: ROLE };
    startBackupJob(state, ENV, asked);
    until(state, '2027-01-01T05:10:30Z');
    expect(jobs(state)[0]).toMatchObject({
      state: 'CREATED',
      why: expect.stringContaining('another backup') as string,
    });
    until(state, '2027-01-01T05:21:00Z');
    expect(jobs(state)[0]).toMatchObject({ state: 'RUNNING', startedAt: Date.parse('2027-01-01T05:20:00Z') });
  });
});

describe('a copy into a vault that is not there', () => {
  test('waits while a system error is in its way, then fails', () => {
    const nowhere = { ...COPIED, copyActions: [{ destinationBackupVaultArn: vaultArn('nowhere', IRELAND) }] };
    const state = daily([{ kind: 'job-fails', jobs: 'copy', retryable: true, to: '2027-01-01T05:20:00Z' }], 1, nowhere);
    expect(last(until(state, '2027-01-01T05:21:00Z'), 'copy').state).toBe('CREATED');
    expect(last(until(state, '2027-01-01T05:23:00Z'), 'copy')).toMatchObject({
      state: 'FAILED',
      completedAt: Date.parse('2027-01-01T05:22:06Z'),
    });
  });
});

describe('a copy', () => {
  test('fails when one of the accounts between which it goes has no access, and that of its destination is enough', () => {
    const there = { ...ENV, account: '444455556666' };
    const copyActions = [{ destinationBackupVaultArn: vaultArn('away', there) }];
    const state = world(START, {
      vaults: [vault('main'), vault('away', { env: there })],
      resources: [resource('efs', 'fs-1')],
      plans: [plan('p', [{ ...COPIED, copyActions }])],
    });
    inject(state, { kind: 'account-suspended', account: there.account, from: '2027-01-01', to: '2027-01-02' });
    until(state, '2027-01-03');
    const states = (kind: 'backup' | 'copy') => jobs(state, kind).map((job) => job.state);
    expect([states('backup'), states('copy')]).toEqual([
      ['COMPLETED', 'COMPLETED'],
      ['FAILED', 'COMPLETED'],
    ]);
  });

  test('of a copy does not look to the place of the resource, which may be out', () => {
    const VIRGINIA = { ...ENV, region: 'us-east-1' };
    const state = world(START, {
      vaults: [vault('main'), vault('far', { env: IRELAND }), vault('third', { env: VIRGINIA })],
      resources: [resource('efs', 'fs-1')],
      plans: [plan('p', [COPIED])],
    });
    until(state, '2027-01-01T12:00:00Z');
    inject(state, { kind: 'region-out', region: ENV.region });
    const copied = state.pointsOf(resource('efs', 'fs-1').arn).find(({ copyOf }) => copyOf !== undefined);
    startCopyJob(state, IRELAND, {
      SourceBackupVaultName: 'far',
      RecoveryPointArn: copied?.recoveryPointArn,
      DestinationBackupVaultArn: vaultArn('third', VIRGINIA),
      IamRoleArn: ROLE,
    });
    until(state, '2027-01-01T18:00:00Z');
    expect(last(state, 'copy')).toMatchObject({ state: 'COMPLETED' });
  });
});

test('a backup into a vault that is not there waits as long as the Region of its resource is out', () => {
  const nowhere = { ...COPIED, targetBackupVaultName: 'nowhere', copyActions: [] };
  const state = daily([{ kind: 'region-out', region: ENV.region, to: '2027-01-01T05:15:00Z' }], 1, nowhere);
  expect(last(until(state, '2027-01-01T05:12:00Z')).state).toBe('CREATED');
  expect(last(until(state, '2027-01-01T06:00:00Z')).state).toBe('FAILED');
});

describe('a copy that is refused', () => {
  test('fails at once, as when the policy of the destination lets nobody in; its backup stays', () => {
    const state = until(daily([{ kind: 'copy-refused', vault: 'far', from: '2027-01-02' }]), '2027-01-03');
    expect(last(state).state).toBe('COMPLETED');
    expect(last(state, 'copy')).toMatchObject({
      state: 'FAILED',
      statusMessage: 'Access Denied trying to call AWS Backup service',
      completedAt: last(state, 'copy').createdAt,
    });
    expect(
      listCopyJobs(state, ENV, {})
        .CopyJobs?.map(({ State }) => State)
        .sort(),
    ).toEqual(['COMPLETED', 'FAILED']);
  });

  test('is told with the text that was given', () => {
    const state = until(
      daily([{ kind: 'copy-refused', message: 'Copy job encountered a fatal error.' }]),
      '2027-01-02',
    );
    const CopyJobId = last(state, 'copy').jobId;
    expect(describeCopyJob(state, ENV, { CopyJobId }).CopyJob?.StatusMessage).toBe(
      'Copy job encountered a fatal error.',
    );
    const [point] = state.pointsOf(resource('efs', 'fs-1').arn);
    const made = startCopyJob(state, ENV, {
      SourceBackupVaultName: 'main',
      RecoveryPointArn: point?.recoveryPointArn,
      DestinationBackupVaultArn: vaultArn('far', IRELAND),
      IamRoleArn: ROLE,
    });
    expect(describeCopyJob(state, ENV, { CopyJobId: made.CopyJobId }).CopyJob?.State).toBe('FAILED');
  });
});

describe('a resource', () => {
  test('that is not available fails its backups and no copies (B4.3/3)', () => {
    const fault: Fault = {
      kind: 'resource-unavailable',
      resource: 'fs-1',
      from: '2027-01-01T05:01:00Z',
      to: '2027-01-03',
    };
    const state = until(daily([fault]), '2027-01-04');
    expect(jobs(state).map((job) => job.state)).toEqual(['COMPLETED', 'FAILED', 'COMPLETED']);
    expect(jobs(state)[1]?.statusMessage).toBe('Backup job failed because the resource is not in the available state.');
    expect(jobs(state, 'copy').map((job) => job.state)).toEqual(['COMPLETED', 'COMPLETED']);
  });

  test('that is removed is selected no more, and keeps its points until their time is over (B5.2/8)', () => {
    const state = until(daily(), '2027-01-03');
    const { arn } = resource('efs', 'fs-1');
    const found = state.ledger.resources.tryFindNamed('fs-1');
    state.removeResource(found as NonNullable<typeof found>);
    expect(state.summary().resources).toEqual({ total: 0, byType: {} });
    until(state, '2027-01-10');
    expect(jobs(state)).toHaveLength(2);
    expect(state.pointsOf(arn)).toHaveLength(4);
    const asked = { BackupVaultName: 'main', ResourceArn: arn, IamRoleArn: ROLE };
    expect(() => startBackupJob(state, ENV, asked)).toThrow(AwsFault);
    expect(until(state, '2027-02-20').pointsOf(arn)).toHaveLength(0);
  });

  test('that is made again is backed up again, in full', () => {
    const state = daily([{ kind: 'resource-deleted', resource: 'fs-1', from: '2027-01-03', to: '2027-01-05' }]);
    state.addResource({ ...resource('efs', 'fs-1'), sizeGiB: 10, dailyChangePercent: 1 });
    until(state, '2027-01-04');
    expect(state.summary().resources.total).toBe(0);
    until(state, '2027-01-07');
    const moved = jobs(state).map((job) => job.transferredBytes === job.sizeBytes);
    expect(moved).toEqual([true, false, true, false]);
    expect(state.summary().resources).toEqual({ total: 1, byType: { EFS: 1 } });
  });

  test('that goes while its backup runs, or waits, fails it', () => {
    const gone: Fault = { kind: 'resource-deleted', resource: 'fs-1', from: '2027-01-01T05:01:00Z' };
    expect(last(until(daily([gone]), '2027-01-02'))).toMatchObject({
      state: 'FAILED',
      statusMessage: 'Could not find resource',
      why: 'the resource was deleted',
    });
    const held = daily([gone, { kind: 'region-out', region: ENV.region, to: '2027-01-01T05:25:00Z' }]);
    expect(last(until(held, '2027-01-02'))).toMatchObject({ state: 'FAILED', startedAt: undefined });
  });

  test('that goes stops its continuous backup, and copies of its points go on', () => {
    const continuous = { ...COPIED, enableContinuousBackup: true, lifecycle: { deleteAfterDays: 10 }, copyActions: [] };
    const state = world(START, {
      vaults: [vault('main')],
      resources: [resource('s3', 'bucket')],
      plans: [plan('p', [continuous])],
    });
    inject(state, { kind: 'resource-deleted', resource: 'bucket', from: '2027-01-02' });
    until(state, '2027-01-03');
    expect(state.pointsOf(resource('s3', 'bucket').arn)).toMatchObject([{ status: 'STOPPED' }]);
    const copied = until(
      daily([{ kind: 'resource-deleted', resource: 'fs-1', from: '2027-01-01T05:03:00Z' }]),
      '2027-01-02',
    );
    expect(last(copied, 'copy').state).toBe('COMPLETED');
  });

  test('that is not there when it should go is not missed', () => {
    const state = daily();
    const fault = inject(state, { kind: 'resource-deleted', resource: 'nobody', from: '2027-01-02', to: '2027-01-03' });
    until(state, '2027-01-04');
    expect([fault.state, fault.strikes]).toEqual(['over', 0]);
  });
});

test('a backup whose window closes while its Region is out says that it closed, not that a fault struck it', () => {
  const state = world(START, {
    vaults: [vault('main')],
    resources: [resource('efs', 'fs-1', { sizeGiB: 5000 })],
    plans: [plan('p', [{ ...COPIED, copyActions: [] }])],
  });
  inject(state, { kind: 'region-out', region: ENV.region, from: '2027-01-01T06:00:00Z', to: '2027-01-01T09:00:00Z' });
  until(state, '2027-01-02');
  expect(last(state)).toMatchObject({ state: 'EXPIRED', statusMessage: 'Backup job expired before completion.' });
  expect(last(state).why).not.toContain('injected');
});

test('a backup that hangs ends with its completion window for that reason, though its Region is out by then', () => {
  const state = daily([{ kind: 'job-hangs', jobs: 'backup', from: '2027-01-01', to: '2027-01-02' }]);
  const [from, to] = ['2027-01-01T06:59:00Z', '2027-01-01T07:30:00Z'];
  const out = inject(state, { kind: 'region-out', region: ENV.region, from, to });
  until(state, '2027-01-01T12:00:00Z');
  expect(last(state)).toMatchObject({ state: 'EXPIRED', why: 'injected: the job hangs: the job gets no further' });
  expect(out.strikes).toBe(0);
});

describe('what a fault holds back', () => {
  const unavailable = (to: string): Fault => ({ kind: 'region-out', region: ENV.region, to });

  test('is a backup that looks every 10 minutes, for as long as its window is open (B4.1/2)', () => {
    const state = daily([], 1, rule('daily', { scheduleExpression: 'cron(0 5 ? * * *)', startWindowMinutes: 480 }));
    inject(state, unavailable('2027-01-01T08:03:00Z'));
    until(state, '2027-01-02');
    expect(new Date(jobs(state)[0]?.startedAt ?? 0).toISOString()).toBe('2027-01-01T08:10:00.000Z');
  });

  test('is a copy that looks every 10 minutes for 2 hours, then when the fault is over (B6.1/3)', () => {
    const startOf = (to: string) => {
      const state = daily([{ kind: 'region-out', region: IRELAND.region, to }]);
      until(state, '2027-01-02');
      const [copy] = jobs(state, 'copy');
      return [copy?.createdAt, copy?.startedAt].map((at) => new Date(at ?? 0).toISOString().slice(11, 19));
    };
    const [created = ''] = startOf('2027-01-01T06:00:00Z');
    const [minute, second] = [created.slice(3, 5), created.slice(6)];
    // The look at the end of the two hours is the last.
    expect(startOf('2027-01-01T07:01:00Z')).toEqual([created, `07:${minute}:${second}`]);
    expect(startOf('2027-01-01T07:05:00Z')).toEqual([created, '07:05:00']);
  });
});
