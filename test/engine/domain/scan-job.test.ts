import type { StatefulResource } from '@holdfast/model';
import type { Change } from '../../../engine/src/domain/changes';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { describeRecoveryPoint } from '../../../engine/src/operations/backup/describe-recovery-point';
import { describeScanJob } from '../../../engine/src/operations/backup/describe-scan-job';
import { getPITRMalwareScanResults } from '../../../engine/src/operations/backup/get-pitr-malware-scan-results';
import { listRecoveryPointsByBackupVault } from '../../../engine/src/operations/backup/list-recovery-points-by-backup-vault';
import { listScanJobSummaries } from '../../../engine/src/operations/backup/list-scan-job-summaries';
import { listScanJobs } from '../../../engine/src/operations/backup/list-scan-jobs';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startScanJob } from '../../../engine/src/operations/backup/start-scan-job';
import { AwsFault } from '../../../engine/src/operations/fault';
import { CMK, ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const MAIN = { BackupVaultName: 'main' };
const SCANNER = `arn:aws:iam::${ENV.account}:role/scanner`;
const VOLUME = resource('ebs', 'vol-0123456789abcdef0', { encryptedWith: CMK });
const BUCKET = resource('s3', 'pictures', { dailyChangePercent: 1, sizeGiB: 100 });
const FILES = resource('efs', 'files');
const AIR_GAP = { backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 100 };
const DAILY = { scheduleExpression: 'cron(0 5 * * ? *)' };

/** Backed up daily at 05:00, each point scanned as the rule says. */
function scanned(resources: StatefulResource[], more = {}, types = ['ALL'], roles: object = {}): WorldState {
  const daily = rule('daily', {
    ...DAILY,
    scanActions: [{ malwareScanner: 'GUARDDUTY', scanMode: 'INCREMENTAL_SCAN' }],
    ...more,
  });
  const scanSettings = [{ malwareScanner: 'GUARDDUTY', resourceTypes: types, scannerRoleArn: SCANNER }];
  return world('2027-01-01', {
    vaults: [vault('main'), vault('other')],
    logicallyAirGappedVaults: [AIR_GAP],
    resources,
    plans: [plan('p', [daily], { scanSettings })],
    ...roles,
  });
}

function jobs(state: WorldState, input: Parameters<typeof listScanJobs>[2] = {}) {
  return listScanJobs(state, ENV, input).ScanJobs ?? [];
}

/** Points of a resource that were made by hand, one after another. */
function points(of: StatefulResource, count: number): { state: WorldState; arns: string[] } {
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [of] });
  for (let day = 1; day <= count; day++) {
    startBackupJob(state, ENV, { ...MAIN, ResourceArn: of.arn, IamRoleArn: ROLE });
    until(state, `2027-01-${String(day + 1).padStart(2, '0')}`);
  }
  return { state, arns: state.pointsOf(of.arn).map((point) => point.recoveryPointArn) };
}

function scan(state: WorldState, RecoveryPointArn: string | undefined, more = {}) {
  const input = { ...MAIN, RecoveryPointArn, IamRoleArn: ROLE, ScannerRoleArn: SCANNER };
  return startScanJob(state, ENV, { ...input, MalwareScanner: 'GUARDDUTY', ScanMode: 'FULL_SCAN', ...more });
}

test('a token answers with the job of its point, not with that of another (B1.5)', () => {
  const { state, arns } = points(VOLUME, 2);
  const [first, second] = arns.map((arn) => scan(state, arn, { IdempotencyToken: 'once' }).ScanJobId);
  expect(second).not.toBe(first);
  expect(scan(state, arns[0], { IdempotencyToken: 'once' }).ScanJobId).toBe(first);
  expect(jobs(state)).toHaveLength(2);
});

test('each backup of a type that the settings name is scanned, and nothing else (B5.6/1, B5.6/2)', () => {
  const state = until(scanned([VOLUME, BUCKET, FILES], {}, ['EBS']), '2027-01-02');
  expect(jobs(state)).toMatchObject([
    {
      State: 'COMPLETED',
      ScanResult: { ScanResultStatus: 'NO_THREATS_FOUND' },
      ResourceArn: VOLUME.arn,
      ResourceType: 'EBS',
      RecoveryPointArn: state.pointsOf(VOLUME.arn)[0]?.recoveryPointArn,
      ScannerRoleArn: SCANNER,
      IamRoleArn: ROLE,
      MalwareScanner: 'GUARDDUTY',
      CreatedBy: { BackupPlanId: expect.any(String) as string, BackupRuleId: expect.any(String) as string },
    },
  ]);
  expect(
    jobs(until(scanned([VOLUME, BUCKET, FILES]), '2027-01-02'))
      .map((job) => job.ResourceType)
      .sort(),
  ).toEqual(['EBS', 'S3']);
});

test('an incremental scan is a full one the first time, and builds on the one before then (B5.6/2)', () => {
  const state = until(scanned([BUCKET]), '2027-01-04');
  const [third, second, first] = jobs(state);
  expect(first).toMatchObject({ ScanMode: 'FULL_SCAN' });
  expect(first).not.toHaveProperty('ScanBaseRecoveryPointArn');
  expect(second).toMatchObject({ ScanMode: 'INCREMENTAL_SCAN', ScanBaseRecoveryPointArn: first?.RecoveryPointArn });
  expect(third).toMatchObject({ ScanMode: 'INCREMENTAL_SCAN', ScanBaseRecoveryPointArn: second?.RecoveryPointArn });
  const took = (job = first) => (job?.CompletionDate?.getTime() ?? 0) - (job?.CreationDate?.getTime() ?? 0);
  expect(took(second)).toBeLessThan(took(first) / 2);
});

test('an incremental scan is a full one when its base is gone, or was scanned over 365 days ago (B5.6/2)', () => {
  const gone = points(BUCKET, 2);
  scan(gone.state, gone.arns[0]);
  until(gone.state, '2027-01-04');
  deleteRecoveryPoint(gone.state, ENV, { ...MAIN, RecoveryPointArn: gone.arns[0] });
  const incremental = { ScanMode: 'INCREMENTAL_SCAN', ScanBaseRecoveryPointArn: gone.arns[0] };
  scan(gone.state, gone.arns[1], incremental);
  expect(jobs(gone.state)[0]?.ScanMode).toBe('FULL_SCAN');
  for (const [day, mode] of [
    ['2028-01-03', 'INCREMENTAL_SCAN'],
    ['2028-01-05', 'FULL_SCAN'],
  ] as const) {
    const { state, arns } = points(BUCKET, 2);
    scan(state, arns[0]);
    until(state, day);
    scan(state, arns[1], { ScanMode: 'INCREMENTAL_SCAN' });
    expect(jobs(state)[0]?.ScanMode).toBe(mode);
  }
});

test('EC2 in a logically air-gapped vault, or copied, is never scanned incrementally (B5.6/2)', () => {
  const host = resource('ec2', 'i-0123456789abcdef0');
  const copyActions = [{ destinationBackupVaultArn: vaultArn('other') }];
  const state = until(scanned([host], { copyActions }), '2027-01-04');
  expect(jobs(state)[0]?.ScanMode).toBe('INCREMENTAL_SCAN');
  const copy = state.pointsOf(host.arn).find((point) => point.backupVaultName === 'other')?.recoveryPointArn;
  scan(state, copy, { BackupVaultName: 'other', ScanMode: 'INCREMENTAL_SCAN' });
  expect(jobs(state)[0]).toMatchObject({ RecoveryPointArn: copy, ScanMode: 'FULL_SCAN' });
});

test('what a continuous backup had in it at a time nobody knows, as none is scanned (B5.3/7)', () => {
  const state = until(scanned([BUCKET], { enableContinuousBackup: true }), '2027-01-03');
  const RecoveryPointArn = state.pointsOf(BUCKET.arn)[0]?.recoveryPointArn;
  const asked = (time: string, more: object = {}) =>
    getPITRMalwareScanResults(state, ENV, {
      ...{ ...MAIN, RecoveryPointArn, ScanEndTime: new Date(time), MalwareScanner: 'GUARDDUTY', ...more },
    });
  const noon = '2027-01-02T12:00:00.000Z';
  expect(asked(noon)).toEqual({ ScanEndTime: new Date(noon), ScanResult: { ScanResultStatus: 'UNKNOWN' } });
  expect(() => asked('2027-01-01T04:59:59Z')).toThrow('ScanEndTime must be 2027-01-01T05:00');
  expect(() => asked('2027-01-03T00:00:01Z')).toThrow('ScanEndTime must be');
  expect(() => asked(noon, { MalwareScanner: 'OTHER' })).toThrow('There is no scanner OTHER');
  const { state: other, arns } = points(BUCKET, 1);
  const snapshot = { ...MAIN, RecoveryPointArn: arns[0], ScanEndTime: new Date(noon) };
  expect(() => getPITRMalwareScanResults(other, ENV, { ...snapshot, MalwareScanner: 'GUARDDUTY' })).toThrow(
    'not continuous',
  );
});

test('copies and temporary points are not scanned by a rule, continuous ones not at all (B5.6/3, B7.6/5)', () => {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('other') }];
  const copied = until(scanned([BUCKET], { copyActions }), '2027-01-02');
  expect(copied.pointsOf(BUCKET.arn)).toHaveLength(2);
  expect(jobs(copied).map((job) => job.BackupVaultName)).toEqual(['main']);
  const target = { targetLogicallyAirGappedBackupVaultArn: vaultArn('gap') };
  const temporary = until(scanned([{ ...VOLUME, sizeGiB: 1000 }], target), '2027-01-01T07:30Z');
  const [point] = temporary.pointsOf(VOLUME.arn);
  expect(point?.backupVaultName).toBe('main');
  expect(jobs(temporary)).toEqual([]);
  expect(() => scan(temporary, point?.recoveryPointArn)).toThrow(AwsFault);
  const continuous = until(scanned([BUCKET], { enableContinuousBackup: true }), '2027-01-02');
  expect(jobs(continuous)).toEqual([]);
  expect(() => scan(continuous, continuous.pointsOf(BUCKET.arn)[0]?.recoveryPointArn)).toThrow(AwsFault);
});

test('what was backed up since a resource is infected has threats found, what was before has none (B5.6/3)', () => {
  const state = until(scanned([BUCKET]), '2027-01-02');
  const infected = state.ledger.resources.tryFind(BUCKET.arn);
  if (infected === undefined) {
    throw new Error('no bucket');
  }
  state.scans.infect(infected);
  until(state, '2027-01-03');
  expect(jobs(state).map((job) => job.ScanResult?.ScanResultStatus)).toEqual(['THREATS_FOUND', 'NO_THREATS_FOUND']);
  const [clean, bad] = state.pointsOf(BUCKET.arn).map((point) => point.recoveryPointArn);
  const described = (arn?: string) => describeRecoveryPoint(state, ENV, { ...MAIN, RecoveryPointArn: arn });
  expect(described(clean).ScanResults).toMatchObject([{ ScanJobState: 'COMPLETED', Findings: [] }]);
  expect(described(bad).ScanResults).toMatchObject([{ MalwareScanner: 'GUARDDUTY', Findings: ['MALWARE'] }]);
  const listed = listRecoveryPointsByBackupVault(state, ENV, MAIN).RecoveryPoints ?? [];
  expect(listed.map((point) => point.AggregatedScanResult?.Findings)).toEqual([['MALWARE'], []]);
});

test('of one resource five scans run at a time, ten wait, and the oldest of eleven fails (B5.6/3)', () => {
  const { state, arns } = points({ ...BUCKET, sizeGiB: 500 }, 16);
  const states = () => arns.map((arn) => jobs(state, { ByRecoveryPointArn: arn })[0]?.State);
  for (const arn of arns.slice(0, 15)) {
    scan(state, arn);
  }
  expect(states().filter((one) => one === 'RUNNING')).toHaveLength(5);
  expect(states().filter((one) => one === 'CREATED')).toHaveLength(10);
  scan(state, arns[15]);
  expect(states()[5]).toBe('FAILED');
  expect(jobs(state, { ByState: 'FAILED' })[0]?.StatusMessage).toContain('too many scan jobs');
  until(state, '2027-01-18');
  expect(states().filter((one) => one === 'COMPLETED')).toHaveLength(15);
});

test('a point is scanned once at a time, and a repeated token is answered with the first scan (B5.6/3)', () => {
  const { state, arns } = points(BUCKET, 1);
  const first = scan(state, arns[0], { IdempotencyToken: 'once' });
  expect(scan(state, arns[0], { IdempotencyToken: 'once' })).toEqual(first);
  expect(() => scan(state, arns[0])).toThrow('being scanned');
  until(state, '2027-01-03');
  expect(scan(state, arns[0]).ScanJobId).not.toBe(first.ScanJobId);
  expect(describeScanJob(state, ENV, { ScanJobId: first.ScanJobId })).toMatchObject({
    State: 'COMPLETED',
    ScanMode: 'FULL_SCAN',
  });
  expect(() => describeScanJob(state, ENV, { ScanJobId: 'none' })).toThrow(AwsFault);
  const files = points(FILES, 1);
  expect(() => scan(files.state, files.arns[0])).toThrow('cannot be scanned');
});

test('a scan whose point is deleted meanwhile fails', () => {
  const { state, arns } = points(BUCKET, 1);
  const { ScanJobId } = scan(state, arns[0]);
  deleteRecoveryPoint(state, ENV, { ...MAIN, RecoveryPointArn: arns[0] });
  until(state, '2027-01-03');
  expect(describeScanJob(state, ENV, { ScanJobId })).toMatchObject({
    State: 'FAILED',
    StatusMessage: 'Cannot find recovery point',
  });
});

test('a scanner role has to trust GuardDuty where roles are known (B2.5/1)', () => {
  const trust = (service: string) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });
  for (const [service, expected] of [
    ['malware-protection.guardduty.amazonaws.com', 'COMPLETED'],
    ['backup.amazonaws.com', 'FAILED'],
  ] as const) {
    const roles = [{ roleName: 'scanner', env: ENV, trustPolicy: trust(service) }];
    const state = until(scanned([BUCKET], {}, ['S3'], { roles }), '2027-01-02');
    expect(jobs(state).map((job) => job.State)).toEqual([expected]);
  }
});

test('summaries count whole days that are over, apart or together', () => {
  const state = until(scanned([BUCKET, VOLUME]), '2027-01-03T12:00Z');
  const summaries = (input: Parameters<typeof listScanJobSummaries>[2] = {}) =>
    (listScanJobSummaries(state, ENV, input).ScanJobSummaries ?? []).map((one) => [
      one.State,
      one.ResourceType,
      one.Count,
    ]);
  expect(summaries()).toEqual([
    ['COMPLETED', 'EBS', 2],
    ['COMPLETED', 'S3', 2],
  ]);
  // A day each, the earliest first; the third day is not over.
  expect(summaries({ ResourceType: 'S3', AggregationPeriod: 'ONE_DAY' })).toEqual([
    ['COMPLETED', 'S3', 1],
    ['COMPLETED', 'S3', 1],
  ]);
  const together = { ResourceType: 'AGGREGATE_ALL', State: 'AGGREGATE_ALL' as const };
  expect(summaries({ ...together, AggregationPeriod: 'SEVEN_DAYS' })).toEqual([['AGGREGATE_ALL', 'AGGREGATE_ALL', 4]]);
  expect(summaries({ State: 'FAILED' })).toEqual([]);
  expect(summaries({ ResourceType: 'S3', AggregationPeriod: 'FOURTEEN_DAYS' })).toEqual([['COMPLETED', 'S3', 2]]);
});

test('who listens hears of each state of a scan, and of the rule that asked for it (B5.6/1, B5.6/3)', () => {
  const heard: Change[] = [];
  const state = scanned([BUCKET]);
  state.ledger.observers.add((change) => heard.push(change));
  until(state, '2027-01-02');
  const scans = heard.filter((change) => change.kind === 'scan-job');
  expect(scans.map((change) => [change.state, change.result])).toEqual([
    ['CREATED', undefined],
    ['RUNNING', undefined],
    ['COMPLETED', 'NO_THREATS_FOUND'],
  ]);
  const [created] = scans;
  const [job] = jobs(state);
  expect(created).toMatchObject({
    scanJobId: job?.ScanJobId,
    resourceArn: BUCKET.arn,
    scannerRoleArn: SCANNER,
    createdBy: { planId: job?.CreatedBy?.BackupPlanId, ruleId: job?.CreatedBy?.BackupRuleId },
  });
});
