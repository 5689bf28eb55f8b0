import { BackupReportPlan, FrameworkControl, ReportTemplate } from '@holdfast/model';
import { reportPlanArn } from '../../../engine/src/domain/report-plans';
import { reportTexts } from '../../../engine/src/domain/report-files';
import { REPORT_COLUMNS } from '../../../engine/src/domain/report-rows';
import { DAY, HOUR, MINUTE } from '../../../engine/src/kernel/instant';
import { createFramework } from '../../../engine/src/operations/backup/create-framework';
import { createReportPlan } from '../../../engine/src/operations/backup/create-report-plan';
import { deleteReportPlan } from '../../../engine/src/operations/backup/delete-report-plan';
import { describeReportJob } from '../../../engine/src/operations/backup/describe-report-job';
import { describeReportPlan } from '../../../engine/src/operations/backup/describe-report-plan';
import { listReportJobs } from '../../../engine/src/operations/backup/list-report-jobs';
import { listReportPlans } from '../../../engine/src/operations/backup/list-report-plans';
import { startReportJob } from '../../../engine/src/operations/backup/start-report-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { updateReportPlan } from '../../../engine/src/operations/backup/update-report-plan';
import { fromControls } from '../../../engine/src/operations/framework';
import { fromReportPlan } from '../../../engine/src/operations/report-plan';
import { organization, MANAGEMENT, MEMBER } from '../scenarios/organization-stage';
import { CMK, ENV, plan, resource, ROLE, rule, vault, vaultArn } from '../scenarios/stage';
import { FS, JOBS, DESTINATION, staged, create, pass, rows } from '../scenarios/report-stage';

describe('a report plan comes, changes and goes (B10.2/1)', () => {
  test('it is COMPLETED after a minute, and what is not given stays at an update', () => {
    const state = staged();
    const { ReportPlanArn } = createReportPlan(state, ENV, {
      ReportPlanName: 'jobs',
      ReportSetting: { ReportTemplate: JOBS },
      ReportDeliveryChannel: { S3BucketName: 'reports' },
      IdempotencyToken: 'once',
    });
    expect(ReportPlanArn).toMatch(/^arn:aws:backup:eu-central-1:111122223333:report-plan:jobs-[0-9a-f-]{36}$/);
    expect(() => deleteReportPlan(state, ENV, { ReportPlanName: 'jobs' })).toThrow('CREATE_IN_PROGRESS');
    pass(state, MINUTE + 1);
    updateReportPlan(state, ENV, { ReportPlanName: 'jobs', ReportPlanDescription: 'of the night' });
    expect(() => startReportJob(state, ENV, { ReportPlanName: 'jobs' })).toThrow('UPDATE_IN_PROGRESS');
    pass(state, MINUTE + 1);
    expect(describeReportPlan(state, ENV, { ReportPlanName: 'jobs' }).ReportPlan).toMatchObject({
      ReportPlanArn,
      ReportPlanDescription: 'of the night',
      ReportSetting: { ReportTemplate: JOBS },
      ReportDeliveryChannel: { S3BucketName: 'reports', Formats: ['CSV'] },
      DeploymentStatus: 'COMPLETED',
    });
    deleteReportPlan(state, ENV, { ReportPlanName: 'jobs' });
    pass(state, MINUTE + 1);
    expect(listReportPlans(state, ENV, {}).ReportPlans).toEqual([]);
    pass(state, 3 * DAY);
    expect(state.reportPlans.files.list()).toEqual([]);
  });

  test('a name is taken, a token answered as before, and an account has 20 of them (B10.1/3)', () => {
    const state = staged();
    for (let index = 1; index <= 20; index++) {
      create(state, JOBS, {}, `r${index}`);
    }
    expect(() => create(state, JOBS, {}, 'r1')).toThrow('already exists');
    expect(() => create(state, JOBS, {}, 'r21')).toThrow('at most 20 report plans');
    expect(() => create(staged(), 'NO_SUCH_REPORT')).toThrow('NO_SUCH_REPORT');
  });
});

test('a report is written between 01:00 and 05:00 UTC about the day before, under account, Region and date (B10.2/4)', () => {
  const state = staged();
  create(state, JOBS, { s3KeyPrefix: 'audit' });
  pass(state, 5 * DAY);
  const files = state.reportPlans.files.list();
  expect(files).toHaveLength(5);
  for (const { createdAt } of files) {
    const hour = (createdAt % DAY) / HOUR;
    expect(hour).toBeGreaterThanOrEqual(1);
    expect(hour).toBeLessThan(5.1);
  }
  expect(new Set(files.map(({ createdAt }) => createdAt % DAY)).size).toBeGreaterThan(1);
  const id = listReportJobs(state, ENV, {}).ReportJobs?.at(-1)?.ReportJobId;
  expect(files[0]?.key).toBe(`audit/Backup/${ENV.account}/${ENV.region}/2027/01/01/jobs_${id}.csv`);
  const second = files[1]?.text().split('\r\n') ?? [];
  expect(second[0]).toBe(REPORT_COLUMNS[JOBS]?.join(','));
  expect(second[1]).toContain('2027-01-01T00:00:00.000Z,2027-01-02T00:00:00.000Z,111122223333,eu-central-1,');
  expect(second[2]).toBe('');
});

test('a job that is asked for tells of the last 24 hours and of what is under way (B10.2/4)', () => {
  const big = resource('efs', 'fs-2', { sizeGiB: 20_000 });
  const state = staged({ resources: [FS, big] });
  create(state, JOBS, { formats: ['JSON'] });
  pass(state, 12 * HOUR);
  const { ReportJobId } = startReportJob(state, ENV, { ReportPlanName: 'jobs', IdempotencyToken: 'once' });
  expect(startReportJob(state, ENV, { ReportPlanName: 'jobs', IdempotencyToken: 'once' })).toEqual({ ReportJobId });
  const running = describeReportJob(state, ENV, { ReportJobId }).ReportJob;
  expect(running).toMatchObject({ Status: 'RUNNING', ReportTemplate: JOBS });
  expect(running?.ReportDestination).toBeUndefined();
  pass(state, MINUTE + 1);
  const { ReportJob } = describeReportJob(state, ENV, { ReportJobId });
  expect(ReportJob).toMatchObject({ Status: 'COMPLETED', ReportDestination: { S3BucketName: 'reports' } });
  expect(state.reportPlans.files.tryFind('reports', ReportJob?.ReportDestination?.S3Keys?.[0] ?? '')).toBeDefined();
  expect(rows(state).map(({ jobStatus }) => jobStatus)).toEqual(['COMPLETED', 'RUNNING']);
  expect(listReportJobs(state, ENV, { ByStatus: 'RUNNING' }).ReportJobs).toEqual([]);
  expect(listReportJobs(state, ENV, { ByReportPlanName: 'other' }).ReportJobs).toEqual([]);
});

test('the trail has the beginning and the end of a report job (B14.3/1)', () => {
  const state = staged();
  state.services.trail.listen();
  create(state, JOBS);
  startReportJob(state, ENV, { ReportPlanName: 'jobs' });
  const names = () => state.services.trail.list().map(({ eventName }) => eventName);
  expect(names()).toContain('ReportJobStarted');
  expect(names()).not.toContain('ReportJobCompleted');
  pass(state, MINUTE + 1);
  expect(names()).toContain('ReportJobCompleted');
});

test('rows have the columns of their template (B10.2/5)', () => {
  const state = staged();
  const JSON_ONLY = { formats: ['JSON'] };
  create(state, JOBS, JSON_ONLY);
  create(state, ReportTemplate.COPY_JOB, JSON_ONLY, 'copies');
  create(state, ReportTemplate.RESTORE_JOB, JSON_ONLY, 'restores');
  pass(state, 12 * HOUR);
  const point = state.pointsOf(FS.arn).find(({ backupVaultName }) => backupVaultName === 'main');
  const Metadata = {
    'file-system-id': 'fs-1',
    Encrypted: 'false',
    newFileSystem: 'true',
    PerformanceMode: 'generalPurpose',
    CreationToken: 'x',
  };
  startRestoreJob(state, ENV, { RecoveryPointArn: point?.recoveryPointArn, IamRoleArn: ROLE, Metadata });
  pass(state, HOUR);
  const [job = {}] = rows(state);
  expect(Object.keys(job)).toEqual(REPORT_COLUMNS[JOBS]);
  expect(job).toMatchObject({
    jobStatus: 'COMPLETED',
    jobRunTime: expect.stringMatching(/^00:\d\d:\d\d$/) as string,
    resourceName: 'fs-1',
    backupPlanName: 'p',
    backupRuleName: 'daily',
    backupRuleTimezone: 'Etc/UTC',
    startWindowEnd: '2027-01-01T13:00:00.000Z',
    recoveryPointArn: point?.recoveryPointArn,
    vaultType: 'BACKUP_VAULT',
    vaultLockStatus: 'LOCKED',
    isEncrypted: true,
    encryptionKeyArn: CMK,
    deleteAfterDays: 35,
    iamRoleArn: ROLE,
  });
  const [copy = {}] = rows(state, 'copies');
  expect(Object.keys(copy)).toEqual(REPORT_COLUMNS.COPY_JOB_REPORT);
  expect(copy).toMatchObject({
    sourceRecoveryPointArn: point?.recoveryPointArn,
    destinationBackupVaultArn: DESTINATION,
    vaultLockStatus: 'UNLOCKED',
  });
  const [restore = {}] = rows(state, 'restores');
  expect(Object.keys(restore)).toEqual(REPORT_COLUMNS.RESTORE_JOB_REPORT);
  expect(restore).toMatchObject({
    percentDone: '100.00%',
    sourceResourceArn: FS.arn,
    backupVaultArn: vaultArn('main'),
  });
});

test('reports of compliance count for each control, or name each resource (B10.2/2)', () => {
  const state = staged({ resources: [FS, resource('fsx-ontap', 'fsvol-1')] });
  const controls = [
    FrameworkControl.backupResourcesProtectedByCrossRegion({ crossRegions: ['eu-west-1'] }),
    FrameworkControl.backupRecoveryPointManualDeletionDisabled(),
  ];
  const { FrameworkArn = '' } = createFramework(state, ENV, {
    FrameworkName: 'f',
    FrameworkControls: fromControls(controls),
  });
  createFramework(state, ENV, { FrameworkName: 'other', FrameworkControls: fromControls(controls) });
  const more = { formats: ['JSON'], frameworkArns: [FrameworkArn] };
  create(state, ReportTemplate.CONTROL_COMPLIANCE, more, 'controls');
  create(state, ReportTemplate.RESOURCE_COMPLIANCE, more, 'resources');
  expect(rows(state, 'controls')).toMatchObject([
    {
      frameworkName: 'f',
      controlName: 'BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION',
      controlComplianceStatus: 'NON_COMPLIANT',
      numResourcesCompliant: 0,
      numResourcesNonCompliant: 1,
      controlFrequency: 'TwentyFour_Hours',
      controlParameters: '{"crossRegionList":"eu-west-1"}',
    },
    { controlFrequency: null, numResourcesNonCompliant: 2, controlParameters: '' },
  ]);
  expect(rows(state, 'resources').map((row) => `${row.resourceId} ${row.resourceComplianceStatus}`)).toEqual([
    'AWS::EFS::FileSystem/fs-1 NON_COMPLIANT',
    'AWS::Backup::BackupVault/main NON_COMPLIANT',
    'AWS::Backup::BackupVault/second NON_COMPLIANT',
  ]);
});

test('reports on other accounts are for who watches over them, and in CSV alone (B10.2/3)', () => {
  const { state } = organization({
    vaults: [vault('main', { env: MEMBER })],
    resources: [resource('efs', 'fs-3', { env: MEMBER })],
    plans: [plan('p', [rule('daily')], { env: MEMBER })],
  });
  expect(() => create(state, JOBS, { accounts: ['ROOT'] }, 'all', MEMBER)).toThrow('may not report on other accounts');
  expect(() => create(state, JOBS, { accounts: ['ROOT'], formats: ['JSON'] }, 'all', MANAGEMENT)).toThrow('JSON');
  create(state, JOBS, { accounts: ['ROOT'], regions: ['*'] }, 'all', MANAGEMENT);
  create(state, JOBS, {}, 'own', MANAGEMENT);
  pass(state, 2 * DAY);
  const texts = (name: string) =>
    state.reportPlans.files
      .list()
      .filter(({ key }) => key.includes(`/${name}_`))
      .map((file) => file.text());
  expect(texts('all').at(-1)).toContain('file-system/fs-3');
  expect(texts('own').at(-1)).not.toContain('file-system/fs-3');
});

test('files are split before they grow too large, and quote what a CSV cannot hold (B10.2/4)', () => {
  const items = [
    { a: 'x,"y"', b: null },
    { a: 1, b: { k: 'v' } },
  ];
  const whole = reportTexts('CSV', ['a', 'b'], items);
  expect(whole).toEqual(['a,b\r\n"x,""y""",\r\n1,"{""k"":""v""}"\r\n']);
  expect(reportTexts('CSV', ['a', 'b'], items, whole[0]!.length)).toHaveLength(1);
  expect(reportTexts('CSV', ['a', 'b'], items, whole[0]!.length - 1)).toEqual([
    'a,b\r\n"x,""y""",\r\n',
    'a,b\r\n1,"{""k"":""v""}"\r\n',
  ]);
  expect(reportTexts('JSON', ['a'], [])).toEqual(['{"reportItems":[]}']);
});

test('the ARN of a report plan follows from its name and place, so that a template can name it before it is there', () => {
  const state = staged();
  expect(reportPlanArn(ENV, 'jobs')).toBe(
    'arn:aws:backup:eu-central-1:111122223333:report-plan:jobs-51c4990e-1214-4ffb-bbff-ad1bc36e88ab',
  );
  const arns = () => listReportPlans(state, ENV, {}).ReportPlans?.map(({ ReportPlanArn }) => ReportPlanArn);
  create(state, JOBS);
  create(state, JOBS, {}, 'also');
  create(state, JOBS, {}, 'jobs', { ...ENV, region: 'us-east-1' });
  expect(arns()).toEqual([reportPlanArn(ENV, 'also'), reportPlanArn(ENV, 'jobs')]);
  expect(listReportPlans(state, { ...ENV, region: 'us-east-1' }, {}).ReportPlans).toHaveLength(1);
  expect(state.reportPlans.everywhere().map(({ arn }) => arn)).toEqual(
    [...arns()!, reportPlanArn({ ...ENV, region: 'us-east-1' }, 'jobs')].sort(),
  );
  deleteReportPlan(state, ENV, { ReportPlanName: 'jobs' });
  pass(state, MINUTE + 1);
  create(state, JOBS);
  expect(arns()?.[1]).toBe(reportPlanArn(ENV, 'jobs', 1));
  expect(new Set([0, 1, 2].map((before) => reportPlanArn(ENV, 'jobs', before))).size).toBe(3);
});

test('reports that are asked for at one instant are two, and each of its own plan', () => {
  const state = staged();
  create(state, JOBS, { formats: ['JSON', 'CSV'] });
  create(state, JOBS, {}, 'other');
  create(state, JOBS, {}, 'jobs', { ...ENV, region: 'us-east-1' });
  const ids = ['jobs', 'jobs', 'other', 'jobs'].map(
    (ReportPlanName) => startReportJob(state, ENV, { ReportPlanName }).ReportJobId,
  );
  expect(new Set(ids).size).toBe(4);
  expect(listReportJobs(state, ENV, {}).ReportJobs?.map(({ ReportJobId }) => ReportJobId)).toEqual([...ids].reverse());
  expect(listReportJobs(state, { ...ENV, region: 'us-east-1' }, {}).ReportJobs).toEqual([]);
  expect(
    describeReportPlan(state, ENV, { ReportPlanName: 'jobs' }).ReportPlan?.LastSuccessfulExecutionTime,
  ).toBeUndefined();
  pass(state, MINUTE + 1);
  const { S3Keys } = describeReportJob(state, ENV, { ReportJobId: ids[0] }).ReportJob?.ReportDestination ?? {};
  const folder = `Backup/${ENV.account}/${ENV.region}/2027/01/01`;
  expect(S3Keys).toEqual([`${folder}/jobs_${ids[0]}.json`, `${folder}/jobs_${ids[0]}.csv`]);
  expect(describeReportPlan(state, ENV, { ReportPlanName: 'jobs' }).ReportPlan).toMatchObject({
    LastAttemptedExecutionTime: new Date(state.now - MINUTE - 1),
    LastSuccessfulExecutionTime: new Date(state.now - 1),
  });
});

test('a report plan that changes writes one report a day all the same', () => {
  const state = staged();
  create(state, JOBS);
  for (let day = 0; day < 3; day++) {
    pass(state, HOUR);
    updateReportPlan(state, ENV, { ReportPlanName: 'jobs', ReportPlanDescription: `${day}` });
  }
  pass(state, 3 * DAY);
  const days = state.reportPlans.files.list().map(({ createdAt }) => Math.floor(createdAt / DAY));
  expect(days.length).toBeGreaterThanOrEqual(3);
  expect(new Set(days).size).toBe(days.length);
});

test('where things settle at once, a report plan is there at once, and gone at once', () => {
  const state = staged();
  state.ledger.settlesAtOnce = true;
  const shape = fromReportPlan({ reportPlanName: 'jobs', env: ENV, reportTemplate: JOBS, s3BucketName: 'reports' });
  createReportPlan(state, ENV, { ReportPlanName: 'jobs', ...shape });
  expect(describeReportPlan(state, ENV, { ReportPlanName: 'jobs' }).ReportPlan?.DeploymentStatus).toBe('COMPLETED');
  pass(state, DAY);
  expect(state.reportPlans.files.list()).toHaveLength(1);
  deleteReportPlan(state, ENV, { ReportPlanName: 'jobs' });
  expect(listReportPlans(state, ENV, {}).ReportPlans).toEqual([]);
});

test('a stack that waits for a report plan finds it deployed, or gone', () => {
  const state = staged();
  const shape = fromReportPlan({ reportPlanName: 'jobs', env: ENV, reportTemplate: JOBS, s3BucketName: 'reports' });
  createReportPlan(state, ENV, { ReportPlanName: 'jobs', ...shape });
  const standing = state.reportPlans.tryFind(ENV, 'jobs')!;
  state.reportPlans.await(standing);
  expect(standing.status).toBe('COMPLETED');
  deleteReportPlan(state, ENV, { ReportPlanName: 'jobs' });
  expect(state.reportPlans.tryFind(ENV, 'jobs')).toBe(standing);
  state.reportPlans.await(standing);
  expect(state.reportPlans.tryFind(ENV, 'jobs')).toBeUndefined();
});

// Jobs of the member in two Regions, of the management account, and of one outside of the organization; the member stands
// in a unit.
// prettier-ignore
test.each<[rows: string[], what: string, more: (unit: string) => Partial<BackupReportPlan>]>([
  [['1 eu'],                 'its own account and Region',        () => ({})],
  [['1 eu', '2 eu', '2 us'], 'the organization in all Regions',   () => ({ accounts: ['ROOT'], regions: ['*'] })],
  [['1 eu', '2 eu'],         'the organization',                  () => ({ accounts: ['ROOT'] })],
  [['2 eu', '2 us'],         'an account in all Regions',         () => ({ accounts: [MEMBER.account], regions: ['*'] })],
  [['2 us'],                 'an account in a Region',            () => ({ accounts: [MEMBER.account], regions: ['us-east-1'] })],
  [['2 eu'],                 'the accounts of a unit',            (unit) => ({ organizationUnits: [unit] })],
  [['1 eu', '2 eu'],         'a unit and an account',             (unit) => ({ organizationUnits: [unit], accounts: [MANAGEMENT.account] })],
  [[],                       'a unit that nobody is in',          () => ({ organizationUnits: ['ou-none-11111111'] })],
])('has %j: a report covers %s (B10.2/3)', (expected, _, more) => {
  const outside = { ...MEMBER, account: '000000000009' };
  const envs = [MANAGEMENT, MEMBER, { ...MEMBER, region: 'us-east-1' }, outside];
  const { state, unit } = organization({
    vaults: envs.map((env) => vault('main', { env })),
    resources: envs.map((env) => resource('efs', 'fs-1', { env })),
    plans: envs.map((env) => plan('p', [rule('daily')], { env })),
  });
  create(state, JOBS, more(unit), 'all', MANAGEMENT);
  pass(state, DAY);
  startReportJob(state, MANAGEMENT, { ReportPlanName: 'all' });
  pass(state, MINUTE + 1);
  const text = state.reportPlans.files.list().at(-1)?.text() ?? '';
  const found = text.split('\r\n').slice(1).filter(Boolean).map((line) => line.split(','));
  expect(found.map(([, , account, region]) => `${account?.at(-1)} ${region?.slice(0, 2)}`).sort()).toEqual(expected);
});
