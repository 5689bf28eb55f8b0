// What AWS Backup does beside jobs in a Region that is out: nothing, until it is back.
import type { WorldState } from '../../../engine/src/domain/world-state';
import { MINUTE } from '../../../engine/src/kernel/instant';
import { describeRecoveryPoint } from '../../../engine/src/operations/backup/describe-recovery-point';
import { listReportJobs } from '../../../engine/src/operations/backup/list-report-jobs';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startScanJob } from '../../../engine/src/operations/backup/start-scan-job';
import { updateRecoveryPointIndexSettings } from '../../../engine/src/operations/backup/update-recovery-point-index-settings';
import { inject } from '../scenarios/fault-stage';
import { create, JOBS, pass, staged } from '../scenarios/report-stage';
import { ENV, resource, ROLE, until, vault, world } from '../scenarios/stage';

const VOLUME = resource('ebs', 'vol-0123456789abcdef0');
const MAIN = { BackupVaultName: 'main' };
const BACK = '2027-01-02T00:00:00Z';

/** A point of a volume, made just after midnight. */
function backedUp() {
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [VOLUME] });
  startBackupJob(state, ENV, { ...MAIN, ResourceArn: VOLUME.arn, IamRoleArn: ROLE });
  until(state, '2027-01-01T01:00:00Z');
  return { state, RecoveryPointArn: state.pointsOf(VOLUME.arn)[0]?.recoveryPointArn };
}

function outUntil(state: WorldState, to: string): void {
  inject(state, { kind: 'region-out', region: ENV.region, to });
}

test('an index is made, and dropped, when it is back', () => {
  const { state, RecoveryPointArn } = backedUp();
  const set = (Index: 'ENABLED' | 'DISABLED') =>
    updateRecoveryPointIndexSettings(state, ENV, { ...MAIN, RecoveryPointArn, Index, IamRoleArn: ROLE });
  const status = () => describeRecoveryPoint(state, ENV, { ...MAIN, RecoveryPointArn }).IndexStatus;
  set('ENABLED');
  outUntil(state, BACK);
  until(state, BACK);
  expect(status()).toBe('PENDING');
  state.runUntil(state.now + 1);
  expect(status()).toBe('ACTIVE');
  set('DISABLED');
  outUntil(state, '2027-01-03T00:00:00Z');
  until(state, '2027-01-03T00:00:00Z');
  expect(status()).toBe('DELETING');
  state.runUntil(state.now + 1);
  expect(status()).toBeUndefined();
});

test('a scan ends when it is back', () => {
  const { state, RecoveryPointArn } = backedUp();
  const roles = { IamRoleArn: ROLE, ScannerRoleArn: `${ROLE}-scanner` };
  startScanJob(state, ENV, { ...MAIN, RecoveryPointArn, ...roles, MalwareScanner: 'GUARDDUTY', ScanMode: 'FULL_SCAN' });
  outUntil(state, BACK);
  until(state, BACK);
  expect(state.scans.list()).toMatchObject([{ state: 'RUNNING' }]);
  state.runUntil(state.now + 1);
  expect(state.scans.list()).toMatchObject([{ state: 'COMPLETED', completedAt: Date.parse(BACK) }]);
});

test('reports of the days on which it was out are one, when it is back', () => {
  const state = staged();
  create(state, JOBS);
  pass(state, 2 * MINUTE);
  outUntil(state, '2027-01-04T12:00:00Z');
  until(state, '2027-01-04T12:00:00Z');
  const created = () => (listReportJobs(state, ENV, {}).ReportJobs ?? []).map(({ CreationTime }) => CreationTime);
  expect(created()).toEqual([]);
  until(state, '2027-01-04T23:00:00Z');
  expect(created()).toEqual([new Date('2027-01-04T12:00:00Z')]);
  until(state, '2027-01-05T23:00:00Z');
  expect(created()).toHaveLength(2);
});
