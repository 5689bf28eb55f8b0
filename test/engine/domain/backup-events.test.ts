import type { Change } from '../../../engine/src/domain/changes';
import { backupEventOf, clockText } from '../../../engine/src/domain/backup-events';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { putBackupVaultLockConfiguration } from '../../../engine/src/operations/backup/put-backup-vault-lock-configuration';
import { updateRegionSettings } from '../../../engine/src/operations/backup/update-region-settings';
import { events, heard } from '../scenarios/listeners';
import { ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const DAILY = 'cron(0 5 * * ? *)';
const ORDERS = resource('dynamodb-advanced', 'orders');

function copied() {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('copies') }];
  const rules = [rule('daily', { scheduleExpression: DAILY, copyActions })];
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('copies')],
    resources: [ORDERS],
    plans: [plan('p', rules)],
  });
  heard(state, 'all', { source: ['aws.backup'] });
  return until(state, '2027-01-01T12:00:00Z');
}

test('a backup job that is CREATED has id, state and date alone, later ones the rest with their quirks (B14.1/1, B14.1/2, B14.1/4)', () => {
  const [created, running, , completed] = events(copied(), 'all').filter(
    (one) => one['detail-type'] !== 'Copy Job State Change',
  );
  expect(created).toMatchObject({
    version: '0',
    source: 'aws.backup',
    account: ENV.account,
    region: ENV.region,
    resources: [],
  });
  expect(created?.time).toBe('2027-01-01T05:00:00Z');
  expect(Object.keys(created?.detail ?? {})).toEqual(['backupJobId', 'state', 'creationDate']);
  expect(running?.detail).toMatchObject({
    state: 'RUNNING',
    backupVaultName: 'main',
    bytesTransferred: '0',
    percentDone: 0,
    startBy: '2027-01-01T13:00:00.000Z',
    iamRoleArn: ROLE,
    resourceType: 'DynamoDB',
    createdBy: { backupPlanRuleId: expect.any(String) as string },
  });
  expect(running?.detail['expectedCompletionDate']).toMatch(/^Jan 1, 2027 5:0\d:\d\d AM$/);
  expect(completed?.resources).toHaveLength(1);
  expect(completed?.detail).toMatchObject({
    state: 'COMPLETED',
    percentDone: 100,
    retryCount: 1,
    backupSizeInBytes: String(2 ** 30),
    bytesTransferred: String(2 ** 30),
    backupJobId: created?.detail['backupJobId'],
  });
});

test('a copy job has its two vaults from the start, and an empty object while its point is unknown (B14.1/2, B14.1/4)', () => {
  const copies = events(copied(), 'all').filter((one) => one['detail-type'] === 'Copy Job State Change');
  const [created, running, completed] = copies;
  expect(copies.map(({ detail }) => detail['state'])).toEqual(['CREATED', 'RUNNING', 'COMPLETED']);
  expect(Object.keys(created?.detail ?? {}).sort()).toEqual(
    ['creationDate', 'destinationBackupVaultArn', 'sourceBackupVaultArn', 'state'].sort(),
  );
  expect(running?.detail).toMatchObject({ destinationRecoveryPointArn: {}, backupSizeInBytes: 2 ** 30 });
  expect(completed?.detail['destinationRecoveryPointArn']).toMatch(/^arn:aws:backup:/);
  expect(created?.resources).toEqual(running?.resources);
  expect(created?.resources).toHaveLength(1);
});

test('a recovery point has its state in status, and calculatedLifeCycle with a large C (B14.1/3)', () => {
  const [first] = events(copied(), 'all').filter((one) => one['detail-type'] === 'Recovery Point State Change');
  expect(first?.detail).toMatchObject({
    status: 'COMPLETED',
    storageClass: 'WARM',
    isEncrypted: 'true',
    lifecycle: { deleteAfterDays: 35, moveToColdStorageAfterDays: 'NOT_PRESENT' },
    calculatedLifeCycle: { deleteAt: '2027-02-05T05:00:00.000Z', moveToColdStorageAt: 'NOT_PRESENT' },
  });
  expect(first?.detail).not.toHaveProperty('state');
});

test('an on-demand job has no createdBy; a vault that is locked says so as text; opt-in names its keys (B14.1/4, B14.1/5)', () => {
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [ORDERS] });
  heard(state, 'all', { source: ['aws.backup'] });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: ORDERS.arn, IamRoleArn: ROLE });
  putBackupVaultLockConfiguration(state, ENV, { BackupVaultName: 'main', MinRetentionDays: 7 });
  updateRegionSettings(state, ENV, { ResourceTypeOptInPreference: { Aurora: true } });
  const [, running, locked, settings] = events(state, 'all');
  expect(running?.detail).toMatchObject({ state: 'RUNNING', resourceArn: ORDERS.arn });
  expect(running?.detail).not.toHaveProperty('createdBy');
  expect(locked).toMatchObject({
    resources: [vaultArn('main')],
    detail: { backupVaultName: 'main', state: 'MODIFIED', isLocked: 'true' },
  });
  expect(settings?.detail).toEqual({
    modifiedAt: '2027-01-01T00:00:00.000Z',
    ResourceTypeOptInPreference: { Aurora: true },
    state: 'MODIFIED',
  });
});

test('a restore job has state while CREATED and status afterwards, its vault when COMPLETED (B14.1/2, B14.1/3)', () => {
  const { ledger } = world('2027-01-01', {});
  const job = {
    kind: 'restore-job',
    env: ENV,
    restoreJobId: 'r',
    createdAt: ledger.now,
    completedAt: ledger.now,
    resourceType: 'EBS',
    sizeBytes: 5,
    iamRoleArn: ROLE,
    statusMessage: '',
    backupVaultArn: vaultArn('main'),
    recoveryPointArn: 'arn:aws:ec2:eu-central-1::snapshot/snap-1',
    sourceResourceArn: 'arn:source',
    createdResourceArn: 'arn:made',
    restoreTestingPlanArn: undefined,
  } as const;
  const detailOf = (state: 'CREATED' | 'RUNNING' | 'COMPLETED') =>
    backupEventOf(ledger, { ...job, state } satisfies Change)?.detail;
  expect(detailOf('CREATED')).toEqual({
    restoreJobId: 'r',
    creationDate: '2027-01-01T00:00:00.000Z',
    state: 'CREATED',
  });
  expect(detailOf('RUNNING')).toMatchObject({ status: 'RUNNING', backupSizeInBytes: '5', percentDone: 0 });
  expect(detailOf('RUNNING')).not.toHaveProperty('backupVaultArn');
  expect(detailOf('COMPLETED')).toMatchObject({
    status: 'COMPLETED',
    backupVaultArn: vaultArn('main'),
    createdResourceArn: 'arn:made',
  });
});

// prettier-ignore
test.each([
  ['2020-07-15T21:39:07Z', 'Jul 15, 2020 9:39:07 PM'],
  ['2027-01-01T00:05:00Z', 'Jan 1, 2027 12:05:00 AM'],
  ['2027-12-31T12:00:00Z', 'Dec 31, 2027 12:00:00 PM'],
])('%s is written %s', (instant, text) => {
  expect(clockText(Date.parse(instant))).toBe(text);
});
