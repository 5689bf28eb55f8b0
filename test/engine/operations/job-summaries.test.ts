import type { Environment, Estate } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { DAY, HOUR } from '../../../engine/src/kernel/instant';
import { listBackupJobSummaries } from '../../../engine/src/operations/backup/list-backup-job-summaries';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { listCopyJobSummaries } from '../../../engine/src/operations/backup/list-copy-job-summaries';
import { listCopyJobs } from '../../../engine/src/operations/backup/list-copy-jobs';
import { listRestoreJobSummaries } from '../../../engine/src/operations/backup/list-restore-job-summaries';
import { listRestoreJobs } from '../../../engine/src/operations/backup/list-restore-jobs';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { createOrganization } from '../../../engine/src/operations/organizations/create-organization';
import { inviteAccountToOrganization } from '../../../engine/src/operations/organizations/invite-account-to-organization';
import { acceptHandshake } from '../../../engine/src/operations/organizations/accept-handshake';
import { ENV, plan, resource, ROLE, rule, vault, vaultArn, world } from '../scenarios/stage';

const OTHER: Environment = { ...ENV, account: '444455556666' };
const START = '2027-01-01T00:00:00Z';
const FS = resource('efs', 'fs-1');

/** Two accounts, each with a daily backup at 05:00Z and a copy; the second has a volume whose job fails, too. */
function staged(organized: boolean): WorldState {
  const daily = (env: Environment) =>
    plan('p', [rule('d', { copyActions: [{ destinationBackupVaultArn: vaultArn('second', env) }] })], { env });
  const estate: Estate = {
    vaults: [ENV, OTHER].flatMap((env) => [vault('main', { env }), vault('second', { env })]),
    resources: [FS, resource('efs', 'fs-2', { env: OTHER }), resource('ec2', 'i-2', { env: OTHER, state: 'pending' })],
    plans: [daily(ENV), daily(OTHER)],
  };
  const state = world(START, estate);
  if (organized) {
    createOrganization(state, ENV, {});
    const { Handshake } = inviteAccountToOrganization(state, ENV, { Target: { Type: 'ACCOUNT', Id: OTHER.account } });
    acceptHandshake(state, OTHER, { HandshakeId: Handshake?.Id });
  }
  return state;
}

function later(state: WorldState, ms: number): WorldState {
  state.runUntil(state.now + ms);
  return state;
}

function lines(summaries: readonly object[] | undefined): string[] {
  return (summaries ?? []).map((one) => {
    const { StartTime, AccountId, State, ResourceType, Count } = one as Record<string, string> & { StartTime: Date };
    return `${StartTime.toISOString().slice(0, 10)} ${AccountId} ${State} ${ResourceType} ${Count}`;
  });
}

test('days end at midnight and the present one is left out (B14.4/1)', () => {
  const state = later(staged(false), 6 * HOUR);
  const days = () => lines(listBackupJobSummaries(state, ENV, { AggregationPeriod: 'ONE_DAY' }).BackupJobSummaries);
  expect(days()).toEqual([]);
  later(state, 2 * DAY);
  expect(days()).toEqual([`2027-01-01 ${ENV.account} COMPLETED EFS 1`, `2027-01-02 ${ENV.account} COMPLETED EFS 1`]);
  later(state, 18 * DAY);
  expect(days()).toHaveLength(14);
  const summed = (AggregationPeriod?: 'SEVEN_DAYS' | 'FOURTEEN_DAYS') =>
    listBackupJobSummaries(
      state,
      ENV,
      AggregationPeriod === undefined ? {} : { AggregationPeriod },
    ).BackupJobSummaries?.map(({ Count }) => Count);
  expect(summed('SEVEN_DAYS')).toEqual([7]);
  expect(summed('FOURTEEN_DAYS')).toEqual([14]);
  expect(summed()).toEqual([14]);
  expect(() => listBackupJobSummaries(state, ENV, { AggregationPeriod: 'ONE_WEEK' as 'ONE_DAY' })).toThrow('ONE_WEEK');
});

test('the account that watches over others counts each, or all in one sum; a member its own alone (B11.7/3)', () => {
  const state = later(staged(true), DAY + HOUR);
  const asked = (caller: Environment, AccountId?: string, more = {}) =>
    lines(listBackupJobSummaries(state, caller, { ...(AccountId && { AccountId }), ...more }).BackupJobSummaries);
  expect(asked(ENV)).toEqual([`2026-12-19 ${ENV.account} COMPLETED EFS 1`]);
  expect(asked(ENV, 'ANY')).toEqual([
    `2026-12-19 ${ENV.account} COMPLETED EFS 1`,
    `2026-12-19 ${OTHER.account} COMPLETED EFS 1`,
    `2026-12-19 ${OTHER.account} FAILED EC2 1`,
  ]);
  expect(asked(ENV, 'AGGREGATE_ALL')).toEqual([
    '2026-12-19 AGGREGATE_ALL COMPLETED EFS 2',
    '2026-12-19 AGGREGATE_ALL FAILED EC2 1',
  ]);
  expect(asked(ENV, 'AGGREGATE_ALL', { State: 'AGGREGATE_ALL', ResourceType: 'AGGREGATE_ALL' })).toEqual([
    '2026-12-19 AGGREGATE_ALL AGGREGATE_ALL AGGREGATE_ALL 3',
  ]);
  expect(asked(ENV, OTHER.account, { State: 'FAILED' })).toEqual([`2026-12-19 ${OTHER.account} FAILED EC2 1`]);
  expect(asked(OTHER, 'ANY', { ResourceType: 'EFS' })).toEqual([`2026-12-19 ${OTHER.account} COMPLETED EFS 1`]);
  expect(asked(OTHER, ENV.account, { ResourceType: 'EFS' })).toEqual([`2026-12-19 ${OTHER.account} COMPLETED EFS 1`]);
  expect(asked(ENV, 'ANY', { MessageCategory: 'success' })).toHaveLength(2);
  expect(asked(ENV, 'ANY', { MessageCategory: 'InvalidState' })).toHaveLength(1);
});

test('copies count for their source, restores for the vault of their point (B14.4/1, B11.7/3)', () => {
  const state = later(staged(true), 12 * HOUR);
  const [point] = state.pointsOf(FS.arn);
  const Metadata = {
    'file-system-id': 'fs-1',
    Encrypted: 'false',
    newFileSystem: 'true',
    PerformanceMode: 'generalPurpose',
    CreationToken: 'x',
  };
  startRestoreJob(state, ENV, { RecoveryPointArn: point?.recoveryPointArn, IamRoleArn: ROLE, Metadata });
  later(state, 13 * HOUR);
  expect(lines(listCopyJobSummaries(state, ENV, { AccountId: 'ANY' }).CopyJobSummaries)).toEqual([
    `2026-12-19 ${ENV.account} COMPLETED EFS 1`,
    `2026-12-19 ${OTHER.account} COMPLETED EFS 1`,
  ]);
  expect(lines(listRestoreJobSummaries(state, ENV, { AccountId: 'ANY' }).RestoreJobSummaries)).toEqual([
    `2026-12-19 ${ENV.account} COMPLETED EFS 1`,
  ]);
});

test('lists take an account of the organization or all of them, from who watches over it (B11.7/3)', () => {
  const state = later(staged(true), DAY);
  const accounts = (caller: Environment, ByAccountId?: string) => [
    ...new Set(
      [
        listBackupJobs(state, caller, { ...(ByAccountId && { ByAccountId }) }).BackupJobs,
        listCopyJobs(state, caller, { ...(ByAccountId && { ByAccountId }) }).CopyJobs,
        listRestoreJobs(state, caller, { ...(ByAccountId && { ByAccountId }) }).RestoreJobs,
      ].flatMap((jobs: readonly { AccountId?: string | undefined }[] = []) => jobs.map(({ AccountId }) => AccountId)),
    ),
  ];
  expect(accounts(ENV)).toEqual([ENV.account]);
  expect(accounts(ENV, '*').sort()).toEqual([ENV.account, OTHER.account]);
  expect(accounts(ENV, OTHER.account)).toEqual([OTHER.account]);
  expect(accounts(OTHER, '*')).toEqual([OTHER.account]);
  expect(() => accounts(OTHER, ENV.account)).toThrow('Insufficient privileges');
});
