// How many jobs run at once, and how many points a vault takes.
import { BackupLimits } from '@holdfast/model';
import type { StatefulResource } from '@holdfast/model';
import { lacksRoom } from '../../../engine/src/domain/restore-limits';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { describeRestoreJob } from '../../../engine/src/operations/backup/describe-restore-job';
import { getRecoveryPointIndexDetails } from '../../../engine/src/operations/backup/get-recovery-point-index-details';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { listCopyJobs } from '../../../engine/src/operations/backup/list-copy-jobs';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { stopBackupJob } from '../../../engine/src/operations/backup/stop-backup-job';
import { updateRecoveryPointIndexSettings } from '../../../engine/src/operations/backup/update-recovery-point-index-settings';
import { ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const IRELAND = { ...ENV, region: 'eu-west-1' };
const MAIN = { BackupVaultName: 'main' };
const DAILY = 'cron(0 5 * * ? *)';

function tables(count: number, sizeGiB = 1, env = ENV): StatefulResource[] {
  return Array.from({ length: count }, (_, i) => resource('timestream', `sensors/heat-${i}`, { sizeGiB, env }));
}

function states(state: WorldState, env = ENV): string[] {
  return (listBackupJobs(state, env, {}).BackupJobs ?? []).map(({ State = '' }) => State).sort();
}

describe('backups of Timestream (B4.3/1)', () => {
  test('run four at once, in each Region; the fifth runs as soon as one is over, and all complete', () => {
    const state = world('2027-01-01', {
      vaults: [vault('main'), vault('main', { env: IRELAND })],
      resources: [...tables(6), ...tables(4, 1, IRELAND), ...[1, 2, 3, 4, 5].map((i) => resource('efs', `fs-${i}`))],
      plans: [
        plan('p', [rule('r', { scheduleExpression: DAILY })]),
        plan('q', [rule('r', { scheduleExpression: DAILY })], { env: IRELAND }),
      ],
    });
    until(state, '2027-01-01T05:01:00Z');
    expect(states(state)).toEqual(['CREATED', 'CREATED', ...Array<string>(9).fill('RUNNING')]);
    expect(states(state, IRELAND)).toEqual(Array<string>(4).fill('RUNNING'));
    until(state, '2027-01-01T05:02:10Z');
    expect(states(state).filter((one) => one === 'PENDING')).toHaveLength(2);
    until(state, '2027-01-01T06:00:00Z');
    expect(states(state)).toEqual(Array<string>(11).fill('COMPLETED'));
    const startedAts = tables(6).map(({ arn }) => state.jobsOf(arn)[0]?.startedAt ?? 0);
    expect(new Set(startedAts).size).toBe(2);
  });

  test('have their turn whatever virtual machines run', () => {
    const machines = [1, 2, 3, 4].map((n) => resource('virtual-machine', `vm-${n}`));
    const plans = [plan('p', [rule('r', { scheduleExpression: DAILY })])];
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [...tables(4), ...machines], plans });
    until(state, '2027-01-01T05:01:00Z');
    expect(states(state)).toEqual(Array<string>(8).fill('RUNNING'));
  });

  test('expire where none of the four is over within the start window, and leave the place to others', () => {
    const state = world('2027-01-01', { vaults: [vault('main')], resources: tables(6, 1000) });
    const start = ({ arn }: StatefulResource) =>
      startBackupJob(state, ENV, { ...MAIN, ResourceArn: arn, IamRoleArn: ROLE, StartWindowMinutes: 60 }).BackupJobId;
    const ids = tables(6).map(start);
    until(state, '2027-01-01T00:30:00Z');
    expect(states(state)).toEqual(['CREATED', 'CREATED', ...Array<string>(4).fill('RUNNING')]);
    stopBackupJob(state, ENV, { BackupJobId: ids[0] });
    until(state, '2027-01-02T00:00:00Z');
    expect(states(state)).toEqual(['ABORTED', ...Array<string>(4).fill('COMPLETED'), 'EXPIRED']);
  });
});

test('restores of Timestream run one at a time; what is backed up otherwise does not wait (B4.3/1)', () => {
  const [one, files] = [tables(1)[0]!, resource('efs', 'fs-1')];
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [one, files] });
  for (const { arn: ResourceArn } of [one, files]) {
    startBackupJob(state, ENV, { ...MAIN, ResourceArn, IamRoleArn: ROLE });
  }
  until(state, '2027-01-01T01:00:00Z');
  const start = ({ arn }: StatefulResource, Metadata: Record<string, string>) =>
    startRestoreJob(state, ENV, {
      ...{ RecoveryPointArn: state.pointsOf(arn)[0]?.recoveryPointArn, IamRoleArn: ROLE, Metadata },
    }).RestoreJobId;
  const table = (TableName: string) => start(one, { DestinationDatabase: 'sensors', TableName });
  const ids = [table('a'), table('b'), start(files, { 'file-system-id': 'fs-1', newFileSystem: 'true' })];
  ids.push(start(files, { 'file-system-id': 'fs-1', newFileSystem: 'true', Encrypted: 'true' }));
  const shown = () => ids.map((RestoreJobId) => describeRestoreJob(state, ENV, { RestoreJobId }).Status);
  until(state, '2027-01-01T01:02:00Z');
  expect(shown()).toEqual(['RUNNING', 'PENDING', 'RUNNING', 'RUNNING']);
  until(state, '2027-01-01T02:00:00Z');
  expect(shown()).toEqual(Array<string>(4).fill('COMPLETED'));
  const [first, second] = ids.map((RestoreJobId) => describeRestoreJob(state, ENV, { RestoreJobId }).CompletionDate);
  expect(Number(second)).toBeGreaterThan(Number(first));
});

// prettier-ignore
test.each([
  ['the first',                       0, 'other', false],
  ['the fifth, into other clusters',  4, 'other', false],
  ['the sixth',                       5, 'other', true],
  ['the second into one cluster',     1, 'same',  true],
])('of restores of EKS %s waits: %#', (_which, running, target, waits) => {
  const job = (state: number, arn: string, service = 'eks', env = ENV, test?: object) =>
    ({ state, resource: { service: { id: service } }, request: { env, test }, target: { arn } }) as never;
  const RUNNING = 2;
  const all = [
    ...Array.from({ length: running }, (_, i) => job(RUNNING, target === 'same' ? 'arn:same' : `arn:${i}`)),
    // Of other services, elsewhere, of tests, or over.
    job(RUNNING, 'arn:same', 'efs'),
    job(RUNNING, 'arn:same', 'eks', IRELAND),
    job(RUNNING, 'arn:same', 'eks', ENV, {}),
    job(5, 'arn:same'),
  ];
  expect(lacksRoom(all, job(1, 'arn:same'))).toBe(waits);
  // One that runs has its place.
  expect(lacksRoom(all, job(RUNNING, 'arn:same'))).toBe(false);
});

test('five indexes of a resource are made at once, the sixth afterwards (B5.5/1)', () => {
  const bucket = resource('s3', 'docs', { sizeGiB: 100 });
  const rules = [rule('hourly', { scheduleExpression: 'cron(0 * * * ? *)' })];
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [bucket], plans: [plan('p', rules)] });
  until(state, '2027-01-01T06:30:00Z');
  const arns = state.pointsOf(bucket.arn).map(({ recoveryPointArn }) => recoveryPointArn);
  expect(arns).toHaveLength(7);
  const asked = { ...MAIN, Index: 'ENABLED' as const, IamRoleArn: ROLE };
  arns.slice(0, 6).forEach((RecoveryPointArn) => {
    updateRecoveryPointIndexSettings(state, ENV, { ...asked, RecoveryPointArn });
  });
  until(state, '2027-01-01T06:59:00Z');
  const details = arns
    .slice(0, 6)
    .map((RecoveryPointArn) => getRecoveryPointIndexDetails(state, ENV, { ...MAIN, RecoveryPointArn }));
  expect(details.map(({ IndexStatus }) => IndexStatus)).toEqual(Array<string>(6).fill('ACTIVE'));
  const ends = details.map(({ IndexCompletionDate }) => Number(IndexCompletionDate));
  expect(new Set(ends.slice(0, 5)).size).toBe(1);
  expect(ends[5]).toBe(Number(ends[0]) + (Number(ends[0]) - Date.parse('2027-01-01T06:30:00Z')));
});

// prettier-ignore
test.each([[BackupLimits.RECOVERY_POINTS_OF_VAULT - 1, 'COMPLETED'], [BackupLimits.RECOVERY_POINTS_OF_VAULT, 'FAILED']])(
  'a vault of %d recovery points takes backups and copies that are %s', (live, expected) => {
  const files = resource('efs', 'fs-1');
  const fill = (name: string) => {
    const copyActions = [{ destinationBackupVaultArn: vaultArn('other') }];
    const state = world('2027-01-01', {
      vaults: [vault('main'), vault('other')],
      resources: [files],
      plans: [plan('p', [rule('r', { scheduleExpression: DAILY, copyActions })])],
    });
    const filled = state.ledger.vaults.tryFind(ENV, name);
    filled!.live = live;
    return until(state, '2027-01-02');
  };
  const [backup] = listBackupJobs(fill('main'), ENV, {}).BackupJobs ?? [];
  const [copy] = listCopyJobs(fill('other'), ENV, {}).CopyJobs ?? [];
  expect([backup?.State, copy?.State]).toEqual([expected, expected]);
  expect(/limit of recovery points/.test(backup?.StatusMessage ?? '')).toBe(expected === 'FAILED');
  expect(backup?.MessageCategory).toBe(expected === 'FAILED' ? 'LimitExceeded' : 'SUCCESS');
});
