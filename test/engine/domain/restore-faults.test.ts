// What keeps restores from a copy, and from its test, and what does not: that is what copies are for.
import type { Fault } from '../../../engine/src/domain/fault';
import { restoreJobView } from '../../../engine/src/domain/restore-views';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { inject } from '../scenarios/fault-stage';
import { backedUp, jobs as tests, tested } from '../scenarios/restore-testing-stage';
import { CMK, ENV, HOUR, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const AWAY = { ...ENV, account: '444455556666', region: 'eu-west-1' };
const FILES = resource('efs', 'fs-1');

/** A copy in another account and Region, from which a restore was just asked for there. */
function restoring(keyAccount = AWAY.account) {
  const encryptionKeyArn = CMK.replace(ENV.region, AWAY.region).replace(ENV.account, keyAccount);
  const copyActions = [{ destinationBackupVaultArn: vaultArn('away', AWAY) }];
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('away', { env: AWAY, encryptionKeyArn })],
    resources: [FILES],
    plans: [plan('p', [rule('daily', { scheduleExpression: 'cron(0 5 ? * * *)', copyActions })])],
  });
  until(state, '2027-01-01T12:00Z');
  const copy = state.pointsOf(FILES.arn).find(({ copyOf }) => copyOf !== undefined);
  startRestoreJob(state, AWAY, {
    RecoveryPointArn: copy?.recoveryPointArn,
    Metadata: { 'file-system-id': 'fs-1', newFileSystem: 'true' },
    IamRoleArn: `arn:aws:iam::${AWAY.account}:role/restore`,
  });
  return state;
}

// prettier-ignore
test.each<[string, Fault, string]>([
  ['the Region that the data came from is out',      { kind: 'region-out', region: ENV.region },             'COMPLETED'],
  ['the account that it came from has no access',    { kind: 'account-suspended', account: ENV.account },    'COMPLETED'],
  ['the Region of the copy is out',                  { kind: 'region-out', region: AWAY.region },            'PENDING'],
  ['the account of the copy has no access',          { kind: 'account-suspended', account: AWAY.account },   'FAILED'],
])('a restore from a copy, where %s', (_, fault, expected) => {
  const state = restoring();
  inject(state, fault);
  until(state, '2027-01-02');
  expect(state.restores.list().map((job) => restoreJobView(job).state)).toEqual([expected]);
});

test('a restore from a copy, where the account of its key has no access (B4.3/7)', () => {
  const state = restoring('777788889999');
  inject(state, { kind: 'account-suspended', account: '777788889999' });
  until(state, '2027-01-02');
  expect(state.restores.list().map((job) => restoreJobView(job))).toMatchObject([
    {
      state: 'FAILED',
      statusMessage: 'KMS key is either disabled or pending deletion or access to KMS key is denied',
      why: 'injected: the account of the key has no access',
    },
  ]);
});

// prettier-ignore
test.each([
  ['ends within the start window', '2027-01-02T12:45:00Z', 'COMPLETED'],
  ['outlasts it',                  '2027-01-02T13:30:00Z', 'FAILED'],
])('a test of restores does not begin while its Region is out: that %s (B9.3/4)', (_, to, expected) => {
  const state = backedUp([resource('dynamodb-advanced', 'orders')]);
  inject(state, { kind: 'region-out', region: ENV.region, from: '2027-01-02T12:00:00Z', to });
  tested(state, { ScheduleExpression: 'cron(0 12 2 1 ? *)' });
  until(state, '2027-01-02T12:44:00Z');
  expect(tests(state)).toMatchObject([{ Status: 'PENDING' }]);
  until(state, '2027-01-02T20:00:00Z');
  expect(tests(state)).toMatchObject([{ Status: expected }]);
  if (expected === 'FAILED') {
    expect(tests(state)[0]?.StatusMessage).toContain('unable to start within the specified start window');
  }
});

describe('a restore in an account that an air-gapped vault is shared with', () => {
  const GUEST = { ...ENV, account: '777788889999' };
  const GAP = { backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 90 };

  // prettier-ignore
  test.each<[string, Fault, string]>([
    ['neither account is struck',               { kind: 'account-suspended', account: AWAY.account },  'COMPLETED'],
    ['the account that restores has no access', { kind: 'account-suspended', account: GUEST.account }, 'FAILED'],
    ['the account of the vault has no access',  { kind: 'account-suspended', account: ENV.account },   'FAILED'],
  ])('ends, where %s (B7.5/5)', (_, fault, expected) => {
    const plans = [plan('p', [rule('daily', { scheduleExpression: 'cron(0 5 ? * * *)', targetBackupVaultName: 'gap' })])];
    const state = world('2027-01-01', { logicallyAirGappedVaults: [GAP], resources: [FILES], plans });
    until(state, '2027-01-01T12:00Z');
    const share = state.shares.create(ENV, 's', true, undefined);
    share.resources.add(state.ledger.vaults.tryFind(ENV, 'gap')!);
    state.shares.invite(share, GUEST.account);
    state.shares.accept(share.invitations[0]!);
    startRestoreJob(state, GUEST, {
      RecoveryPointArn: state.pointsOf(FILES.arn)[0]?.recoveryPointArn,
      Metadata: { 'file-system-id': 'fs-1', newFileSystem: 'true' },
      IamRoleArn: `arn:aws:iam::${GUEST.account}:role/restore`,
    });
    inject(state, fault);
    until(state, '2027-01-02');
    expect(state.restores.list().map((job) => restoreJobView(job).state)).toEqual([expected]);
  });
});

test('a point that nobody planned is spared by what corrupts the points of a rule', () => {
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [FILES] });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: FILES.arn, IamRoleArn: ROLE });
  until(state, '2027-01-01T12:00Z');
  const restore = () => {
    startRestoreJob(state, ENV, {
      RecoveryPointArn: state.pointsOf(FILES.arn)[0]?.recoveryPointArn,
      Metadata: { 'file-system-id': 'fs-1', newFileSystem: 'true' },
      IamRoleArn: ROLE,
    });
    state.runUntil(state.now + HOUR);
    return state.restores.list().map((job) => restoreJobView(job).state);
  };
  inject(state, { kind: 'point-corrupted', rule: 'daily' });
  expect(restore()).toEqual(['COMPLETED']);
  inject(state, { kind: 'point-corrupted' });
  expect(restore()).toEqual(['COMPLETED', 'FAILED']);
});
