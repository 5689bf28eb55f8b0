import type { BackupRule, StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { createLegalHold } from '../../../engine/src/operations/backup/create-legal-hold';
import { describeBackupVault } from '../../../engine/src/operations/backup/describe-backup-vault';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { updateRecoveryPointLifecycle } from '../../../engine/src/operations/backup/update-recovery-point-lifecycle';
import { CMK, DAY, ENV, plan, resource, ROLE, rule, story, table, until, vault, vaultArn, world } from './stage';

/** Without a key. */
const PLAIN: Partial<StatefulResource> = {};

describe('a logically air-gapped target', () => {
  const gapped = (
    service: string,
    name: string,
    ofResource: Partial<StatefulResource> = {},
    ofRule: Partial<BackupRule> = {},
  ): { state: WorldState; arn: string } => {
    const one = resource(service, name, ofResource === PLAIN ? {} : { encryptedWith: CMK, ...ofResource });
    const state = world('2027-01-01', {
      vaults: [vault('main')],
      logicallyAirGappedVaults: [
        { backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 60 },
        { backupVaultName: 'wide', env: ENV, minRetentionDays: 7, maxRetentionDays: 90 },
      ],
      resources: [one],
      plans: [plan('p', [rule('r', { targetLogicallyAirGappedBackupVaultArn: vaultArn('gap'), ...ofRule })])],
    });
    return { state: until(state, '2027-01-01T12:00Z'), arn: one.arn };
  };

  test('takes a fully managed service directly (B7.6/1)', () => {
    const { state, arn } = gapped('efs', 'fs-1');
    expect(story(state)).toEqual(
      table(`
        2027-01-01T05:00Z    | backup-job RUNNING   | fs-1 | gap | r
        2027-01-01T05:02:06Z | backup-job COMPLETED | fs-1 | gap | r
      `),
    );
    expect(state.pointsOf(arn)[0]?.recoveryPointArn).toMatch(/^arn:aws:backup:.*:recovery-point:/);
  });

  test('takes others by way of a temporary point (B7.6/2)', () => {
    expect(story(gapped('ebs', 'vol-1').state)).toEqual(
      table(`
        2027-01-01T05:00Z    | backup-job RUNNING     | vol-1 | main | r
        2027-01-01T05:02:06Z | backup-job COMPLETED   | vol-1 | main | r
        2027-01-01T05:02:06Z | copy-job RUNNING       | vol-1 | gap  | r
        2027-01-01T05:04:12Z | copy-job COMPLETED     | vol-1 | gap  | r
        2027-01-01T05:04:12Z | recovery-point deleted | vol-1 | main | r
      `),
    );
  });

  test('leaves what is on a key that AWS manages in the standard vault (B7.6/4)', () => {
    const { state, arn } = gapped('ebs', 'vol-1', { encryptedWith: 'arn:aws:kms:eu-central-1:1:alias/aws/ebs' });
    expect(state.pointsOf(arn)).toMatchObject([{ backupVaultName: 'main' }]);
    expect(state.pointsOf(arn)[0]?.why).toContain('takes Amazon EBS on a key that AWS manages');
  });

  test('keeps the temporary point when the copy that lasts as long fails, whatever other copies do (B7.6/2)', () => {
    const shorter = { destinationBackupVaultArn: vaultArn('gap'), lifecycle: { deleteAfterDays: 8 } };
    const { state, arn } = gapped('ebs', 'vol-1', {}, { lifecycle: { deleteAfterDays: 61 }, copyActions: [shorter] });
    expect(state.summary().copyJobs).toEqual({ COMPLETED: 1, FAILED: 1 });
    expect(state.pointsOf(arn).map((point) => point.backupVaultName)).toEqual(['gap', 'main']);
  });

  // Found by the simulation: another copy hung, and meanwhile the point was to be kept longer than the one in the air-gapped vault.
  test.each([
    ['leaves', 10, ['gap', 'main', 'second']],
    ['takes', 9, ['gap', 'second']],
  ])(
    '%s a temporary point that is to be kept %d days by the time its last copy is over (B7.6/2)',
    (_, days, vaults) => {
      const one = resource('ebs', 'vol-1', { encryptedWith: CMK });
      const state = world('2027-01-01', {
        vaults: [vault('main'), vault('second')],
        logicallyAirGappedVaults: [{ backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 60 }],
        resources: [one],
        plans: [
          plan('p', [
            rule('r', {
              targetLogicallyAirGappedBackupVaultArn: vaultArn('gap'),
              lifecycle: { deleteAfterDays: 9 },
              copyActions: [{ destinationBackupVaultArn: vaultArn('second') }],
            }),
          ]),
        ],
      });
      until(state, '2027-01-01T05:05Z');
      const temporary = state.pointsOf(one.arn).find(({ backupVaultName }) => backupVaultName === 'main');
      updateRecoveryPointLifecycle(state, ENV, {
        BackupVaultName: 'main',
        RecoveryPointArn: temporary?.recoveryPointArn,
        Lifecycle: { DeleteAfterDays: days },
      });
      const points = until(state, '2027-01-01T12:00Z').pointsOf(one.arn);
      expect(points.map(({ backupVaultName }) => backupVaultName).sort()).toEqual(vaults);
    },
  );

  test('gives the temporary point up after a copy by hand that lasts as long (B7.6/2)', () => {
    const { state, arn } = gapped('ebs', 'vol-1', {}, { lifecycle: { deleteAfterDays: 61 } });
    state.runUntil(state.now + DAY / 24);
    startCopyJob(state, ENV, {
      RecoveryPointArn: state.pointsOf(arn)[0]?.recoveryPointArn,
      SourceBackupVaultName: 'main',
      DestinationBackupVaultArn: vaultArn('wide'),
      IamRoleArn: ROLE,
    });
    expect(
      until(state, '2027-01-01T14:00Z')
        .pointsOf(arn)
        .map((point) => point.backupVaultName),
    ).toEqual(['wide']);
  });

  test('is there for a rule that fires at the very start', () => {
    const { state } = gapped('efs', 'fs-1', {}, { scheduleExpression: 'cron(0 0 ? * * *)' });
    expect(state.summary().backupJobs).toEqual({ COMPLETED: 1 });
  });

  test('leaves the point in the standard vault when no such vault takes the service (B7.6/4)', () => {
    const { state, arn } = gapped('neptune', 'n-1', { encryptedWith: CMK });
    const plain = gapped('neptune', 'n-1', PLAIN);
    expect(plain.state.pointsOf(plain.arn)).toMatchObject([{ backupVaultName: 'main' }]);
    expect(plain.state.pointsOf(plain.arn)[0]?.why).toContain('takes Amazon Neptune that is not encrypted');
    const unsupported = gapped('redshift', 'cluster-1');
    expect(state.pointsOf(arn).map((point) => point.backupVaultName)).toEqual(['gap']);
    expect(unsupported.state.pointsOf(unsupported.arn)).toMatchObject([{ backupVaultName: 'main' }]);
    expect(unsupported.state.pointsOf(unsupported.arn)[0]?.why).toContain('no logically air-gapped vault takes');
    // Fully managed or not.
    const managed = gapped('sap-hana', 'hana-1');
    expect(managed.state.pointsOf(managed.arn)).toMatchObject([{ backupVaultName: 'main' }]);
  });
});

describe('a continuous rule with a logically air-gapped target (B7.6/3)', () => {
  const CLUSTER = resource('aurora', 'ledger', { encryptedWith: CMK, sizeGiB: 10 });
  const started = (one: StatefulResource, maxRetentionDays = 60) =>
    world('2027-01-01', {
      vaults: [vault('main')],
      logicallyAirGappedVaults: [{ backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays }],
      resources: [one],
      plans: [
        plan('p', [
          rule('r', {
            ...{ enableContinuousBackup: true, lifecycle: { deleteAfterDays: 35 } },
            targetLogicallyAirGappedBackupVaultArn: vaultArn('gap'),
          }),
        ]),
      ],
    });
  const shown = (state: WorldState, { arn }: StatefulResource) =>
    state.pointsOf(arn).map((point) => `${point.continuous ? 'continuous' : 'snapshot'} in ${point.backupVaultName}`);

  test('keeps what is not fully managed in the standard vault, and copies a temporary snapshot at each run', () => {
    const state = started(CLUSTER);
    until(state, '2027-01-01T05:04:00Z');
    expect(shown(state, CLUSTER)).toEqual(['continuous in main', 'snapshot in main']);
    const temporary = state.pointsOf(CLUSTER.arn)[1];
    until(state, '2027-01-03T12:00:00Z');
    expect(shown(state, CLUSTER).sort()).toEqual(['continuous in main', ...Array<string>(3).fill('snapshot in gap')]);
    const copies = state.pointsOf(CLUSTER.arn).filter(({ backupVaultName }) => backupVaultName === 'gap');
    expect(copies[0]).toMatchObject({ copyOf: { recoveryPointArn: temporary?.recoveryPointArn } });
    expect(copies.map(({ createdAt }) => new Date(createdAt).toISOString().slice(0, 16))).toEqual([
      '2027-01-01T05:00',
      '2027-01-02T05:00',
      '2027-01-03T05:00',
    ]);
    expect(state.summary().copyJobs).toEqual({ COMPLETED: 3 });
    const counts = ['main', 'gap'].map((BackupVaultName) => describeBackupVault(state, ENV, { BackupVaultName }));
    expect(counts.map(({ NumberOfRecoveryPoints }) => NumberOfRecoveryPoints)).toEqual([1, 3]);
  });

  test('leaves a temporary snapshot that a legal hold keeps when its copy is over (B5.4/4)', () => {
    const state = started(CLUSTER);
    until(state, '2027-01-01T05:04:00Z');
    const RecoveryPointSelection = { ResourceIdentifiers: [CLUSTER.arn] };
    createLegalHold(state, ENV, { Title: 'case', Description: 'of 2027', RecoveryPointSelection });
    until(state, '2027-01-01T12:00:00Z');
    expect(shown(state, CLUSTER).sort()).toEqual(['continuous in main', 'snapshot in gap', 'snapshot in main']);
  });

  test('takes the temporary snapshot away though its copy fails', () => {
    const state = started(CLUSTER, 30);
    until(state, '2027-01-01T12:00:00Z');
    expect(state.summary().copyJobs).toEqual({ FAILED: 1 });
    expect(shown(state, CLUSTER)).toEqual(['continuous in main']);
    expect(story(state).at(-1)).toBe('2027-01-01T05:03Z | recovery-point deleted | ledger | main | r');
  });

  test('keeps a bucket continuously in the air-gapped vault', () => {
    const bucket = resource('s3', 'docs');
    expect(shown(until(started(bucket), '2027-01-02T12:00:00Z'), bucket)).toEqual(['continuous in gap']);
  });

  test('leaves alone what is on a key that AWS manages', () => {
    const kept = { ...CLUSTER, encryptedWith: 'arn:aws:kms:eu-central-1:1:alias/aws/rds' };
    const state = until(started(kept), '2027-01-02T12:00:00Z');
    expect(shown(state, kept)).toEqual(['continuous in main']);
    expect(state.summary().copyJobs).toEqual({});
  });
});
