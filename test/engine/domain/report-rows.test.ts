// Which jobs a report of a period has, and what it says of each.
import { type BackupPlan, ControlScope, type Estate, FrameworkControl } from '@holdfast/model';
import { COMPLETED } from '../../../engine/src/domain/event-codes';
import { BACKUP, COPY } from '../../../engine/src/domain/jobs';
import { controlRows, Covers, jobRows, restoreRows, scanRows } from '../../../engine/src/domain/report-rows';
import type { RestoreJob } from '../../../engine/src/domain/restore-runs';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { DAY, parseInstant } from '../../../engine/src/kernel/instant';
import { createFramework } from '../../../engine/src/operations/backup/create-framework';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { startScanJob } from '../../../engine/src/operations/backup/start-scan-job';
import { fromControls } from '../../../engine/src/operations/framework';
import { inject } from '../scenarios/fault-stage';
import { CMK, ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const ALL: Covers = () => true;
const DAILY = 'cron(0 5 * * ? *)';
const WHOLE = { from: 0, to: parseInstant('2030-01-01') };
const TABLE = resource('dynamodb-advanced', 'orders');
const DISK = resource('ebs', 'vol-0123456789abcdef0');

function staged(more: Partial<Estate> = {}, rules = [rule('daily', { scheduleExpression: DAILY })]): WorldState {
  return world('2027-01-01', { vaults: [vault('main')], resources: [TABLE], plans: [plan('p', rules)], ...more });
}

test('a scan is in the report of the period that it ended in, with what it found, and of its account alone', () => {
  const scanActions = [{ malwareScanner: 'GUARDDUTY', scanMode: 'FULL_SCAN' }];
  const scanSettings = [{ malwareScanner: 'GUARDDUTY', resourceTypes: ['EBS'], scannerRoleArn: `${ROLE}-scanner` }];
  const rules = [rule('daily', { scheduleExpression: DAILY, scanActions })];
  const estate = { resources: [DISK], plans: [plan('p', rules, { scanSettings })] };
  const state = until(staged(estate), '2027-01-02T00:00:00Z');
  const [job] = state.scans.list();
  const [created, ended] = [job?.createdAt ?? 0, job?.completedAt ?? 0];
  expect(ended).toBeGreaterThan(created);
  const found = (from: number, to: number, covers = ALL) =>
    scanRows(state.ledger, state.scans.list(), { from, to }, covers);
  expect(
    [found(ended, ended + 1), found(ended + 1, ended + DAY), found(created, ended)].map((rows) => rows.length),
  ).toEqual([1, 0, 0]);
  // One that is under way is in that of every period since it was asked for.
  const underWay = [{ ...job!, completedAt: undefined }];
  const rows = (from: number, to: number) => scanRows(state.ledger, underWay, { from, to }, ALL).length;
  expect([rows(0, created), rows(0, created + 1), rows(ended, ended + 1)]).toEqual([0, 1, 1]);
  expect(found(0, WHOLE.to, ({ account }) => account !== ENV.account)).toEqual([]);
  expect(found(0, WHOLE.to)).toMatchObject([
    {
      scanJobId: job?.id,
      jobStatus: 'COMPLETED',
      resourceType: 'EBS',
      resourceArn: DISK.arn,
      backupPlanName: 'p',
      backupRuleName: 'daily',
      recoveryPointArn: state.pointsOf(DISK.arn)[0]?.recoveryPointArn,
      backupVaultName: 'main',
      scanMode: 'FULL_SCAN',
      scanBaseRecoveryPointArn: null,
      scanResultStatus: 'NO_THREATS_FOUND',
      iamRoleArn: ROLE,
      scannerRoleArn: `${ROLE}-scanner`,
    },
  ]);
});

test('a scan that a call asked for goes back to no plan', () => {
  const state = until(staged({ resources: [DISK] }), '2027-01-02T00:00:00Z');
  startScanJob(state, ENV, {
    ...{ BackupVaultName: 'main', RecoveryPointArn: state.pointsOf(DISK.arn)[0]?.recoveryPointArn },
    ...{ MalwareScanner: 'GUARDDUTY', ScanMode: 'FULL_SCAN', IamRoleArn: ROLE, ScannerRoleArn: `${ROLE}-scanner` },
  });
  const [row] = scanRows(state.ledger, state.scans.list(), WHOLE, ALL);
  expect(row).toMatchObject({ resourceArn: DISK.arn, iamRoleArn: ROLE });
  expect(row?.['backupPlanName'] ?? undefined).toBeUndefined();
});

test('a job is in the report of the period that it ended in, to the millisecond, or while it is under way', () => {
  const state = until(staged(), '2027-01-02T00:00:00Z');
  const [job] = state.jobsOf(TABLE.arn);
  const [created, ended] = [job?.createdAt ?? 0, job?.completedAt ?? 0];
  expect(ended).toBeGreaterThan(created);
  const found = (from: number, to: number, covers = ALL) => jobRows(state.ledger, BACKUP, { from, to }, covers).length;
  expect([found(ended, ended + 1), found(ended + 1, ended + DAY)]).toEqual([1, 0]);
  expect([found(created, ended), found(created, ended + 1)]).toEqual([0, 1]);
  expect(found(0, WHOLE.to, ({ account }) => account !== ENV.account)).toBe(0);
  expect(jobRows(state.ledger, COPY, WHOLE, ALL)).toEqual([]);
  const running = until(staged({ resources: [{ ...TABLE, sizeGiB: 100_000 }] }), '2027-01-01T05:01:00Z');
  const rowsOf = (from: number, to: number) => jobRows(running.ledger, BACKUP, { from, to }, ALL);
  const at = parseInstant('2027-01-01T05:00:00Z');
  expect([rowsOf(at - DAY, at).length, rowsOf(at, at + 1).length, rowsOf(at + DAY, at + 2 * DAY).length]).toEqual([
    0, 1, 1,
  ]);
  expect(rowsOf(at, at + 1)[0]).toMatchObject({ jobStatus: 'RUNNING', jobRunTime: null, completionDate: null });
});

test('a restore is in the report of the period that it ended in, to the millisecond, or while it is under way', () => {
  const state = until(staged(), '2027-01-02T00:00:00Z');
  const begin = () =>
    startRestoreJob(state, ENV, {
      RecoveryPointArn: state.pointsOf(TABLE.arn)[0]?.recoveryPointArn,
      IamRoleArn: ROLE,
      Metadata: { targetTableName: `t${state.now}`, encryptionType: 'Default' },
    });
  begin();
  const began = state.now;
  const rowsOf = (from: number, to: number, covers = ALL) => restoreRows(state.restores.list(), { from, to }, covers);
  expect([rowsOf(0, began), rowsOf(began, began + 1)].map((rows) => rows.length)).toEqual([0, 1]);
  expect(rowsOf(began + DAY, began + 2 * DAY)).toMatchObject([
    { jobStatus: 'PENDING', percentDone: '0.00%', createdResourceArn: null, completionDate: null },
  ]);
  until(state, '2027-01-03T00:00:00Z');
  const ended = state.restores.list()[0]?.completedAt ?? 0;
  expect(
    [rowsOf(ended, ended + 1), rowsOf(ended + 1, ended + DAY), rowsOf(began, ended)].map((rows) => rows.length),
  ).toEqual([1, 0, 0]);
  expect(rowsOf(0, ended + 1, ({ region }) => region !== ENV.region)).toEqual([]);
  expect(rowsOf(0, ended + 1)).toMatchObject([
    {
      ...{ jobStatus: 'COMPLETED', percentDone: '100.00%', accountId: ENV.account, isParentJob: false },
      ...{ sourceResourceArn: TABLE.arn, resourceName: 'orders', backupVaultArn: vaultArn('main') },
      ...{ iamRoleArn: ROLE, vaultType: 'BACKUP_VAULT', vaultLockStatus: 'UNLOCKED', validationStatus: null },
      createdResourceArn: expect.stringContaining(':table/') as string,
      jobRunTime: expect.stringMatching(/^\d\d:\d\d:\d\d$/) as string,
    },
  ]);
});

test('the job of a stack is the parent of those of its members, in reports of copies too (B4.5/1, B10.2/5)', () => {
  const stack = resource('cloudformation', 'shop', { members: { Orders: TABLE.arn } });
  const copyActions = [{ destinationBackupVaultArn: vaultArn('other') }];
  const selections = [{ selectionName: 'stack', iamRoleArn: ROLE, resources: [stack.arn] }];
  const plans = [plan('p', [rule('daily', { scheduleExpression: 'cron(0 5 ? * * *)', copyActions })], { selections })];
  const vaults = [vault('main'), vault('other')];
  const state = until(staged({ vaults, plans, resources: [stack, TABLE] }), '2027-01-02T00:00:00Z');
  for (const [kind, id] of [
    [BACKUP, 'backupJobId'],
    [COPY, 'copyJobId'],
  ] as const) {
    const rows = jobRows(state.ledger, kind, WHOLE, ALL);
    const [parent, ...others] = rows.filter(({ isParentJob }) => isParentJob === true);
    expect([others.length, rows.length, parent?.resourceArn, parent?.parentJobId]).toEqual([0, 3, stack.arn, null]);
    const children = rows.filter(({ isParentJob }) => isParentJob === false);
    expect(children.map(({ parentJobId }) => parentJobId)).toEqual([parent?.[id], parent?.[id]]);
  }
});

test('a restore that a fault made fail says so in the words of the fault', () => {
  const state = until(staged(), '2027-01-02T00:00:00Z');
  inject(state, { kind: 'job-fails', jobs: 'restore', message: 'Maximum reached.' });
  startRestoreJob(state, ENV, {
    RecoveryPointArn: state.pointsOf(TABLE.arn)[0]?.recoveryPointArn,
    IamRoleArn: ROLE,
    Metadata: { targetTableName: 'again', encryptionType: 'Default' },
  });
  until(state, '2027-01-03T00:00:00Z');
  expect(restoreRows(state.restores.list(), WHOLE, ALL)).toMatchObject([
    { jobStatus: 'FAILED', statusMessage: 'Maximum reached.' },
  ]);
});

test('a row says what the rule says, or the defaults of AWS, and options of its own type of resource', () => {
  const own = { scheduleExpression: 'cron(0 6 * * ? *)', scheduleExpressionTimezone: 'Europe/Berlin' };
  const lifecycle = { deleteAfterDays: 200, moveToColdStorageAfterDays: 30, optInToArchiveForSupportedResources: true };
  const rowOf = (made: Parameters<typeof rule>[1], advancedBackupSettings?: object[]) => {
    const settings = advancedBackupSettings === undefined ? {} : { advancedBackupSettings };
    const plans = [plan('p', [rule('r', made)], settings as Parameters<typeof plan>[2])];
    const state = until(
      staged({ plans, resources: [DISK, resource('ec2', 'i-0123456789abcdef0')] }),
      '2027-01-02T00:00:00Z',
    );
    const rows = jobRows(state.ledger, BACKUP, WHOLE, ALL);
    return (type: string) => rows.find(({ resourceType }) => resourceType === type);
  };
  expect(rowOf({})('EBS')).toMatchObject({
    ...{ backupRuleSchedule: 'cron(0 5 ? * * *)', backupRuleTimezone: 'Etc/UTC', backupRuleName: 'r' },
    ...{ backupPlanName: 'p', backupOptions: {}, isParentJob: false, deleteAfterDays: 35 },
    ...{ moveToColdAfterDays: null, enableArchive: false },
  });
  const options = [{ resourceType: 'EC2', backupOptions: { WindowsVSS: 'enabled' } }];
  const row = rowOf({ ...own, lifecycle }, options);
  expect(row('EBS')).toMatchObject({
    ...{ backupRuleSchedule: own.scheduleExpression, backupRuleTimezone: 'Europe/Berlin', backupOptions: {} },
    ...{ deleteAfterDays: 200, moveToColdAfterDays: 30, enableArchive: true },
  });
  expect(row('EC2')?.['backupOptions']).toEqual({ WindowsVSS: 'enabled' });
});

test('a job that somebody asked for has no rule, and one whose vault is gone no vault', () => {
  const state = staged({ plans: [] });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: TABLE.arn, IamRoleArn: ROLE });
  until(state, '2027-01-02T00:00:00Z');
  expect(jobRows(state.ledger, BACKUP, WHOLE, ALL)).toMatchObject([
    {
      ...{ backupPlanArn: null, backupRuleName: null, backupOptions: {}, isParentJob: false, parentJobId: null },
      ...{ deleteAfterDays: null, vaultType: 'BACKUP_VAULT', jobStatus: 'COMPLETED' },
    },
  ]);
  const vain = until(
    staged({}, [rule('vain', { scheduleExpression: DAILY, targetBackupVaultName: 'gone' })]),
    '2027-01-02',
  );
  expect(jobRows(vain.ledger, BACKUP, WHOLE, ALL)).toMatchObject([
    {
      ...{ jobStatus: 'FAILED', vaultType: null, vaultLockStatus: null, recoveryPointArn: null, jobRunTime: null },
      statusMessage: expect.stringMatching(/\w/) as string,
    },
  ]);
});

// prettier-ignore
test.each<[isEncrypted: boolean, key: string | null, what: string, of: ReturnType<typeof resource>, airGapped: boolean]>([
  [true,  CMK,       'of a service under full management is under the key of its vault', TABLE, false],
  [false, null,      'of another service is as its resource is',                  DISK,                                   false],
  [true,  'arn:own', 'of another service is under the key of its resource',       { ...DISK, encryptedWith: 'arn:own' },  false],
])('a point (%p, %p) %s (B7.1/1)', (isEncrypted, encryptionKeyArn, _, of) => {
  const state = until(staged({ resources: [of] }), '2027-01-02T00:00:00Z');
  expect(jobRows(state.ledger, BACKUP, WHOLE, ALL)).toMatchObject([{ isEncrypted, encryptionKeyArn }]);
});

test('a copy is under the key of its vault whatever the service, and names both vaults and points', () => {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('copies') }];
  const state = staged(
    { resources: [DISK], vaults: [vault('main'), vault('copies', { vaultLock: { minRetentionDays: 1 } })] },
    [rule('daily', { scheduleExpression: DAILY, copyActions })],
  );
  until(state, '2027-01-02T00:00:00Z');
  const arnIn = (name: string) =>
    state.pointsOf(DISK.arn).find(({ backupVaultArn }) => backupVaultArn === vaultArn(name))?.recoveryPointArn;
  expect(jobRows(state.ledger, COPY, WHOLE, ALL)).toMatchObject([
    {
      ...{ isEncrypted: true, encryptionKeyArn: CMK, vaultLockStatus: 'LOCKED', accountId: ENV.account },
      ...{ sourceBackupVaultArn: vaultArn('main'), destinationBackupVaultArn: vaultArn('copies') },
      ...{ sourceRecoveryPointArn: arnIn('main'), destinationRecoveryPointArn: arnIn('copies') },
    },
  ]);
});

test('the time that a job ran is in hours, minutes and seconds', () => {
  const state = until(staged({ resources: [{ ...TABLE, sizeGiB: 3000 }] }), '2027-01-05T00:00:00Z');
  const [job] = state.jobsOf(TABLE.arn);
  const seconds = Math.floor(((job?.completedAt ?? 0) - (job?.startedAt ?? 0)) / 1000);
  const [row] = jobRows(state.ledger, BACKUP, WHOLE, ALL);
  const [h = 0, m = 0, s = 0] = String(row?.['jobRunTime']).split(':').map(Number);
  expect(h * 3600 + m * 60 + s).toBe(seconds);
  expect(seconds).toBeGreaterThan(3600);
  expect([m < 60, s < 60]).toEqual([true, true]);
});

test('a copy is in the report of the account and Region that it is a copy from (B10.2/3)', () => {
  const abroad = { ...ENV, region: 'eu-west-1' };
  const copyActions = [{ destinationBackupVaultArn: vaultArn('far', abroad) }];
  const state = until(
    staged({ vaults: [vault('main'), vault('far', { env: abroad }), vault('back')] }, [
      rule('daily', { scheduleExpression: DAILY, copyActions }),
    ]),
    '2027-01-01T12:00:00Z',
  );
  const far = state.pointsOf(TABLE.arn).find(({ backupVaultArn }) => backupVaultArn === vaultArn('far', abroad));
  startCopyJob(state, abroad, {
    SourceBackupVaultName: 'far',
    RecoveryPointArn: far?.recoveryPointArn,
    DestinationBackupVaultArn: vaultArn('back'),
    IamRoleArn: ROLE,
  });
  until(state, '2027-01-02T00:00:00Z');
  const from = (region: string) =>
    jobRows(state.ledger, COPY, WHOLE, (env) => env.region === region).map(
      ({ destinationBackupVaultArn }) => destinationBackupVaultArn,
    );
  expect([from(ENV.region), from(abroad.region)]).toEqual([[vaultArn('far', abroad)], [vaultArn('back')]]);
});

test('options are those of the type of the resource, wherever they stand', () => {
  const advancedBackupSettings: BackupPlan['advancedBackupSettings'] = [
    { resourceType: 'EC2', backupOptions: { WindowsVSS: 'enabled' } },
    { resourceType: 'S3', backupOptions: { BackupACLs: 'disabled' } },
  ];
  const plans = [plan('p', [rule('r')], { advancedBackupSettings })];
  const state = until(staged({ plans, resources: [resource('s3', 'docs')] }), '2027-01-02T00:00:00Z');
  expect(jobRows(state.ledger, BACKUP, WHOLE, ALL)).toMatchObject([{ backupOptions: { BackupACLs: 'disabled' } }]);
});

test('a restore of a test says what came of its validation and of its end (B9.3/4)', () => {
  const job = {
    id: 'r',
    state: COMPLETED,
    resource: { arn: TABLE.arn, declaration: TABLE, service: { resourceType: 'DynamoDB' } },
    vault: { arn: 'v', made: { airGapped: false }, lock: undefined },
    target: { arn: 'made' },
    createdAt: 1,
    startedAt: 1,
    completedAt: 2,
    statusMessage: '',
    request: { env: ENV, roleArn: ROLE, test: { validationStatus: 'SUCCESSFUL', deletionStatus: 'DELETING' } },
  } as unknown as RestoreJob;
  expect(restoreRows([job], WHOLE, ALL)).toMatchObject([
    { validationStatus: 'SUCCESSFUL', deletionStatus: 'DELETING', jobStatus: 'COMPLETED' },
  ]);
});

test('a row of a control has the scope that was given, and the description of its framework (B10.2/2)', () => {
  const state = staged();
  const scope = ControlScope.resourceTypes(['EFS']);
  const controls = [
    FrameworkControl.backupResourcesProtectedByBackupPlan({ scope }),
    FrameworkControl.backupLastRecoveryPointCreated(),
  ];
  createFramework(state, ENV, {
    FrameworkName: 'audit',
    FrameworkDescription: 'all of it',
    FrameworkControls: fromControls(controls),
  });
  createFramework(state, ENV, { FrameworkName: 'bare', FrameworkControls: fromControls(controls) });
  state.runUntil(state.now + 60_001);
  const rows = controlRows(state.frameworks, state.frameworks.everywhere());
  expect(rows.map((row) => [row['frameworkDescription'], row['controlScope']])).toEqual([
    ['all of it', '{"complianceResourceTypes":["EFS"]}'],
    ['all of it', ''],
    ['', '{"complianceResourceTypes":["EFS"]}'],
    ['', ''],
  ]);
});

test('options of a job that somebody asked for are those that were given with it', () => {
  const machine = resource('ec2', 'i-0123456789abcdef0');
  const state = staged({ plans: [], resources: [machine, TABLE] });
  const BackupOptions = { WindowsVSS: 'enabled' };
  startBackupJob(state, ENV, {
    ...{ BackupVaultName: 'main', ResourceArn: machine.arn, IamRoleArn: ROLE, BackupOptions },
  });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: TABLE.arn, IamRoleArn: ROLE });
  until(state, '2027-01-02T00:00:00Z');
  const options = jobRows(state.ledger, BACKUP, WHOLE, ALL).map((row) => row['backupOptions']);
  expect(options).toEqual([BackupOptions, {}]);
});

test('the restore of a cluster is the parent of those of its volumes (B8/7, B10.2/5)', () => {
  const disk = { ...DISK, encryptedWith: CMK };
  const cluster = resource('eks', 'prod', { members: { data: DISK.arn } });
  const state = staged({ plans: [], resources: [disk, cluster] });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: cluster.arn, IamRoleArn: ROLE });
  until(state, '2027-01-02T00:00:00Z');
  const whole = state.pointsOf(cluster.arn).find((point) => point.recoveryPointArn.includes(':composite:'));
  const [volume] = state.pointsOf(DISK.arn);
  const nested = { [volume?.recoveryPointArn ?? '']: { availabilityZone: 'eu-central-1a' } };
  const { RestoreJobId } = startRestoreJob(state, ENV, {
    RecoveryPointArn: whole?.recoveryPointArn,
    IamRoleArn: ROLE,
    Metadata: { clusterName: 'again', newCluster: 'true', nestedRestoreJobs: JSON.stringify(nested) },
  });
  until(state, '2027-01-03T00:00:00Z');
  const rows = restoreRows(state.restores.list(), WHOLE, ALL);
  expect(rows.map(({ isParentJob, parentJobId }) => [isParentJob, parentJobId])).toEqual([
    [true, null],
    [false, RestoreJobId],
  ]);
});

test('a volume whose vault is gone is in the report without a vault', () => {
  const vain = rule('vain', { scheduleExpression: DAILY, targetBackupVaultName: 'gone' });
  const state = until(staged({ resources: [DISK] }, [vain]), '2027-01-02T00:00:00Z');
  expect(jobRows(state.ledger, BACKUP, WHOLE, ALL)).toMatchObject([
    { jobStatus: 'FAILED', vaultType: null, isEncrypted: false },
  ]);
});
