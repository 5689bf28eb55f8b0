// What StartBackupJob takes, what it answers, and what its point is.
import type { StartBackupJobInput } from '@aws-sdk/client-backup';
import type { BackupVault, Estate } from '@holdfast/model';
import { describeBackupJob } from '../../../engine/src/operations/backup/describe-backup-job';
import { describeRecoveryPoint } from '../../../engine/src/operations/backup/describe-recovery-point';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { HOUR, ENV, resource, ROLE, until, vault, vaultArn, world } from '../scenarios/stage';

const FILES = resource('efs', 'fs-1');
const DISK = resource('ebs', 'vol-1');
const BUCKET = resource('s3', 'docs');
const AIR_GAP = { backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 365 };

function staged(more: Estate = {}, vaults: BackupVault[] = [vault('main'), vault('other')]) {
  return world('2027-01-01', {
    vaults,
    logicallyAirGappedVaults: [AIR_GAP],
    resources: [FILES, DISK, BUCKET],
    ...more,
  });
}

function input(more: Partial<StartBackupJobInput> = {}): StartBackupJobInput {
  return { BackupVaultName: 'main', ResourceArn: FILES.arn, IamRoleArn: ROLE, ...more };
}

describe('StartBackupJob', () => {
  test.each(['BackupVaultName', 'ResourceArn', 'IamRoleArn'])('fails without %s (B4.2/1)', (member) => {
    expect(() => startBackupJob(staged(), ENV, input({ [member]: undefined }))).toThrow(`${member} is required.`);
  });

  test.each([
    ['account', { ...ENV, account: '444455556666' }],
    ['Region', { ...ENV, region: 'eu-west-1' }],
  ])('does not find a resource of another %s (B4.2/1)', (_, env) => {
    const state = staged({ vaults: [vault('main'), vault('main', { env })] });
    expect(() => startBackupJob(state, env, input())).toThrow(`Could not find resource ${FILES.arn}`);
    expect(state.summary().backupJobs).toEqual({});
  });

  // prettier-ignore
  test.each([
    [59,        'StartWindowMinutes must be a whole number of minutes from 60 to 52560000'],
    [60,        new Date('2027-01-01T01:00:00Z')],
    [undefined, new Date('2027-01-01T08:00:00Z')],
  ])('with a start window of %s minutes (B4.2/1, B4.1/3)', (StartWindowMinutes, expected) => {
    const state = staged();
    const started = () => startBackupJob(state, ENV, input({ StartWindowMinutes }));
    if (typeof expected === 'string') {
      expect(started).toThrow(expected);
    } else {
      expect(describeBackupJob(state, ENV, { BackupJobId: started().BackupJobId }).StartBy).toEqual(expected);
    }
  });

  // prettier-ignore
  test.each<[string, Record<string, string>, string | undefined]>([
    [BUCKET.arn, { BackupACLs: 'disabled' }, undefined],
    [FILES.arn,  {},                         undefined],
    [BUCKET.arn, { BackupACLs: 'off' },      'BackupOptions.BackupACLs must be enabled or disabled, got off'],
    [BUCKET.arn, { WindowsVSS: 'enabled' },  'BackupOptions.WindowsVSS must be BackupACLs or BackupObjectTags, got WindowsVSS'],
    [FILES.arn,  { WindowsVSS: 'enabled' },  'BackupOptions: the service of the resource must be EC2 or S3, got EFS'],
  ])('takes of %s the options %j, or not (API, B2.4/1)', (ResourceArn, BackupOptions, refused) => {
    const start = () => startBackupJob(staged(), ENV, input({ ResourceArn, BackupOptions }));
    if (refused === undefined) {
      expect(start().BackupJobId).toBeDefined();
    } else {
      expect(start).toThrow(refused);
    }
  });

  test.each([0, 1, 52_560_000, 52_560_001, 1.5])('with a completion window of %s minutes (B2.1)', (minutes) => {
    const start = () => startBackupJob(staged(), ENV, input({ CompleteWindowMinutes: minutes }));
    if (minutes === 1 || minutes === 52_560_000) {
      expect(start().BackupJobId).toBeDefined();
    } else {
      expect(start).toThrow('CompleteWindowMinutes must be a whole number of minutes from 1 to 52560000');
    }
  });

  test('gives its point lifecycle, and expires when its completion window closes (B4.2/1)', () => {
    const big = resource('efs', 'fs-2', { sizeGiB: 5000 });
    const state = staged({ resources: [FILES, big] });
    startBackupJob(state, ENV, input({ Lifecycle: { MoveToColdStorageAfterDays: 10, DeleteAfterDays: 100 } }));
    startBackupJob(state, ENV, input({ ResourceArn: big.arn, CompleteWindowMinutes: 120 }));
    until(state, '2027-01-02');
    expect(state.pointsOf(FILES.arn)).toMatchObject([
      { coldAt: Date.UTC(2027, 0, 11), deleteAt: Date.UTC(2027, 3, 11), why: 'StartBackupJob made it' },
    ]);
    expect(state.jobsOf(big.arn)).toMatchObject([{ state: 'EXPIRED', completedAt: Date.UTC(2027, 0, 1, 2) }]);
  });

  test('answers a repeated token with the job of the first call, and another token with another (B1.5, B4.2/1)', () => {
    const state = staged();
    const first = startBackupJob(state, ENV, input({ IdempotencyToken: 'a' }));
    state.runUntil(state.now + HOUR);
    expect(startBackupJob(state, ENV, input({ IdempotencyToken: 'a' }))).toMatchObject({
      BackupJobId: first.BackupJobId,
      CreationDate: first.CreationDate,
    });
    expect(state.jobsOf(FILES.arn)).toHaveLength(1);
    expect(startBackupJob(state, ENV, input({ IdempotencyToken: 'b' })).BackupJobId).not.toBe(first.BackupJobId);
    const elsewhere = startBackupJob(state, ENV, input({ ResourceArn: DISK.arn, IdempotencyToken: 'a' }));
    expect(elsewhere.BackupJobId).not.toBe(first.BackupJobId);
  });

  test('makes a snapshot of what could be continuous, with nobody as its creator (B4.2/2, B5.3/7)', () => {
    const state = staged();
    const answer = startBackupJob(state, ENV, input({ ResourceArn: BUCKET.arn, Lifecycle: { DeleteAfterDays: 7 } }));
    expect(answer).toEqual({
      BackupJobId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      CreationDate: new Date('2027-01-01T00:00:00Z'),
      IsParent: false,
    });
    until(state, '2027-01-02');
    const [point] = state.pointsOf(BUCKET.arn);
    expect(point?.continuous).toBe(false);
    const described = describeRecoveryPoint(state, ENV, {
      BackupVaultName: 'main',
      RecoveryPointArn: point?.recoveryPointArn,
    });
    expect(described.CreatedBy).toBeUndefined();
    expect(described.IamRoleArn).toBe(ROLE);
  });

  test('looks at no opt-in (B3.3/5)', () => {
    const state = staged({ regionSettings: [{ env: ENV, resourceTypeOptInPreference: { EFS: false } }] });
    startBackupJob(state, ENV, input());
    until(state, '2027-01-02');
    expect(state.jobsOf(FILES.arn)).toMatchObject([{ state: 'COMPLETED' }]);
  });
});

describe('StartBackupJob with a logically air-gapped target', () => {
  const aimed = (more: Partial<StartBackupJobInput> = {}) =>
    input({
      LogicallyAirGappedBackupVaultArn: vaultArn('gap'),
      Lifecycle: { DeleteAfterDays: 30 },
      ...more,
    });

  test('puts what AWS Backup manages fully there, and nothing into the other vault (B4.2/1, B7.6/1)', () => {
    const state = until(staged(), '2027-01-01T01:00Z');
    startBackupJob(state, ENV, aimed());
    until(state, '2027-01-02');
    expect(state.pointsOf(FILES.arn).map((point) => point.backupVaultName)).toEqual(['gap']);
  });

  test('takes others there by way of a temporary point (B4.2/1, B7.6/2)', () => {
    const state = until(staged(), '2027-01-01T01:00Z');
    startBackupJob(state, ENV, aimed({ ResourceArn: DISK.arn }));
    until(state, '2027-01-02');
    expect(state.pointsOf(DISK.arn)).toMatchObject([
      { backupVaultName: 'gap', why: 'StartBackupJob targets this vault, by way of vault main' },
    ]);
    expect(state.summary().recoveryPoints).toMatchObject({ created: 2, deleted: 1 });
  });

  test('leaves what no air-gapped vault takes in the other vault, with a message (B4.2/1, B7.6/4)', () => {
    const table = resource('dynamodb', 'orders');
    const state = until(staged({ resources: [table] }), '2027-01-01T01:00Z');
    const { BackupJobId } = startBackupJob(state, ENV, aimed({ ResourceArn: table.arn }));
    until(state, '2027-01-02');
    expect(state.pointsOf(table.arn)).toMatchObject([{ backupVaultName: 'main' }]);
    expect(describeBackupJob(state, ENV, { BackupJobId })).toMatchObject({
      State: 'COMPLETED',
      MessageCategory: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT_NOT_SUPPORTED',
    });
  });

  test.each([vaultArn('other'), vaultArn('nowhere'), vaultArn('gap', { ...ENV, region: 'us-east-1' })])(
    'fails with %s, which is none of this account and Region (B2.1)',
    (LogicallyAirGappedBackupVaultArn) => {
      expect(() => startBackupJob(staged(), ENV, aimed({ LogicallyAirGappedBackupVaultArn }))).toThrow(
        'LogicallyAirGappedBackupVaultArn must be a logically air-gapped vault of this account and Region, got ',
      );
    },
  );
});

test('StartCopyJob answers a repeated token with the job of the first call (B1.5, B6.2/5)', () => {
  const state = staged();
  startBackupJob(state, ENV, input());
  until(state, '2027-01-02');
  startBackupJob(state, ENV, input({ IdempotencyToken: 'second' }));
  until(state, '2027-01-02T12:00:00Z');
  const made = state.pointsOf(FILES.arn);
  const copy = (IdempotencyToken: string, point = 0) =>
    startCopyJob(state, ENV, {
      RecoveryPointArn: made[point]?.recoveryPointArn,
      SourceBackupVaultName: 'main',
      DestinationBackupVaultArn: vaultArn('other'),
      IamRoleArn: ROLE,
      IdempotencyToken,
    });
  const first = copy('a');
  until(state, '2027-01-03');
  expect(copy('a')).toEqual(first);
  expect(copy('b').CopyJobId).not.toBe(first.CopyJobId);
  expect(copy('a', 1).CopyJobId).not.toBe(first.CopyJobId);
});
