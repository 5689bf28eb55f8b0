// What a point or job says of itself to whoever asks.
import type { BackupRule, BackupVault, StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { createLegalHold } from '../../../engine/src/operations/backup/create-legal-hold';
import { updateRecoveryPointLifecycle } from '../../../engine/src/operations/backup/update-recovery-point-lifecycle';
import { ENV, plan, resource, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const TABLE = resource('dynamodb-advanced', 'orders');
const BUCKET = resource('s3', 'docs');
const DAILY = 'cron(0 5 * * ? *)';

function ran(
  more: Partial<BackupRule> = {},
  {
    vaults = [],
    of = TABLE,
    to = '2027-01-01T12:00:00Z',
  }: { vaults?: BackupVault[]; of?: StatefulResource; to?: string } = {},
): WorldState {
  const made = rule('daily', { scheduleExpression: DAILY, ...more });
  const all = vaults.some(({ backupVaultName }) => backupVaultName === 'main') ? vaults : [vault('main'), ...vaults];
  return until(world('2027-01-01', { vaults: all, resources: [of], plans: [plan('p', [made])] }), to);
}

function why(state: WorldState, name = 'main', of = TABLE): string | undefined {
  return state.pointsOf(of.arn).find(({ backupVaultArn }) => backupVaultArn === vaultArn(name))?.whyUntil;
}

const copies = (lifecycle?: object) => [
  { destinationBackupVaultArn: vaultArn('copies'), ...(lifecycle === undefined ? {} : { lifecycle }) },
];

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
