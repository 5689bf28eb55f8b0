// How much of a resource a backup or copy moves.
import type { StatefulResource } from '@holdfast/model';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { CMK, DAY, ENV, plan, resource, ROLE, rule, vault, vaultArn, world } from '../scenarios/stage';

const FAR = { ...ENV, region: 'us-east-1' };
const GIB = 2 ** 30;

const OTHER_KEY = CMK.replace(/1$/, '2');

function staged(service: string) {
  const one = resource(service, 'one', { sizeGiB: 100, dailyChangePercent: 1 });
  const vaults = [
    ...[vault('main'), vault('other'), vault('third'), vault('sealed', { encryptionKeyArn: OTHER_KEY })],
    vault('far', { env: FAR }),
  ];
  return { one, state: world('2027-01-01', { vaults, resources: [one] }) };
}

/** Whole GiB that the last job of a resource moved, a day after it began. */
function moved(state: WorldState, arn: string): number {
  state.runUntil(state.now + DAY);
  return Math.round((state.jobsOf(arn).at(-1)?.transferredBytes ?? NaN) / GIB);
}

function backUp(state: WorldState, arn: string, BackupVaultName = 'main', Lifecycle = {}): number {
  startBackupJob(state, ENV, { BackupVaultName, ResourceArn: arn, IamRoleArn: ROLE, Lifecycle });
  return moved(state, arn);
}

/** Copies the nth of the points in the main vault, from the end where it is below 0. */
function copy(state: WorldState, arn: string, to = vaultArn('far', FAR), nth = -1): number {
  const source = state.pointsOf(arn).filter(({ backupVaultName }) => backupVaultName === 'main');
  startCopyJob(state, ENV, {
    RecoveryPointArn: source.at(nth)?.recoveryPointArn,
    SourceBackupVaultName: 'main',
    DestinationBackupVaultArn: to,
    IamRoleArn: ROLE,
  });
  return moved(state, arn);
}

/** Deletes the nth of the points in a vault, oldest first; from the end where it is below 0. */
function remove(state: WorldState, arn: string, nth: number, BackupVaultName = 'main', env = ENV): void {
  const points = state.pointsOf(arn).filter(({ backupVaultName }) => backupVaultName === BackupVaultName);
  const ordered = [...points].sort((a, b) => a.createdAt - b.createdAt);
  deleteRecoveryPoint(state, env, { BackupVaultName, RecoveryPointArn: ordered.at(nth)?.recoveryPointArn });
}

test('when the first full backup is deleted later ones stay whole, and the next is incremental (B4.4/2)', () => {
  const { one, state } = staged('efs');
  expect([backUp(state, one.arn), backUp(state, one.arn)]).toEqual([100, 1]);
  const [first, second] = state.pointsOf(one.arn);
  deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: first?.recoveryPointArn });
  state.runUntil(state.now + DAY);
  expect(state.pointsOf(one.arn)).toMatchObject([
    { recoveryPointArn: second?.recoveryPointArn, status: 'COMPLETED', sizeBytes: 100 * GIB },
  ]);
  expect(backUp(state, one.arn)).toBeLessThan(10);
});

// prettier-ignore
test.each([
  ['dynamodb',          100],
  ['dynamodb-advanced', 100],
  ['aurora',            100],
  ['documentdb',        100],
  ['neptune',           100],
  ['aurora-dsql',       100],
  ['sap-hana',          100],
  ['rds',               1],
  ['ebs',               1],
])('the second snapshot of %s moves %d of 100 GiB (B4.4/3)', (service, expected) => {
  const { one, state } = staged(service);
  expect([backUp(state, one.arn), backUp(state, one.arn)]).toEqual([100, expected]);
});

test('the first copy into a Region is full, the next is incremental (B4.4/5)', () => {
  const { one, state } = staged('efs');
  backUp(state, one.arn);
  expect(copy(state, one.arn)).toBe(100);
  backUp(state, one.arn);
  expect(copy(state, one.arn)).toBeLessThan(10);
});

test('a copy of RDS is full again when the one before it was deleted (B4.4/5)', () => {
  const { one, state } = staged('rds');
  backUp(state, one.arn);
  expect(copy(state, one.arn)).toBe(100);
  const far = state.pointsOf(one.arn).find(({ backupVaultName }) => backupVaultName === 'far');
  deleteRecoveryPoint(state, FAR, { BackupVaultName: 'far', RecoveryPointArn: far?.recoveryPointArn });
  state.runUntil(state.now + DAY);
  backUp(state, one.arn);
  expect(copy(state, one.arn)).toBe(100);
});

// prettier-ignore
test.each<[what: string, service: string, nth: number, expected: number]>([
  ['the newest is gone: since the one before it', 'efs',        -1, 2],
  ['the newest is gone: since the one before it', 'ebs',        -1, 2],
  ['the newest is gone: since the one before it', 'fsx-lustre', -1, 2],
  ['an older one is gone: since the newest',      'efs',         1, 1],
  ['an older one is gone: since the newest',      'ebs',         1, 1],
])('a backup moves what changed since the newest that is left: %s, %s (B4.4/1, B4.4/2)', (_, service, nth, expected) => {
  const { one, state } = staged(service);
  expect([1, 2, 3].map(() => backUp(state, one.arn))).toEqual([100, 1, 1]);
  remove(state, one.arn, nth);
  expect([backUp(state, one.arn), backUp(state, one.arn)]).toEqual([expected, 1]);
});

test('a backup is full once every one before it is gone, and looks into other vaults only without full management', () => {
  for (const [service, elsewhere] of [
    ['efs', 100],
    ['ebs', 1],
  ] as const) {
    // prettier-ignore
    const { one, state } = staged(service);
    expect([backUp(state, one.arn), backUp(state, one.arn, 'other')]).toEqual([100, elsewhere]);
    remove(state, one.arn, 0, 'other');
    expect(backUp(state, one.arn)).toBe(2);
    remove(state, one.arn, 0);
    remove(state, one.arn, 0);
    expect(backUp(state, one.arn)).toBe(100);
  }
});

test('a backup of what keeps only cold ones is a full warm one (B5.2/4)', () => {
  const { one, state } = staged('efs');
  const cold = { MoveToColdStorageAfterDays: 1, DeleteAfterDays: 120 };
  expect(backUp(state, one.arn, 'main', cold)).toBe(100);
  expect(backUp(state, one.arn)).toBe(1);
  remove(state, one.arn, -1);
  expect([backUp(state, one.arn), backUp(state, one.arn)]).toEqual([100, 1]);
});

test('a backup of what was made again under the ARN of something else is full, whatever is left and goes of that', () => {
  const { one, state } = staged('efs');
  expect([backUp(state, one.arn), backUp(state, one.arn)]).toEqual([100, 1]);
  state.removeResource(state.ledger.resources.find(0));
  state.addResource(one);
  expect(backUp(state, one.arn)).toBe(100);
  remove(state, one.arn, 0);
  expect(backUp(state, one.arn)).toBe(1);
  remove(state, one.arn, -1);
  remove(state, one.arn, -1);
  expect(backUp(state, one.arn)).toBe(100);
});

test('a snapshot beside a continuous point builds on the last run that renewed it, once the newer ones are gone', () => {
  const one = resource('s3', 'one', { sizeGiB: 100, dailyChangePercent: 1 });
  const lifecycle = { deleteAfterDays: 35 };
  const nightly = rule('nightly', { scheduleExpression: 'cron(0 0 ? * * *)', enableContinuousBackup: true, lifecycle });
  const plans = [plan('p', [nightly])];
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [one], plans });
  state.runUntil(state.now + 2.5 * DAY);
  const half = () => {
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: one.arn, IamRoleArn: ROLE });
    state.runUntil(state.now + DAY / 24);
    return (state.jobsOf(one.arn).at(-1)?.transferredBytes ?? NaN) / GIB;
  };
  expect(half()).toBeCloseTo(0.5, 1);
  expect(half()).toBeCloseTo(1 / 24, 2);
  for (const { continuous, recoveryPointArn: RecoveryPointArn } of state.pointsOf(one.arn)) {
    if (!continuous) {
      deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn });
    }
  }
  expect(half()).toBeCloseTo(0.5 + 2 / 24, 1);
});

// prettier-ignore
test.each<[what: string, service: string, nth: number, expected: number]>([
  ['most recent one is gone, those of the service are full',                     'rds',         -1, 100],
  ['most recent one is gone, those of the service are full',                     'ebs',         -1, 100],
  ['most recent one is gone, those of the service build on any that is left',    'fsx-lustre',  -1, 4],
  ['most recent one is gone, those of AWS Backup build on any that is left',     'efs',         -1, 4],
  ['first one is gone, those of the service build on the most recent',           'rds',          0, 2],
  ['first one is gone, those of AWS Backup build on the most recent',            'efs',          0, 2],
])('of copies into another Region the %s: %s (B4.4/5)', (_, service, nth, expected) => {
  const { one, state } = staged(service);
  const next = () => {
    backUp(state, one.arn);
    return copy(state, one.arn);
  };
  expect([next(), next()]).toEqual([100, 2]);
  remove(state, one.arn, nth, 'far', FAR);
  expect([next(), next()]).toEqual([expected, 2]);
});

// prettier-ignore
test.each<[service: string, other: number, third: number, sealed: number]>([
  ['rds', 2, 0,   100],
  ['ebs', 2, 0,   100],
  ['efs', 2, 100, 100],
])('of copies of %s within the Region the next into a vault moves %d, into another under its key %d, under another key %d (B4.4/5)', (service, ...expected) => {
  const { one, state } = staged(service);
  const next = () => {
    backUp(state, one.arn);
    return copy(state, one.arn, vaultArn('other'));
  };
  expect(next()).toBe(100);
  expect([next(), copy(state, one.arn, vaultArn('third')), copy(state, one.arn, vaultArn('sealed'))]).toEqual(expected);
});

test('backups do not build on copies, nor copies on backups, without full management', () => {
  const { one, state } = staged('ebs');
  backUp(state, one.arn);
  expect([copy(state, one.arn, vaultArn('other')), backUp(state, one.arn, 'other')]).toEqual([100, 2]);
  remove(state, one.arn, 0);
  remove(state, one.arn, -1, 'other');
  expect(backUp(state, one.arn, 'other')).toBe(100);
});

test('a copy of an older point is nothing that later copies build on', () => {
  const { one, state } = staged('rds');
  expect([backUp(state, one.arn), backUp(state, one.arn)]).toEqual([100, 1]);
  expect(copy(state, one.arn)).toBe(100);
  copy(state, one.arn, vaultArn('far', FAR), 0);
  backUp(state, one.arn);
  // Three days lie between the second backup and the third.
  expect(copy(state, one.arn)).toBe(3);
});

test('a copy of what an earlier resource of the ARN left is nothing that copies of the new one build on', () => {
  const { one, state } = staged('rds');
  backUp(state, one.arn);
  state.removeResource(state.ledger.resources.find(0));
  state.addResource(one);
  copy(state, one.arn);
  backUp(state, one.arn);
  expect(copy(state, one.arn)).toBe(100);
});

test('of a resource that was made again copies are full too, and those of others are what they were', () => {
  const [one, two, three] = ['one', 'two', 'three'].map((name) =>
    resource('rds', name, { sizeGiB: 100, dailyChangePercent: 1 }),
  ) as [StatefulResource, StatefulResource, StatefulResource];
  const vaults = [vault('main'), vault('far', { env: FAR })];
  const state = world('2027-01-01', { vaults, resources: [one, two, three] });
  const both = ({ arn }: StatefulResource) => [backUp(state, arn), copy(state, arn)];
  expect([backUp(state, one.arn), backUp(state, two.arn)]).toEqual([100, 100]);
  expect([copy(state, one.arn), copy(state, two.arn)]).toEqual([100, 100]);
  expect(both(three)).toEqual([100, 100]);
  const made = [two, three].map(({ arn }) => state.ledger.resources.tryFind(arn)!);
  made.forEach((each) => state.removeResource(each));
  [two, three].forEach((each) => state.addResource(each));
  expect([both(two), both(three)]).toEqual([
    [100, 100],
    [100, 100],
  ]);
  // Ten days after its first.
  expect([backUp(state, one.arn), copy(state, one.arn)]).toEqual([10, 10]);
});

test('of two copies of one point either is enough to build on', () => {
  const { one, state } = staged('rds');
  backUp(state, one.arn);
  expect([copy(state, one.arn, vaultArn('other')), copy(state, one.arn, vaultArn('third'))]).toEqual([100, 0]);
  remove(state, one.arn, 0, 'third');
  backUp(state, one.arn);
  expect(copy(state, one.arn, vaultArn('other'))).toBe(3);
});

test('when the newest backup is gone the next builds on the newest left, in whichever vault', () => {
  const { one, state } = staged('ebs');
  const vaults = ['main', 'other', 'main', 'other'];
  expect(vaults.map((name) => backUp(state, one.arn, name))).toEqual([100, 1, 1, 1]);
  remove(state, one.arn, -1, 'other');
  expect(backUp(state, one.arn)).toBe(2);
});

test('a backup builds on what is left where the newest goes, though the resource was declared again meanwhile (B4.4/2)', () => {
  const { one, state } = staged('efs');
  expect([backUp(state, one.arn), backUp(state, one.arn)]).toEqual([100, 1]);
  state.addResource({ ...one, tags: { team: 'a' } });
  remove(state, one.arn, -1);
  // Two days of change since the first.
  expect(backUp(state, one.arn)).toBe(2);
});

describe('what the newest point is is known of each resource (B4.4/2)', () => {
  /** What the next backup of one of many moves, after its newest point was deleted. */
  function afterDeletion(count: number, nth: number, before: (state: WorldState, all: StatefulResource[]) => void) {
    const all = Array.from({ length: count }, (_, n) =>
      resource('efs', `fs-${n}`, { sizeGiB: 100, dailyChangePercent: 1 }),
    );
    const state = world('2027-01-01', { vaults: [vault('main')], resources: all });
    all.forEach(({ arn }) => {
      startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: arn, IamRoleArn: ROLE });
    });
    state.runUntil(state.now + DAY);
    const { arn } = all[nth]!;
    expect(backUp(state, arn)).toBe(1);
    before(state, all);
    remove(state, arn, -1);
    return backUp(state, arn);
  }

  test.each([1023, 1024, 1025])('also of one that comes after %d others', (others) => {
    expect(afterDeletion(others + 1, others, () => undefined)).toBe(2);
  });

  test('also when another that was listed later is made anew', () => {
    const anew = (state: WorldState, all: StatefulResource[]) => {
      state.removeResource(state.ledger.resources.tryFind(all[3]!.arn)!);
      state.addResource(all[3]!);
    };
    expect(afterDeletion(4, 1, anew)).toBe(2);
  });
});
