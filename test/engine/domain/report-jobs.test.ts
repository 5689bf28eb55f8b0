// What jobs of report plans cover, and what is told and kept of them.
import { BackupReportPlan } from '@holdfast/model';
import { REPORT_JOB } from '../../../engine/src/domain/event-codes';
import { DAY, MINUTE } from '../../../engine/src/kernel/instant';
import { listReportJobs } from '../../../engine/src/operations/backup/list-report-jobs';
import { startReportJob } from '../../../engine/src/operations/backup/start-report-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { inject } from '../scenarios/fault-stage';
import { create, DESTINATION, JOBS, pass, rows, staged } from '../scenarios/report-stage';
import { ENV, plan, resource, ROLE, rule } from '../scenarios/stage';

test('a report plan outside of an organization that asks for all accounts covers those it names alone (B10.2/3)', () => {
  const state = staged();
  const others = ['444455556666', ENV.account];
  create(state, JOBS, { formats: ['JSON'] });
  const [made] = state.reportPlans.list(ENV);
  pass(state, DAY);
  const countOf = (more: Partial<BackupReportPlan>) => {
    Object.assign(made!, { declaration: { ...made!.declaration, ...more } });
    return rows(state).length;
  };
  expect(countOf({})).toBe(1);
  expect(countOf({ accounts: ['444455556666'] })).toBe(0);
  expect(countOf({ accounts: others })).toBe(1);
  expect(countOf({ accounts: ['ROOT'], organizationUnits: ['ou-none-11111111'] })).toBe(0);
});

test('the digest tells what a report plan is, and what its jobs came to', () => {
  const digest = (more: Partial<BackupReportPlan>, asked = 0) => {
    const state = staged();
    create(state, JOBS, more);
    for (let count = 0; count < asked; count++) {
      startReportJob(state, ENV, { ReportPlanName: 'jobs' });
    }
    return pass(state, MINUTE + 1).digest();
  };
  const all = [digest({}), digest({ s3KeyPrefix: 'a' }), digest({ s3KeyPrefix: 'b' }), digest({}, 1), digest({}, 2)];
  expect(new Set(all).size).toBe(all.length);
});

test('the log has when a report job ran and when it was COMPLETED, with its count of files', () => {
  const state = staged();
  create(state, JOBS, { formats: ['JSON', 'CSV'] });
  const { ReportJobId } = startReportJob(state, ENV, { ReportPlanName: 'jobs' });
  pass(state, MINUTE + 1);
  const { log, names } = state.ledger;
  const said = Array.from({ length: log.keptCount }, (_, row) => log.event(row))
    .filter(({ cause }) => names.text(cause) === ReportJobId)
    .map(({ code, amount }) => [code - REPORT_JOB, amount]);
  expect(said).toEqual([
    [0, 0],
    [1, 2],
  ]);
});

test('whoever hears of a report job hears of which, and of its state (B14.3/1)', () => {
  const state = staged();
  create(state, JOBS);
  const told: unknown[] = [];
  state.ledger.observers.add((change) => {
    if (change.kind === 'service-event') {
      told.push([change.eventName, change.details]);
    }
  });
  const { ReportJobId: reportJobId } = startReportJob(state, ENV, { ReportPlanName: 'jobs' });
  pass(state, MINUTE + 1);
  const reportPlanArn = state.reportPlans.tryFind(ENV, 'jobs')?.arn;
  expect(told).toEqual([
    ['ReportJobStarted', { reportJobId, reportPlanArn, status: 'RUNNING' }],
    ['ReportJobCompleted', { reportJobId, reportPlanArn, status: 'COMPLETED' }],
  ]);
});

test('jobs that are asked for at one instant have ids by their turn, whatever ran before or elsewhere', () => {
  const idOf = (before: number) => {
    const state = staged();
    create(state, JOBS);
    create(state, JOBS, {}, 'other');
    for (let count = 0; count < before; count++) {
      startReportJob(state, ENV, { ReportPlanName: 'other' });
    }
    return startReportJob(state, ENV, { ReportPlanName: 'jobs' }).ReportJobId;
  };
  expect(idOf(1)).toBe(idOf(0));
  const late = (earlier: boolean) => {
    const state = staged();
    create(state, JOBS);
    if (earlier) {
      startReportJob(state, ENV, { ReportPlanName: 'jobs' });
    }
    pass(state, 5 * MINUTE);
    return startReportJob(state, ENV, { ReportPlanName: 'jobs' }).ReportJobId;
  };
  expect(late(true)).toBe(late(false));
});

test('each report of jobs has those of its kind (B10.2/5)', () => {
  const disk = resource('ebs', 'vol-0123456789abcdef0');
  const scanActions = [{ malwareScanner: 'GUARDDUTY', scanMode: 'FULL_SCAN' }];
  const scanSettings = [{ malwareScanner: 'GUARDDUTY', resourceTypes: ['EBS'], scannerRoleArn: `${ROLE}-scanner` }];
  const rules = [rule('r', { scanActions, copyActions: [{ destinationBackupVaultArn: DESTINATION }] })];
  const state = staged({ resources: [disk], plans: [plan('p', rules, { scanSettings })] });
  pass(state, DAY / 2);
  const kinds = ['BACKUP_JOB', 'COPY_JOB', 'RESTORE_JOB', 'SCAN_JOB'].map((kind) => `${kind}_REPORT`);
  kinds.forEach((kind) => {
    create(state, kind, { formats: ['JSON'] }, kind);
  });
  pass(state, DAY);
  startRestoreJob(state, ENV, {
    RecoveryPointArn: state.pointsOf(disk.arn)[0]?.recoveryPointArn,
    IamRoleArn: ROLE,
    Metadata: { availabilityZone: 'eu-central-1a' },
  });
  pass(state, 10 * MINUTE);
  const ids = kinds.map((kind) => Object.keys(rows(state, kind)[0] ?? {}).find((name) => name.endsWith('JobId')));
  expect(ids).toEqual(['backupJobId', 'copyJobId', 'restoreJobId', 'scanJobId']);
});

test('a report job of an account that is suspended meanwhile ends when it is back', () => {
  const state = staged();
  create(state, JOBS);
  startReportJob(state, ENV, { ReportPlanName: 'jobs' });
  const to = new Date(state.now + 2 * 60 * MINUTE).toISOString();
  inject(state, { kind: 'account-suspended', account: ENV.account, to });
  pass(state, 60 * MINUTE);
  const asked = () => listReportJobs(state, ENV, {}).ReportJobs?.[0]?.Status;
  expect([asked(), state.reportPlans.files.list()]).toEqual(['RUNNING', []]);
  pass(state, 2 * 60 * MINUTE);
  // That of the day was put off, too.
  expect([asked(), state.reportPlans.files.list().length]).toEqual(['COMPLETED', 2]);
});
