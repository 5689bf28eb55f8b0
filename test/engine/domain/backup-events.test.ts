import { BackupEvent } from '@holdfast/model';
import type { Change, ScanJobChange } from '../../../engine/src/domain/changes';
import { backupEventOf, clockText } from '../../../engine/src/domain/backup-events';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { putBackupVaultLockConfiguration } from '../../../engine/src/operations/backup/put-backup-vault-lock-configuration';
import { updateRegionSettings } from '../../../engine/src/operations/backup/update-region-settings';
import { events, heard } from '../scenarios/listeners';
import { CMK, ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';
import { DAILY, ORDERS, copied } from '../scenarios/copied-stage';

test('a backup job that is CREATED has id, state and date alone, later ones the rest with their quirks (B14.1/1, B14.1/2, B14.1/4)', () => {
  const [created, pending, running, , completed] = events(copied(), 'all').filter(
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
  expect(pending?.detail).toMatchObject({ state: 'PENDING', backupVaultName: 'main', percentDone: 0 });
  expect(pending?.detail).not.toHaveProperty('expectedCompletionDate');
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
  expect(running?.detail).toMatchObject({ state: 'PENDING', resourceArn: ORDERS.arn });
  expect(running?.detail).not.toHaveProperty('createdBy');
  expect(locked).toMatchObject({
    resources: [vaultArn('main')],
    detail: { backupVaultName: 'main', state: 'MODIFIED', isLocked: 'true' },
  });
  expect(settings?.['detail-type']).toBe(BackupEvent.REGION_SETTING.detailType);
  expect(settings?.resources).toEqual([]);
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
    objectsFailed: false,
  } as const;
  const detailOf = (state: 'CREATED' | 'RUNNING' | 'COMPLETED') =>
    backupEventOf(ledger, { ...job, state } satisfies Change)?.detail;
  expect(detailOf('CREATED')).toEqual({
    restoreJobId: 'r',
    creationDate: '2027-01-01T00:00:00.000Z',
    state: 'CREATED',
  });
  expect(detailOf('RUNNING')).toMatchObject({ status: 'RUNNING', backupSizeInBytes: '5', percentDone: 0 });
  expect(detailOf('COMPLETED')).toMatchObject({ status: 'COMPLETED', percentDone: 100 });
  expect(detailOf('RUNNING')).not.toHaveProperty('backupVaultArn');
  expect(detailOf('COMPLETED')).toMatchObject({
    status: 'COMPLETED',
    backupVaultArn: vaultArn('main'),
    createdResourceArn: 'arn:made',
  });
});

test('a restore job that fails says why, and one without a message has none', () => {
  const { ledger } = world('2027-01-01', {});
  const job = {
    kind: 'restore-job',
    state: 'FAILED',
    ...{
      env: ENV,
      restoreJobId: 'r',
      createdAt: ledger.now,
      resourceType: 'EBS',
    },
    ...{ completedAt: undefined, sizeBytes: 5, iamRoleArn: ROLE, backupVaultArn: vaultArn('main') },
    ...{ recoveryPointArn: 'arn:point', sourceResourceArn: 'arn:source', createdResourceArn: undefined },
    restoreTestingPlanArn: undefined,
    objectsFailed: false,
  } as const;
  const eventOf = (statusMessage: string) => backupEventOf(ledger, { ...job, statusMessage } satisfies Change);
  expect(eventOf('in vain')).toMatchObject({
    source: 'aws.backup',
    detailType: 'Restore Job State Change',
    resources: ['arn:point'],
    detail: { status: 'FAILED', statusMessage: 'in vain', percentDone: 0 },
  });
  expect(eventOf('')?.detail).not.toHaveProperty('statusMessage');
});

test('an index says when it was made or deleted, and a message where it has one', () => {
  const { ledger } = until(world('2027-01-01', {}), '2027-01-02');
  const index = {
    kind: 'recovery-point-index',
    ...{ env: ENV, recoveryPointArn: 'arn:point', backupVaultArn: vaultArn('main') },
    ...{ sourceResourceArn: 'arn:source', resourceType: 'S3', iamRoleArn: ROLE },
    ...{ backupCreatedAt: Date.parse('2026-12-31'), indexCreatedAt: Date.parse('2027-01-01') },
  } as const;
  const eventOf = (status: 'ACTIVE' | 'DELETED' | 'FAILED', statusMessage = '') =>
    backupEventOf(ledger, { ...index, status, statusMessage } satisfies Change);
  expect(eventOf('ACTIVE')).toEqual({
    env: ENV,
    source: 'aws.backup',
    detailType: 'Recovery Point Index State Change',
    resources: ['arn:point'],
    detail: {
      recoveryPointArn: 'arn:point',
      accountId: ENV.account,
      indexStatus: 'ACTIVE',
      iamRoleArn: ROLE,
      resourceType: 'S3',
      backupVaultArn: vaultArn('main'),
      indexCreationTime: '2027-01-01T00:00:00.000Z',
      isIndexingContinuous: 'false',
      sourceResourceArn: 'arn:source',
      backupCreationTime: '2026-12-31T00:00:00.000Z',
      indexCompletionTime: '2027-01-02T00:00:00.000Z',
    },
  });
  expect(eventOf('DELETED')?.detail).toMatchObject({ indexDeletionTime: '2027-01-02T00:00:00.000Z' });
  expect(eventOf('DELETED')?.detail).not.toHaveProperty('indexCompletionTime');
  expect(eventOf('FAILED', 'why')?.detail).toMatchObject({ indexStatus: 'FAILED', indexStatusMessage: 'why' });
});

test('a scan names its rule as backupRuleId, and its result once there is one', () => {
  const { ledger } = world('2027-01-01', {});
  const scan = {
    kind: 'scan-job',
    ...{
      env: ENV,
      scanJobId: 'j',
      scanId: 's',
      createdAt: ledger.now,
      backupVaultArn: vaultArn('main'),
    },
    ...{
      recoveryPointArn: 'arn:point',
      baseRecoveryPointArn: undefined,
      resourceArn: 'arn:source',
      resourceType: 'EBS',
    },
    ...{ iamRoleArn: ROLE, scannerRoleArn: 'arn:scanner', malwareScanner: 'GUARDDUTY' },
  } as const;
  const eventOf = (change: Pick<ScanJobChange, 'state' | 'result' | 'completedAt' | 'statusMessage' | 'createdBy'>) =>
    backupEventOf(ledger, { ...scan, ...change } satisfies Change);
  const none = { result: undefined, completedAt: undefined, statusMessage: '', createdBy: undefined };
  const running = eventOf({ ...none, state: 'RUNNING' });
  const common = {
    ...{ accountId: ENV.account, backupVaultArn: vaultArn('main'), backupVaultName: 'main' },
    ...{ creationDate: '2027-01-01T00:00:00.000Z', iamRoleArn: ROLE, scannerRoleArn: 'arn:scanner' },
    ...{ recoveryPointArn: 'arn:point', resourceArn: 'arn:source', resourceType: 'EBS', scanId: 's', scanJobId: 'j' },
    malwareScanner: 'GUARDDUTY',
  };
  expect(running).toMatchObject({ detailType: 'Scan Job State Change', resources: ['arn:point'] });
  expect(running?.detail).toEqual({ ...common, state: 'RUNNING' });
  const createdBy = { planArn: 'arn:plan', planId: 'p', planVersion: 'v', ruleId: 'r' };
  const over = { result: 'THREATS_FOUND', completedAt: ledger.now, statusMessage: 'why', createdBy } as const;
  expect(eventOf({ ...over, state: 'COMPLETED_WITH_ISSUES' })?.detail).toEqual({
    ...common,
    state: 'COMPLETED_WITH_ISSUES',
    completionDate: '2027-01-01T00:00:00.000Z',
    scanResult: { scanResultStatus: 'THREATS_FOUND' },
    statusMessage: 'why',
    createdBy: {
      ...{ backupPlanArn: 'arn:plan', backupPlanId: 'p' },
      ...{ backupPlanVersion: 'v', backupRuleId: 'r' },
    },
  });
});

test('a plan says which of its dates is meant, with its version (B14.1/3)', () => {
  const state = world('2027-01-01', { vaults: [vault('main')], plans: [plan('p', [rule('daily')])] });
  const [standing] = state.ledger.plans.list();
  const eventOf = (word: 'CREATED' | 'MODIFIED' | 'DELETED') =>
    backupEventOf(state.ledger, { kind: 'plan', plan: standing!, state: word });
  const at = '2027-01-01T00:00:00.000Z';
  const common = { backupPlanId: standing?.id, versionId: standing?.versionId };
  expect(eventOf('CREATED')).toMatchObject({ resources: [standing?.arn], env: ENV });
  expect((['CREATED', 'MODIFIED', 'DELETED'] as const).map((word) => eventOf(word)?.detail)).toEqual([
    { ...common, state: 'CREATED', creationDate: at },
    { ...common, state: 'MODIFIED', modifiedAt: at },
    { ...common, state: 'DELETED', deletionDate: at },
  ]);
});

test('what AWS Backup sends no event of has none', () => {
  const { ledger } = world('2027-01-01', {});
  const change = { kind: 'service-event', env: ENV, eventName: 'x', details: {} } as unknown as Change;
  expect(backupEventOf(ledger, change)).toBeUndefined();
});

test('a job that fails says why and how often it was tried, and one that expires when it was over', () => {
  const huge = resource('ebs', 'vol-0123456789abcdef0', { sizeGiB: 1_000_000 });
  const endOf = (made: ReturnType<typeof rule>) => {
    const plans = [plan('p', [made])];
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [huge], plans });
    heard(state, 'all', { source: ['aws.backup'], detail: { state: ['FAILED', 'EXPIRED'] } });
    return events(until(state, '2027-01-01T12:00:00Z'), 'all');
  };
  const windows = { startWindowMinutes: 60, completionWindowMinutes: 120 };
  const told = [
    ...endOf(rule('vain', { scheduleExpression: DAILY, targetBackupVaultName: 'gone' })),
    ...endOf(rule('late', { scheduleExpression: DAILY, ...windows })),
  ];
  expect(told.map(({ detail }) => detail['state'])).toEqual(['FAILED', 'EXPIRED']);
  for (const { detail, resources } of told) {
    expect(detail).toMatchObject({ percentDone: 0, bytesTransferred: '0', retryCount: expect.any(Number) as number });
    expect(detail['statusMessage']).toMatch(/\w/);
    expect(detail).not.toHaveProperty('expectedCompletionDate');
    expect(detail).not.toHaveProperty('backupSizeInBytes');
    expect(resources).toEqual([]);
  }
  expect(told[1]?.detail['completionDate']).toBe('2027-01-01T07:00:00.000Z');
});

test('points say whether they are encrypted: those of services under full management always, others as their resource', () => {
  const encryptedOf = (service: string, name: string, more: object = {}) => {
    const rules = [rule('daily', { scheduleExpression: DAILY })];
    const resources = [resource(service, name, more)];
    const state = world('2027-01-01', { vaults: [vault('main')], resources, plans: [plan('p', rules)] });
    heard(state, 'all', { 'detail-type': ['Recovery Point State Change'] });
    until(state, '2027-01-02T00:00:00Z');
    return events(state, 'all')[0]?.detail['isEncrypted'];
  };
  const volume = 'vol-0123456789abcdef0';
  expect([
    encryptedOf('ebs', volume),
    encryptedOf('ebs', volume, { encryptedWith: CMK }),
    encryptedOf('dynamodb-advanced', 'orders'),
  ]).toEqual(['false', 'true', 'true']);
});

// prettier-ignore
test.each([
  ['2020-07-15T21:39:07Z', 'Jul 15, 2020 9:39:07 PM'],
  ['2027-01-01T00:05:00Z', 'Jan 1, 2027 12:05:00 AM'],
  ['2027-12-31T12:00:00Z', 'Dec 31, 2027 12:00:00 PM'],
])('%s is written %s', (instant, text) => {
  expect(clockText(Date.parse(instant))).toBe(text);
});
