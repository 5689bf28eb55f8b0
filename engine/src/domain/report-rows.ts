/**
 * The rows of reports, template by template.
 *
 * Pure: reads a World's ledger.
 * Units    periods are half-open, of Instants.
 * Source   B10.2/4 (what ended in the period, and what is under way), B10.2/5 (columns).
 * Spec     report-plans.md
 */
import { BackupRuleDefaults, Lifecycle } from '@holdfast/model';
import { byteAt, floatAt, intAt } from '../kernel/columns';
import { formatInstant, Instant, SECOND } from '../kernel/instant';
import { isDaily, Framework, Frameworks } from './frameworks';
import { parametersOf } from './audit-controls';
import { encryptionOf } from './encryption';
import { JOB_STATES } from './event-codes';
import { BACKUP } from './jobs';
import type { Ledger } from './ledger';
import type { Origin } from './origins';
import type { ReportRow, ReportValue } from './report-files';
import type { RestoreJob } from './restore-runs';
import { restoreMessage } from './restore-views';
import { statusMessage } from './reasons';
import { jobId, jobView, sourceOfCopyJob } from './show';
import type { ScanJob } from './scan-runs';
import type { Vault } from './vaults';

export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

/** Which accounts and Regions a report covers. */
export type Covers = (env: { readonly account: string; readonly region: string }) => boolean;

const JOB_CONTEXT = [
  'resourceName',
  'initiationDate',
  'backupPlanArn',
  'backupRuleId',
  'backupPlanName',
  'backupRuleName',
  'backupRuleSchedule',
  'backupRuleTimezone',
  'startWindowEnd',
  'backupOptions',
  'isParentJob',
  'parentJobId',
  'creationDate',
  'completionDate',
];
const VAULT_CONTEXT = ['vaultType', 'vaultLockStatus', 'isEncrypted', 'encryptionKeyArn'];
const LIFECYCLE = ['deleteAfterDays', 'moveToColdAfterDays', 'enableArchive', 'iamRoleArn'];
const PERIOD = ['reportTimePeriodStart', 'reportTimePeriodEnd', 'accountId', 'region'];
const JOB = ['jobStatus', 'statusMessage', 'jobRunTime', 'resourceType', 'resourceArn'];

/** Columns of each template, in order. `statusMessage` is not in AWS's samples: Assumed. */
export const REPORT_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  BACKUP_JOB_REPORT: [
    ...[...PERIOD, 'backupJobId', ...JOB, ...JOB_CONTEXT, 'recoveryPointArn', 'backupSizeInBytes'],
    ...['backupVaultName', 'backupVaultArn', ...VAULT_CONTEXT, ...LIFECYCLE],
  ],
  COPY_JOB_REPORT: [
    ...[...PERIOD, 'copyJobId', ...JOB, ...JOB_CONTEXT, 'backupSizeInBytes'],
    ...['sourceRecoveryPointArn', 'sourceBackupVaultArn', 'destinationRecoveryPointArn', 'destinationBackupVaultArn'],
    ...[...VAULT_CONTEXT, ...LIFECYCLE],
  ],
  RESTORE_JOB_REPORT: [
    ...['reportTimePeriod', 'accountId', 'region', 'restoreJobId', 'jobStatus', 'statusMessage', 'jobRunTime'],
    ...['resourceType', 'recoveryPointArn', 'resourceName', 'sourceResourceArn', 'createdResourceArn'],
    ...['backupVaultArn', 'initiationDate', 'creationDate', 'completionDate', 'backupSizeInBytes', 'percentDone'],
    ...['isParentJob', 'parentJobId', ...VAULT_CONTEXT, 'iamRoleArn', 'validationStatus', 'deletionStatus'],
  ],
  // Assumed: the columns, after those of backup jobs; AWS shows no sample.
  SCAN_JOB_REPORT: [
    ...[...PERIOD, 'scanJobId', ...JOB, 'resourceName', 'backupPlanArn', 'backupRuleId', 'backupPlanName'],
    ...['backupRuleName', 'creationDate', 'completionDate', 'recoveryPointArn', 'backupVaultName', 'backupVaultArn'],
    ...['malwareScanner', 'scanMode', 'scanBaseRecoveryPointArn', 'scanResultStatus', 'iamRoleArn', 'scannerRoleArn'],
  ],
  CONTROL_COMPLIANCE_REPORT: [
    ...['accountId', 'region', 'frameworkName', 'frameworkDescription', 'controlName', 'controlComplianceStatus'],
    ...['lastEvaluationTime', 'numResourcesCompliant', 'numResourcesNonCompliant', 'controlFrequency'],
    ...['controlScope', 'controlParameters'],
  ],
  RESOURCE_COMPLIANCE_REPORT: [
    ...['accountId', 'region', 'frameworkName', 'frameworkDescription', 'controlName', 'resourceId', 'resourceType'],
    ...['resourceComplianceStatus', 'lastEvaluationTime'],
  ],
};

/** Backup or copy jobs that ended in the period or are under way, oldest first. */
export function jobRows(ledger: Ledger, kind: number, period: Period, covers: Covers): ReportRow[] {
  const { jobs } = ledger;
  return jobs
    .rows((row) => byteAt(jobs.kinds, row) === kind && floatAt(jobs.createdAts, row) < period.to)
    .filter((row) => covers(envOf(ledger, row)) && isOfPeriod(ledger, row, period))
    .map((row) => jobRow(ledger, row, period));
}

/** Assumed: a job belongs to the account and Region of its resource, a copy to those of its source. */
function envOf(ledger: Ledger, row: number): { readonly account: string; readonly region: string } {
  const source = intAt(ledger.jobs.sources, row);
  return source < 0
    ? ledger.resources.find(intAt(ledger.jobs.resources, row)).declaration.env
    : ledger.vaultOf(source).made.env;
}

function isOfPeriod({ jobs }: Ledger, row: number, { from, to }: Period): boolean {
  const endedAt = floatAt(jobs.endAts, row);
  return !jobs.isOver(row) || (endedAt >= from && endedAt < to);
}

function jobRow(ledger: Ledger, row: number, period: Period): ReportRow {
  const { jobs } = ledger;
  const view = jobView(ledger, row);
  const origin = ledger.origins.find(intAt(jobs.origins, row));
  const resource = ledger.resources.find(intAt(jobs.resources, row));
  const series = intAt(jobs.series, row);
  const vault = series < 0 ? undefined : ledger.vaultOf(series);
  const { account, region } = envOf(ledger, row);
  const isBackup = byteAt(jobs.kinds, row) === BACKUP;
  const { encrypted, keyArn } = encryptionOf(ledger, resource, vault, !isBackup);
  const own: ReportRow = isBackup
    ? {
        recoveryPointArn: view.recoveryPointArn ?? null,
        backupVaultName: view.backupVaultName,
        backupVaultArn: view.backupVaultArn,
      }
    : {
        sourceRecoveryPointArn: sourceOfCopyJob(ledger, row) ?? null,
        sourceBackupVaultArn: view.sourceBackupVaultArn ?? null,
        destinationRecoveryPointArn: view.recoveryPointArn ?? null,
        destinationBackupVaultArn: view.backupVaultArn,
      };
  const all: ReportRow = {
    reportTimePeriodStart: formatInstant(period.from),
    reportTimePeriodEnd: formatInstant(period.to),
    accountId: account,
    region,
    [isBackup ? 'backupJobId' : 'copyJobId']: view.jobId,
    jobStatus: view.state,
    statusMessage: view.statusMessage,
    jobRunTime: runTime(view.startedAt, view.completedAt),
    resourceType: view.resourceType,
    resourceArn: view.resourceArn,
    resourceName: resource.declaration.name,
    initiationDate: orNull(view.startedAt),
    startWindowEnd: orNull(view.startBy),
    ...ofRule(origin, view.resourceType),
    ...ofFamily(ledger, row),
    creationDate: formatInstant(view.createdAt),
    completionDate: orNull(view.completedAt),
    backupSizeInBytes: view.sizeBytes,
    ...own,
    ...ofVault(vault),
    isEncrypted: encrypted,
    encryptionKeyArn: keyArn ?? null,
    ...ofLifecycle(origin.given.lifecycle),
    iamRoleArn: origin.roleArn ?? null,
  };
  return inOrder(isBackup ? 'BACKUP_JOB_REPORT' : 'COPY_JOB_REPORT', all);
}

/** Restore jobs that ended in the period or are under way, oldest first. */
export function restoreRows(all: readonly RestoreJob[], period: Period, covers: Covers): ReportRow[] {
  return all
    .filter((job) => covers(job.request.env) && job.createdAt < period.to)
    .filter(({ completedAt }) => completedAt === undefined || (completedAt >= period.from && completedAt < period.to))
    .map((job) =>
      inOrder('RESTORE_JOB_REPORT', {
        reportTimePeriod: `${formatInstant(period.from)} - ${formatInstant(period.to)}`,
        accountId: job.request.env.account,
        region: job.request.env.region,
        restoreJobId: job.id,
        jobStatus: JOB_STATES[job.state] ?? '',
        statusMessage: restoreMessage(job),
        jobRunTime: runTime(job.startedAt, job.completedAt),
        resourceType: job.resourceType,
        recoveryPointArn: job.pointArn,
        resourceName: job.resource.declaration.name,
        sourceResourceArn: job.resource.arn,
        createdResourceArn: JOB_STATES[job.state] === 'COMPLETED' ? job.target.arn : null,
        backupVaultArn: job.vault.arn,
        initiationDate: orNull(job.startedAt),
        creationDate: formatInstant(job.createdAt),
        completionDate: orNull(job.completedAt),
        backupSizeInBytes: job.sizeBytes,
        percentDone: JOB_STATES[job.state] === 'COMPLETED' ? '100.00%' : '0.00%',
        isParentJob: job.isParent,
        parentJobId: job.request.nestedIn?.parent.id ?? null,
        ...ofVault(job.vault),
        iamRoleArn: job.request.roleArn ?? null,
        validationStatus: job.request.test?.validationStatus ?? null,
        deletionStatus: job.request.test?.deletionStatus ?? null,
      }),
    );
}

/** Scan jobs that ended in the period or are under way, oldest first; of the account and Region of their vault. */
export function scanRows(ledger: Ledger, all: readonly ScanJob[], period: Period, covers: Covers): ReportRow[] {
  return all
    .filter((job) => covers(ledger.vaultOf(job.series).made.env) && job.createdAt < period.to)
    .filter(({ completedAt }) => completedAt === undefined || (completedAt >= period.from && completedAt < period.to))
    .map((job) => {
      const vault = ledger.vaultOf(job.series);
      const { request, resource } = job;
      return inOrder('SCAN_JOB_REPORT', {
        reportTimePeriodStart: formatInstant(period.from),
        reportTimePeriodEnd: formatInstant(period.to),
        accountId: vault.made.env.account,
        region: vault.made.env.region,
        scanJobId: job.id,
        jobStatus: job.state,
        statusMessage: statusMessage(job.reason),
        jobRunTime: runTime(job.createdAt, job.completedAt),
        resourceType: resource.service.resourceType,
        resourceArn: resource.arn,
        resourceName: resource.declaration.name,
        ...(request.origin === undefined ? {} : ofRule(request.origin, resource.service.resourceType)),
        creationDate: formatInstant(job.createdAt),
        completionDate: orNull(job.completedAt),
        recoveryPointArn: job.pointArn,
        backupVaultName: vault.name,
        backupVaultArn: vault.arn,
        malwareScanner: request.scanner,
        scanMode: job.mode,
        scanBaseRecoveryPointArn: job.baseArn ?? null,
        scanResultStatus: job.result ?? null,
        iamRoleArn: request.roleArn ?? null,
        scannerRoleArn: request.scannerRoleArn ?? null,
      });
    });
}

/** One row for each control of the frameworks. */
export function controlRows(frameworks: Frameworks, covered: readonly Framework[]): ReportRow[] {
  return covered.flatMap((framework) =>
    frameworks.resultsOf(framework).map(({ control, status, evaluatedAt, verdicts }) => {
      const count = (wanted: string) => verdicts.filter((one) => one.status === wanted).length;
      return inOrder('CONTROL_COMPLIANCE_REPORT', {
        ...ofFramework(framework),
        controlName: control.controlName,
        controlComplianceStatus: status,
        lastEvaluationTime: orNull(evaluatedAt),
        numResourcesCompliant: count('COMPLIANT'),
        numResourcesNonCompliant: count('NON_COMPLIANT'),
        // Assumed: AWS Config's word for 24 hours; AWS's samples leave it out for the others.
        controlFrequency: isDaily(control) ? 'TwentyFour_Hours' : null,
        controlScope: control.controlScope === undefined ? '' : JSON.stringify(control.controlScope),
        controlParameters: parametersText(parametersOf(control)),
      });
    }),
  );
}

/** One row for each resource and control that applies to it. */
export function resourceRows(frameworks: Frameworks, covered: readonly Framework[]): ReportRow[] {
  return covered.flatMap((framework) =>
    frameworks.resultsOf(framework).flatMap(({ control, evaluatedAt, verdicts }) =>
      verdicts
        .filter(({ status }) => status !== 'NOT_APPLICABLE')
        .map(({ subject, status }) =>
          inOrder('RESOURCE_COMPLIANCE_REPORT', {
            ...ofFramework(framework),
            controlName: control.controlName,
            resourceId: `${subject.resourceType}/${subject.resourceId}`,
            resourceType: subject.resourceType,
            resourceComplianceStatus: status,
            lastEvaluationTime: orNull(evaluatedAt),
          }),
        ),
    ),
  );
}

function ofFramework({ made, description }: Framework): ReportRow {
  const { account: accountId, region } = made.env;
  return { accountId, region, frameworkName: made.name, frameworkDescription: description ?? '' };
}

function ofRule(origin: Origin, resourceType: string): ReportRow {
  const backupOptions = origin.optionsFor(resourceType);
  const { rule } = origin;
  if (rule === undefined) {
    return { backupOptions };
  }
  const { plan, declaration } = rule;
  return {
    backupPlanArn: plan.arn,
    backupRuleId: rule.id,
    backupPlanName: plan.declaration.backupPlanName,
    backupRuleName: declaration.ruleName,
    backupRuleSchedule: declaration.scheduleExpression ?? BackupRuleDefaults.SCHEDULE_EXPRESSION,
    backupRuleTimezone: declaration.scheduleExpressionTimezone ?? BackupRuleDefaults.SCHEDULE_EXPRESSION_TIMEZONE,
    backupOptions,
  };
}

function ofVault(vault: Vault | undefined): ReportRow {
  return vault === undefined
    ? {}
    : {
        vaultType: vault.made.airGapped ? 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT' : 'BACKUP_VAULT',
        vaultLockStatus: vault.lock === undefined ? 'UNLOCKED' : 'LOCKED',
      };
}

/** Source B4.5/1: the job of a stack or cluster is the parent of those of its members. */
function ofFamily(ledger: Ledger, row: number): ReportRow {
  const { jobs, composites } = ledger;
  const number = jobs.numberOf(row);
  const parent = composites.familyOfJob(number)?.parent;
  const isParentJob = parent === number;
  const parentJobId = parent === undefined || isParentJob ? null : jobId(ledger, jobs.rowOf(parent));
  return { isParentJob, parentJobId };
}

function ofLifecycle(lifecycle: Lifecycle | undefined): ReportRow {
  return {
    deleteAfterDays: lifecycle?.deleteAfterDays ?? null,
    moveToColdAfterDays: lifecycle?.moveToColdStorageAfterDays ?? null,
    enableArchive: lifecycle?.optInToArchiveForSupportedResources ?? false,
  };
}

function inOrder(template: string, row: ReportRow): ReportRow {
  return Object.fromEntries((REPORT_COLUMNS[template] ?? []).map((column) => [column, row[column] ?? null]));
}

function parametersText(parameters: Readonly<Record<string, string>>): string {
  return Object.keys(parameters).length === 0 ? '' : JSON.stringify(parameters);
}

/** Hours, minutes and seconds, as in AWS's sample of backup jobs. */
function runTime(from: Instant | undefined, to: Instant | undefined): ReportValue {
  if (from === undefined || to === undefined) {
    return null;
  }
  const seconds = Math.floor((to - from) / SECOND);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function orNull(at: Instant | undefined): ReportValue {
  return at === undefined ? null : formatInstant(at);
}
