// The test vectors that concern vaults and their locks, by their numbers.
import type { Lifecycle } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { DeployRefusal } from '../../../engine/src/ingest/deploy-call';
import { createLogicallyAirGappedBackupVault } from '../../../engine/src/operations/backup/create-logically-air-gapped-backup-vault';
import { deleteBackupVault } from '../../../engine/src/operations/backup/delete-backup-vault';
import { deleteBackupVaultLockConfiguration } from '../../../engine/src/operations/backup/delete-backup-vault-lock-configuration';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { describeBackupVault } from '../../../engine/src/operations/backup/describe-backup-vault';
import { putBackupVaultLockConfiguration } from '../../../engine/src/operations/backup/put-backup-vault-lock-configuration';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { ENV, MINUTE, plan, resource, ROLE, rule, until, vault, world } from './stage';

const ORDERS = resource('dynamodb-advanced', 'orders');

function answerTo(operation: () => unknown): string {
  try {
    operation();
    return 'ok';
  } catch (error) {
    return error instanceof DeployRefusal ? error.fault.message : (error as Error).message;
  }
}

describe('vector 8: a lock of 7 to 30 days (B4.3/5, B7.4/3, B7.4/9)', () => {
  // prettier-ignore
  test.each<[string, Lifecycle | undefined, string]>([
    ['5 days',   { deleteAfterDays: 5 },  'FAILED'],
    ['6 days',   { deleteAfterDays: 6 },  'FAILED'],
    ['7 days',   { deleteAfterDays: 7 },  'COMPLETED'],
    ['30 days',  { deleteAfterDays: 30 }, 'COMPLETED'],
    ['31 days',  { deleteAfterDays: 31 }, 'FAILED'],
    ['for ever', {},                      'FAILED'],
  ])('%s', (_, lifecycle, state) => {
    const locked = world('2027-01-01', {
      vaults: [vault('main', { vaultLock: { minRetentionDays: 7, maxRetentionDays: 30 } })],
      resources: [ORDERS],
      plans: [plan('p', [rule('r', { lifecycle })])],
    });
    const [job] = until(locked, '2027-01-02').jobsOf(ORDERS.arn);
    expect(job?.state).toBe(state);
    expect(job?.statusMessage).toBe(
      state === 'COMPLETED'
        ? ''
        : 'Backup job failed. The retention specified in the job is not within the range specified for the target Backup Vault.',
    );
  });

  test('a point of one day that was there before still ends (B7.4/3, B7.4/5)', () => {
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [ORDERS] });
    const input = { BackupVaultName: 'main', ResourceArn: ORDERS.arn, IamRoleArn: ROLE };
    startBackupJob(state, ENV, { ...input, Lifecycle: { DeleteAfterDays: 1 } });
    until(state, '2027-01-01T12:00Z');
    putBackupVaultLockConfiguration(state, ENV, { BackupVaultName: 'main', MinRetentionDays: 7, MaxRetentionDays: 30 });
    expect(until(state, '2027-01-02T08:00Z').pointsOf(ORDERS.arn)).toEqual([]);
  });
});

test('vector 9: a lock in grace can be removed, its points cannot; three days later neither can (B7.4/1, B7.4/2, B7.4/10)', () => {
  const locked = (): WorldState => {
    const vaultLock = { minRetentionDays: 1, changeableForDays: 3 };
    const state = world('2027-01-01', { vaults: [vault('main', { vaultLock })], resources: [ORDERS] });
    const input = { BackupVaultName: 'main', ResourceArn: ORDERS.arn, IamRoleArn: ROLE };
    startBackupJob(state, ENV, { ...input, Lifecycle: { DeleteAfterDays: 1 } });
    return state;
  };
  const state = until(locked(), '2027-01-01T01:00Z');
  const RecoveryPointArn = state.pointsOf(ORDERS.arn)[0]?.recoveryPointArn;
  expect(answerTo(() => deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn }))).toContain(
    'locked',
  );
  const unlock = (at: WorldState) =>
    answerTo(() => deleteBackupVaultLockConfiguration(at, ENV, { BackupVaultName: 'main' }));
  expect(unlock(until(locked(), '2027-01-03'))).toBe('ok');
  expect(unlock(until(locked(), '2027-01-03T23:59:59.999Z'))).toBe('ok');
  const closed = until(locked(), '2027-01-04');
  expect(unlock(closed)).toContain('cannot be changed');
  expect(closed.pointsOf(ORDERS.arn)).toEqual([]);
  expect(answerTo(() => deleteBackupVault(closed, ENV, { BackupVaultName: 'main' }))).toBe('ok');
});

test('vector 10: a logically air-gapped vault has both bounds, at least 7 days, and is locked from its creation (B7.5/1)', () => {
  const state = world('2027-01-01', {});
  const create = (MinRetentionDays?: number, MaxRetentionDays?: number) =>
    answerTo(() => {
      const input = { BackupVaultName: 'gap', MinRetentionDays, MaxRetentionDays };
      return createLogicallyAirGappedBackupVault(
        state,
        ENV,
        input as Parameters<typeof createLogicallyAirGappedBackupVault>[2],
      );
    });
  expect(create(6, 30)).not.toBe('ok');
  expect(create(7, undefined)).not.toBe('ok');
  expect(create(7, 30)).toBe('ok');
  const describe = () => describeBackupVault(state, ENV, { BackupVaultName: 'gap' });
  expect(describe()).toMatchObject({ VaultState: 'CREATING', Locked: true, LockDate: new Date('2027-01-01') });
  state.runUntil(state.now + 3 * MINUTE);
  expect(describe().VaultState).toBe('AVAILABLE');
});
