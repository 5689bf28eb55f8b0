// What a point or job says of itself to whoever asks.
import type { StatefulResource } from '@holdfast/model';
import { BACKUP, COPY } from '../../../engine/src/domain/jobs';
import { jobId, lifecycleOf, sourceOfCopyJob } from '../../../engine/src/domain/show';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { createLegalHold } from '../../../engine/src/operations/backup/create-legal-hold';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { updateRecoveryPointLifecycle } from '../../../engine/src/operations/backup/update-recovery-point-lifecycle';
import { inject } from '../scenarios/fault-stage';
import { ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';
import { TABLE, BUCKET, DAILY, ran, copies } from '../scenarios/shown-stage';

function why(state: WorldState, name = 'main', of = TABLE): string | undefined {
  return state.pointsOf(of.arn).find(({ backupVaultArn }) => backupVaultArn === vaultArn(name))?.whyUntil;
}

// prettier-ignore
test.each<[why: string, state: () => WorldState, vault?: string, of?: StatefulResource]>([
  ['35 days from its creation, then within 8 hours', () => ran()],
  ['kept for ever',                        () => ran({ lifecycle: {} })],
  ['kept for ever; vault main is locked in governance mode: whoever may remove the lock may delete it before',
    () => ran({ lifecycle: {} }, { vaults: [vault('main', { vaultLock: { minRetentionDays: 1 } })] })],
  ['35 days from its creation, then within 8 hours; vault main is locked in governance mode: whoever may remove the lock may delete it before',
    () => ran({}, { vaults: [vault('main', { vaultLock: { minRetentionDays: 1 } })] })],
  ['35 days from its creation, then within 8 hours; vault main is locked: until 2027-01-04T00:00:00Z whoever may remove the lock may delete it before, thereafter nobody',
    () => ran({}, { vaults: [vault('main', { vaultLock: { minRetentionDays: 1, changeableForDays: 3 } })] })],
  ['35 days from its creation, then within 8 hours; vault main is locked in compliance mode, so that nobody deletes it before',
    () => ran({}, { vaults: [vault('main', { vaultLock: { minRetentionDays: 1, changeableForDays: 3 } })], to: '2027-01-05T00:00:00Z' })],
  ["7 days from its source's creation, then within 8 hours", () => ran({ copyActions: copies({ deleteAfterDays: 7 }) }, { vaults: [vault('copies')] }), 'copies'],
  ['35 days from its creation, then within 8 hours', () => ran({ copyActions: copies({ deleteAfterDays: 7 }) }, { vaults: [vault('copies')] }), 'main'],
  ['a copy without days of its own ends when its source does', () => ran({ copyActions: copies() }, { vaults: [vault('copies')] }), 'copies'],
  ['30 days from the last run of its rule, then within 8 hours',
    () => ran({ enableContinuousBackup: true, lifecycle: { deleteAfterDays: 30 } }, { of: BUCKET }), 'main', BUCKET],
])('%s', (...[text, state, name, of]) => {
  expect(why(state(), name, of)).toBe(text);
});

test('a point under a legal hold says so before anything else', () => {
  const state = ran();
  createLegalHold(state, ENV, {
    Title: 't',
    Description: 'd',
    RecoveryPointSelection: { VaultNames: ['main'] },
  });
  until(state, '2027-03-01T00:00:00Z');
  expect(why(state)).toMatch(/^a legal hold keeps it; within a day after the last hold is released it goes/);
  expect(why(ran())).not.toContain('legal hold');
});

test('a point whose days were changed has the new ones, and the others theirs', () => {
  const state = ran({}, { to: '2027-01-02T12:00:00Z' });
  const [first, second] = state.pointsOf(TABLE.arn);
  updateRecoveryPointLifecycle(state, ENV, {
    BackupVaultName: 'main',
    RecoveryPointArn: first?.recoveryPointArn,
    Lifecycle: { DeleteAfterDays: 90 },
  });
  const daysOf = (arn: string | undefined) => {
    const point = state.pointsOf(TABLE.arn).find(({ recoveryPointArn }) => recoveryPointArn === arn);
    return Math.round(((point?.deleteAt ?? 0) - (point?.createdAt ?? 0)) / 86_400_000);
  };
  expect([daysOf(first?.recoveryPointArn), daysOf(second?.recoveryPointArn)]).toEqual([90, 35]);
});

test('a copy names the point that it was made of, which its job names too', () => {
  const state = ran({ copyActions: copies() }, { vaults: [vault('copies')] });
  const [original, copy] = ['main', 'copies'].map((name) =>
    state.pointsOf(TABLE.arn).find(({ backupVaultArn }) => backupVaultArn === vaultArn(name)),
  );
  expect(original?.copyOf).toBeUndefined();
  expect(copy?.copyOf).toEqual({ backupVaultArn: vaultArn('main'), recoveryPointArn: original?.recoveryPointArn });
  const jobs = state.jobsOf(TABLE.arn);
  expect(jobs.map(({ kind, recoveryPointArn }) => [kind, recoveryPointArn])).toEqual([
    ['backup', original?.recoveryPointArn],
    ['copy', copy?.recoveryPointArn],
  ]);
  expect(jobs.every((job) => /\w/.test(job.why))).toBe(true);
  expect(new Set(jobs.map(({ jobId }) => jobId)).size).toBe(2);
  for (const { jobId } of jobs) {
    expect(jobId).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  }
});

test('a copy of a continuous point names the point that stood when it was made, and of a snapshot that snapshot', () => {
  const more = {
    enableContinuousBackup: true,
    lifecycle: { deleteAfterDays: 30 },
    copyActions: copies({ deleteAfterDays: 90 }),
  };
  const state = ran(more, { of: BUCKET, vaults: [vault('copies')], to: '2027-01-03T12:00:00Z' });
  const points = state.pointsOf(BUCKET.arn);
  const original = points.find(({ backupVaultArn }) => backupVaultArn === vaultArn('main'));
  const made = points.filter(({ backupVaultArn }) => backupVaultArn === vaultArn('copies'));
  expect(made.length).toBeGreaterThanOrEqual(2);
  for (const { copyOf } of made) {
    expect(copyOf).toEqual({ backupVaultArn: vaultArn('main'), recoveryPointArn: original?.recoveryPointArn });
  }
});

test('a job under way has no point and no end, one that failed says why in both tongues', () => {
  const running = ran({}, { of: { ...TABLE, sizeGiB: 1_000_000 }, to: '2027-01-01T05:01:00Z' });
  const [job] = running.jobsOf(TABLE.arn);
  expect(job).toMatchObject({ state: 'RUNNING', backupVaultName: 'main', planName: 'p', ruleName: 'daily' });
  expect(job?.backupVaultArn).toBe(vaultArn('main'));
  expect([job?.recoveryPointArn, job?.completedAt, job?.sourceBackupVaultArn]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  const [failed] = ran({ targetBackupVaultName: 'gone' }).jobsOf(TABLE.arn);
  expect(failed).toMatchObject({ state: 'FAILED', backupVaultName: 'gone', backupVaultArn: '' });
  expect(failed?.recoveryPointArn).toBeUndefined();
  expect(failed?.why).toContain('gone');
  expect(failed?.statusMessage).toMatch(/\w/);
});

test('an event names the vault that its reason is about', () => {
  const locked = vault('main', { vaultLock: { minRetentionDays: 60 } });
  const [failed] = ran({}, { vaults: [locked] })
    .events()
    .filter(({ what }) => what === 'FAILED');
  expect(failed?.why).toContain('outside what vault main allows');
});

test('a copy into a vault that is not there names it all the same', () => {
  const state = ran({ copyActions: copies() });
  const copy = state.jobsOf(TABLE.arn).find(({ kind }) => kind === 'copy');
  expect(copy).toMatchObject({
    state: 'FAILED',
    backupVaultArn: vaultArn('copies'),
    backupVaultName: 'copies',
    sourceBackupVaultArn: vaultArn('main'),
  });
});

describe('a snapshot of a resource whose continuous backup is elsewhere (B5.3/2)', () => {
  const other = rule('other', {
    scheduleExpression: 'cron(0 15 * * ? *)',
    targetBackupVaultName: 'second',
    enableContinuousBackup: true,
    lifecycle: { deleteAfterDays: 30 },
  });
  const continuous = rule('first', {
    ...other,
    ruleName: 'first',
    scheduleExpression: DAILY,
    targetBackupVaultName: 'main',
  });
  const state = until(
    world('2027-01-01', {
      vaults: [vault('main'), vault('second')],
      resources: [BUCKET],
      plans: [plan('holder', [continuous]), plan('p', [other])],
    }),
    '2027-01-03',
  );
  const [holder] = state.ledger.plans.list().filter(({ declaration }) => declaration.backupPlanName === 'holder');

  test('says so in its message, with the ARN of the plan that has it, and no other job does', () => {
    const messages = state.jobsOf(BUCKET.arn).map(({ ruleName, statusMessage }) => [ruleName, statusMessage]);
    expect(messages).toHaveLength(4);
    for (const [name, message] of messages) {
      if (name === 'other') {
        expect(message).toMatch(/\w: \[arn:aws:backup:.*\]$/);
        expect(message).toContain(`[${holder?.arn}]`);
      } else {
        expect(message).toBe('');
      }
    }
  });

  test('says so without the plan once that is gone from the point', () => {
    const [point] = state.pointsOf(BUCKET.arn).filter(({ continuous: is }) => is);
    deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn });
    const later = state.jobsOf(BUCKET.arn).filter(({ ruleName }) => ruleName === 'other');
    expect(later.every(({ statusMessage }) => /\w/.test(statusMessage) && !statusMessage.includes('['))).toBe(true);
  });
});

test('a job that a fault failed says what the fault says', () => {
  const state = ran({}, { to: '2027-01-01T04:00:00Z' });
  inject(state, { kind: 'job-fails', jobs: 'backup', message: 'disk on fire' });
  until(state, '2027-01-02');
  expect(state.jobsOf(TABLE.arn).map(({ statusMessage }) => statusMessage)).toEqual(['disk on fire']);
});

test('a temporary point says what it waits for (B7.6/2)', () => {
  const volume = resource('ebs', 'vol-1');
  const gap = { backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 60 };
  const daily = rule('r', { scheduleExpression: DAILY, targetLogicallyAirGappedBackupVaultArn: vaultArn('gap') });
  const state = until(
    world('2027-01-01', {
      vaults: [vault('main')],
      logicallyAirGappedVaults: [gap],
      resources: [volume],
      plans: [plan('p', [daily])],
    }),
    '2027-01-01T05:03:00Z',
  );
  expect(why(state, 'main', volume)).toBe(
    'deleted when its copies are complete, or when its lifecycle is over if they fail',
  );
  expect(state.pointsOf(volume.arn)[0]?.why).toBe(
    'rule r of plan p made it on its way to a logically air-gapped vault; deleted after the copy',
  );
});

test('a composite point says with whom it goes (B4.5/4)', () => {
  const stack = resource('cloudformation', 'shop', { members: { Orders: TABLE.arn } });
  const selections = [{ selectionName: 's', iamRoleArn: ROLE, resources: [stack.arn] }];
  const composite = until(
    world('2027-01-01', {
      vaults: [vault('main')],
      resources: [stack, TABLE],
      plans: [plan('p', [rule('daily', { scheduleExpression: DAILY })], { selections })],
    }),
    '2027-01-01T12:00:00Z',
  );
  const whys = composite.pointsOf(stack.arn).map(({ whyUntil }) => whyUntil);
  expect(whys.sort()).toEqual(['35 days from its creation, then within 8 hours', 'goes with the last of its members']);
});

test('the copy of a member of a stack names its snapshot, though the member has a continuous point of its own (B4.5/3)', () => {
  const stack = resource('cloudformation', 'shop', { members: { Docs: BUCKET.arn } });
  const only = (arn: string) => [{ selectionName: 's', iamRoleArn: ROLE, resources: [arn] }];
  const continuous = { scheduleExpression: DAILY, enableContinuousBackup: true };
  const later = { ...continuous, scheduleExpression: 'cron(0 8 * * ? *)' };
  const state = until(
    world('2027-01-01', {
      vaults: [vault('main'), vault('copies')],
      resources: [stack, BUCKET],
      plans: [
        plan('own', [rule('own', continuous)], { selections: only(BUCKET.arn) }),
        plan('of', [rule('of', { ...later, copyActions: copies() })], { selections: only(stack.arn) }),
      ],
    }),
    '2027-01-01T12:00:00Z',
  );
  const points = state.pointsOf(BUCKET.arn);
  const snapshot = points.find((one) => one.backupVaultName === 'main' && one.continuous !== true);
  const copied = points.filter(({ backupVaultName }) => backupVaultName === 'copies');
  expect(points.filter((one) => one.continuous === true)).toHaveLength(1);
  expect(copied.map(({ copyOf }) => copyOf?.recoveryPointArn)).toEqual([snapshot?.recoveryPointArn]);
});

test('jobs of one rule and resource at one instant differ in their ids when one is a copy', () => {
  const state = ran({ copyActions: copies({ deleteAfterDays: 7 }) }, { vaults: [vault('copies')] });
  const [backup, copy] = state.jobsOf(TABLE.arn);
  const rows = state.ledger.jobs.rows(() => true);
  expect(rows.map((row) => jobId(state.ledger, row))).toEqual([backup?.jobId, copy?.jobId]);
});

describe('a copy of a continuous point that was followed by another (B5.3/4)', () => {
  const more = {
    enableContinuousBackup: true,
    lifecycle: { deleteAfterDays: 30 },
    copyActions: copies({ deleteAfterDays: 90 }),
  };

  test('names the one that stood when it was made, each copy its own', () => {
    const state = ran(more, { of: BUCKET, vaults: [vault('copies')], to: '2027-01-01T12:00:00Z' });
    const first = state.pointsOf(BUCKET.arn).find(({ continuous }) => continuous)?.recoveryPointArn;
    deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: first });
    until(state, '2027-01-02T12:00:00Z');
    const second = state.pointsOf(BUCKET.arn).find(({ continuous }) => continuous)?.recoveryPointArn;
    expect(second).not.toBe(first);
    const sources = state
      .pointsOf(BUCKET.arn)
      .filter(({ backupVaultArn }) => backupVaultArn === vaultArn('copies'))
      .map(({ copyOf }) => copyOf?.recoveryPointArn);
    expect(sources).toEqual([first, second]);
    const made = state.pointsOf(BUCKET.arn).filter(({ backupVaultArn }) => backupVaultArn === vaultArn('copies'));
    const copied = state.jobsOf(BUCKET.arn).filter(({ kind }) => kind === 'copy');
    expect(copied.map(({ recoveryPointArn }) => recoveryPointArn)).toEqual(made.map((one) => one.recoveryPointArn));
    const rows = state.ledger.jobs.rows((row) => state.ledger.jobs.kinds[row] === COPY);
    expect(rows.map((row) => sourceOfCopyJob(state.ledger, row))).toEqual([first, second]);
    const [backup] = state.ledger.jobs.rows((row) => state.ledger.jobs.kinds[row] === BACKUP);
    expect(sourceOfCopyJob(state.ledger, backup ?? -1)).toBeUndefined();
  });
});

describe('a job names the point that it made', () => {
  const named = (state: WorldState, of = TABLE) => state.jobsOf(of.arn).map(({ recoveryPointArn }) => recoveryPointArn);

  test('as long as that is there', () => {
    const state = ran();
    const [point] = state.pointsOf(TABLE.arn);
    expect(named(state)).toEqual([point?.recoveryPointArn]);
    deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn });
    expect(named(state)).toEqual([undefined]);
    // The next point takes the row that the first one had.
    until(state, '2027-01-02T12:00:00Z');
    const [second] = state.pointsOf(TABLE.arn);
    expect(named(state)).toEqual([undefined, second?.recoveryPointArn]);
  });

  test('be it the continuous one that a later run renewed, until another has its place (B5.3/4)', () => {
    const rules = { enableContinuousBackup: true, lifecycle: { deleteAfterDays: 30 } };
    const state = ran(rules, { of: BUCKET, to: '2027-01-02T12:00:00Z' });
    const [point] = state.pointsOf(BUCKET.arn);
    expect(named(state, BUCKET)).toEqual([point?.recoveryPointArn, point?.recoveryPointArn]);
    deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn });
    expect(named(state, BUCKET)).toEqual([undefined, undefined]);
  });

  test('be it PARTIAL, and under way it names none (B4.5/2)', () => {
    const queue = 'arn:aws:sqs:eu-central-1:111122223333:queue';
    const stack = resource('cloudformation', 'shop', { members: { Orders: TABLE.arn, Queue: queue } });
    const selections = [{ selectionName: 's', iamRoleArn: ROLE, resources: [stack.arn] }];
    const state = world('2027-01-01', {
      vaults: [vault('main')],
      resources: [stack, { ...TABLE, sizeGiB: 100 }],
      plans: [plan('p', [rule('daily', { scheduleExpression: DAILY })], { selections })],
    });
    until(state, '2027-01-01T05:00:01Z');
    expect(named(state, stack).every((arn) => arn === undefined)).toBe(true);
    until(state, '2027-01-01T20:00:00Z');
    const partial = state.jobsOf(stack.arn).find((job) => (job.state as string) === 'PARTIAL');
    const arns = state.pointsOf(stack.arn).map(({ recoveryPointArn }) => recoveryPointArn);
    expect(arns).toContain(partial?.recoveryPointArn);
    expect(
      state
        .pointsOf(stack.arn)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['COMPLETED', 'PARTIAL']);
  });
});

test('a point that is kept for ever and stays warm has neither instant', () => {
  const [point] = ran({ lifecycle: {} }).pointsOf(TABLE.arn);
  expect([point?.coldAt, point?.deleteAt]).toEqual([undefined, undefined]);
});

test('the lifecycle of a point is the one that was last given', () => {
  const state = ran({}, { to: '2027-01-02T12:00:00Z' });
  const days = () =>
    state.ledger.points
      .rowsOf(state.ledger.resources.tryFind(TABLE.arn)?.series[0] ?? -1)
      .map((row) => lifecycleOf(state.ledger, row)?.deleteAfterDays);
  expect(days()).toEqual([35, 35]);
  const [first] = state.pointsOf(TABLE.arn);
  updateRecoveryPointLifecycle(state, ENV, {
    BackupVaultName: 'main',
    RecoveryPointArn: first?.recoveryPointArn,
    Lifecycle: { DeleteAfterDays: 90 },
  });
  expect(days()).toEqual([90, 35]);
});

test('of two rules that keep a continuous backup for other days the longer one has it, whichever ran last (B5.3/3)', () => {
  const keeps = (name: string, hour: number, deleteAfterDays: number) =>
    rule(name, {
      scheduleExpression: `cron(0 ${hour} * * ? *)`,
      enableContinuousBackup: true,
      lifecycle: { deleteAfterDays },
    });
  for (const [first, second] of [
    [10, 30],
    [30, 10],
  ] as const) {
    const plans = [plan('p', [keeps('one', 5, first)]), plan('q', [keeps('two', 15, second)])];
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [BUCKET], plans });
    until(state, '2027-01-03T12:00:00Z');
    expect(why(state, 'main', BUCKET)).toBe('30 days from the last run of its rule, then within 8 hours');
    until(state, '2027-01-03T18:00:00Z');
    expect(why(state, 'main', BUCKET)).toBe('30 days from the last run of its rule, then within 8 hours');
  }
});
