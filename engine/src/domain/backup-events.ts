/**
 * The events that AWS Backup sends to EventBridge, by the change that they tell of.
 *
 * Pure: reads a ledger.
 * Units    dates in events are ISO 8601 text with milliseconds, unless a sample has them otherwise.
 * Source   B14.1/1 to B14.1/5 and the samples of the guide.
 * Spec     backup-events.md
 */
import { BackupEvent, Environment } from '@holdfast/model';
import { floatAt, intAt } from '../kernel/columns';
import { formatInstant, Instant, MINUTE, NEVER } from '../kernel/instant';
import type { NewEvent } from './bus-event';
import type {
  Change,
  IndexChange,
  JobChange,
  PlanChange,
  PointChange,
  RestoreJobChange,
  ScanJobChange,
  VaultChange,
} from './changes';
import { encryptionOfPoint } from './encryption';
import type { Ledger } from './ledger';
import type { Origin } from './origins';
import { COLD, CONTINUOUS } from './recovery-points';
import { arnOfPoint, jobMessage, jobView, lifecycleOf } from './show';
import { RETRY_MINUTES } from './waiting';

type Detail = Readonly<Record<string, unknown>>;

const BETWEEN_TRIES = RETRY_MINUTES * MINUTE;
const NOT_PRESENT = 'NOT_PRESENT';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** What is known of an event before it is made. */
export interface Announced {
  readonly env: Environment;
  readonly kind: BackupEvent;
  /** `state` of its detail; undefined where the detail says it otherwise, or not at all. */
  readonly state?: string;
}

/** What kind of event a change makes, and where; undefined for changes that AWS Backup sends no event of. */
export function announcedBy(ledger: Ledger, change: Change): Announced | undefined {
  switch (change.kind) {
    case 'backup-job':
      return { env: envOfJob(ledger, change.row), kind: BackupEvent.BACKUP_JOB, state: change.state };
    case 'copy-job':
      return { env: envOfJob(ledger, change.row), kind: BackupEvent.COPY_JOB, state: change.state };
    case 'recovery-point':
      return {
        env: ledger.vaultOf(intAt(ledger.points.series, change.row)).made.env,
        kind: BackupEvent.RECOVERY_POINT,
      };
    case 'vault':
      return { env: change.vault.made.env, kind: BackupEvent.VAULT };
    case 'plan':
      return { env: change.plan.declaration.env, kind: BackupEvent.PLAN };
    case 'region-setting':
      return { env: change.env, kind: BackupEvent.REGION_SETTING };
    case 'restore-job':
      return { env: change.env, kind: BackupEvent.RESTORE_JOB };
    case 'recovery-point-index':
      return { env: change.env, kind: BackupEvent.RECOVERY_POINT_INDEX };
    case 'scan-job':
      return { env: change.env, kind: BackupEvent.SCAN_JOB };
    default:
      return undefined;
  }
}

/** The event of a change; undefined for changes that AWS Backup sends no event of. */
export function backupEventOf(ledger: Ledger, change: Change): NewEvent | undefined {
  const announced = announcedBy(ledger, change);
  if (announced === undefined) {
    return undefined;
  }
  const { env, kind } = announced;
  const said = saidBy(ledger, change);
  return { env, source: BackupEvent.SOURCE, detailType: kind.detailType, ...said };
}

function saidBy(ledger: Ledger, change: Change): { readonly resources: string[]; readonly detail: Detail } {
  switch (change.kind) {
    case 'backup-job':
      return ofBackupJob(ledger, change);
    case 'copy-job':
      return ofCopyJob(ledger, change);
    case 'recovery-point':
      return ofPoint(ledger, change);
    case 'vault':
      return ofVault(change);
    case 'plan':
      return ofPlan(ledger, change);
    case 'region-setting':
      return {
        resources: [],
        detail: withoutAbsent({
          modifiedAt: formatInstant(ledger.now),
          ResourceTypeOptInPreference: change.resourceTypeOptInPreference,
          state: 'MODIFIED',
        }),
      };
    case 'restore-job':
      return ofRestoreJob(change);
    case 'recovery-point-index':
      return ofIndex(ledger, change);
    case 'scan-job':
      return ofScan(change);
    default:
      return { resources: [], detail: {} };
  }
}

/** Events of a job come from the account and Region of its resource; of a copy, from those of the source's vault. */
function envOfJob(ledger: Ledger, row: number): Environment {
  const source = intAt(ledger.jobs.sources, row);
  return source < 0
    ? ledger.resources.find(intAt(ledger.jobs.resources, row)).declaration.env
    : ledger.vaultOf(source).made.env;
}

function ofBackupJob(ledger: Ledger, { row, state, reason }: JobChange) {
  const { jobs } = ledger;
  const job = jobView(ledger, row);
  const creationDate = formatInstant(job.createdAt);
  const resources = job.recoveryPointArn === undefined ? [] : [job.recoveryPointArn];
  if (state === 'CREATED') {
    // Source B14.1/2: nothing else is known yet.
    return { resources, detail: { backupJobId: job.jobId, state, creationDate } };
  }
  const origin = ledger.origins.find(intAt(jobs.origins, row));
  const over = job.completedAt !== undefined;
  const detail = withoutAbsent({
    backupJobId: job.jobId,
    backupSizeInBytes: state === 'COMPLETED' ? String(job.sizeBytes) : undefined,
    backupVaultArn: job.backupVaultArn,
    backupVaultName: job.backupVaultName,
    bytesTransferred: String(state === 'COMPLETED' ? job.transferredBytes : 0),
    creationDate,
    completionDate: dateText(job.completedAt),
    iamRoleArn: origin.roleArn,
    resourceArn: job.resourceArn,
    resourceType: job.resourceType,
    state,
    statusMessage: over ? messageOf(ledger, row, reason) : undefined,
    startBy: dateText(job.startBy),
    percentDone: state === 'COMPLETED' ? 100 : 0,
    retryCount: over ? triesOf(ledger, row) : undefined,
    expectedCompletionDate: state === 'RUNNING' ? clockText(floatAt(jobs.endAts, row)) : undefined,
    createdBy: creatorOf(origin),
  });
  return { resources, detail };
}

function ofCopyJob(ledger: Ledger, { row, state, reason }: JobChange) {
  const job = jobView(ledger, row);
  const origin = ledger.origins.find(intAt(ledger.jobs.origins, row));
  const resources = sourceOf(ledger, row);
  const ends = {
    creationDate: formatInstant(job.createdAt),
    state,
    sourceBackupVaultArn: job.sourceBackupVaultArn,
    destinationBackupVaultArn: job.backupVaultArn,
  };
  if (state === 'CREATED') {
    return { resources, detail: ends };
  }
  const over = job.completedAt !== undefined;
  const detail = withoutAbsent({
    copyJobId: job.jobId,
    backupSizeInBytes: job.sizeBytes,
    ...ends,
    iamRoleArn: origin.roleArn,
    resourceArn: job.resourceArn,
    resourceType: job.resourceType,
    // The samples have an empty object while the point is not known.
    destinationRecoveryPointArn: job.recoveryPointArn ?? {},
    statusMessage: over ? messageOf(ledger, row, reason) : undefined,
    completionDate: dateText(job.completedAt),
    createdBy: creatorOf(origin),
  });
  return { resources, detail };
}

/** The point that a job copies, while it is there. */
function sourceOf(ledger: Ledger, row: number): string[] {
  const { jobs, points } = ledger;
  const point = intAt(jobs.points, row);
  const series = intAt(jobs.sources, row);
  const same = points.isSame(point, series, floatAt(jobs.pointCreatedAts, row));
  const stands = same || (points.has(point, CONTINUOUS) && intAt(points.series, point) === series);
  return stands ? [arnOfPoint(ledger, point)] : [];
}

function ofPoint(ledger: Ledger, { row, status }: PointChange) {
  const { points } = ledger;
  const vault = ledger.vaultOf(intAt(points.series, row));
  const resource = ledger.resourceOf(intAt(points.series, row));
  const origin = ledger.origins.find(intAt(points.origins, row));
  const lifecycle = lifecycleOf(ledger, row);
  const detail = withoutAbsent({
    backupVaultName: vault.name,
    backupVaultArn: vault.arn,
    creationDate: formatInstant(floatAt(points.createdAts, row)),
    completionDate: formatInstant(floatAt(points.completedAts, row)),
    iamRoleArn: origin.roleArn,
    resourceType: resource.service.resourceType,
    resourceArn: resource.arn,
    status: status === 'COLD' ? 'MODIFIED' : status,
    // Text, as in the sample.
    isEncrypted: String(encryptionOfPoint(ledger, row).encrypted),
    storageClass: points.has(row, COLD) ? 'COLD' : 'WARM',
    createdBy: creatorOf(origin),
    lifecycle: {
      deleteAfterDays: lifecycle?.deleteAfterDays ?? NOT_PRESENT,
      moveToColdStorageAfterDays: lifecycle?.moveToColdStorageAfterDays ?? NOT_PRESENT,
    },
    calculatedLifeCycle: {
      deleteAt: dateText(floatAt(points.deleteAts, row)) ?? NOT_PRESENT,
      moveToColdStorageAt: dateText(floatAt(points.coldAts, row)) ?? NOT_PRESENT,
    },
  });
  return { resources: [arnOfPoint(ledger, row)], detail };
}

function ofVault({ vault, state }: VaultChange) {
  const isLocked = state === 'MODIFIED' ? String(vault.lock !== undefined) : undefined;
  return { resources: [vault.arn], detail: withoutAbsent({ backupVaultName: vault.name, state, isLocked }) };
}

function ofPlan(ledger: Ledger, { plan, state }: PlanChange) {
  const key = { CREATED: 'creationDate', MODIFIED: 'modifiedAt', DELETED: 'deletionDate' }[state];
  const detail = { backupPlanId: plan.id, versionId: plan.versionId, [key]: formatInstant(ledger.now), state };
  return { resources: [plan.arn], detail };
}

/** Source B14.1/3: CREATED stands in `state`, all else in `status`; B14.1/2: the vault is named when it is COMPLETED. */
function ofRestoreJob(job: RestoreJobChange) {
  const resources = [job.recoveryPointArn];
  const creationDate = formatInstant(job.createdAt);
  if (job.state === 'CREATED') {
    return { resources, detail: { restoreJobId: job.restoreJobId, creationDate, state: job.state } };
  }
  const detail = {
    restoreJobId: job.restoreJobId,
    backupSizeInBytes: String(job.sizeBytes),
    creationDate,
    iamRoleArn: job.iamRoleArn,
    percentDone: job.state === 'COMPLETED' ? 100 : 0,
    resourceType: job.resourceType,
    status: job.state,
    statusMessage: job.statusMessage === '' ? undefined : job.statusMessage,
  };
  const completed = {
    backupVaultArn: job.backupVaultArn,
    recoveryPointArn: job.recoveryPointArn,
    sourceResourceArn: job.sourceResourceArn,
    createdResourceArn: job.createdResourceArn,
    completionDate: dateText(job.completedAt),
    restoreTestingPlanArn: job.restoreTestingPlanArn,
  };
  return { resources, detail: withoutAbsent(job.state === 'COMPLETED' ? { ...detail, ...completed } : detail) };
}

function ofIndex(ledger: Ledger, index: IndexChange) {
  const ended = index.status === 'DELETED' ? 'indexDeletionTime' : 'indexCompletionTime';
  const detail = withoutAbsent({
    recoveryPointArn: index.recoveryPointArn,
    accountId: index.env.account,
    indexStatus: index.status,
    iamRoleArn: index.iamRoleArn,
    resourceType: index.resourceType,
    backupVaultArn: index.backupVaultArn,
    indexCreationTime: formatInstant(index.indexCreatedAt),
    isIndexingContinuous: 'false',
    sourceResourceArn: index.sourceResourceArn,
    backupCreationTime: formatInstant(index.backupCreatedAt),
    indexStatusMessage: index.statusMessage === '' ? undefined : index.statusMessage,
    [ended]: formatInstant(ledger.now),
  });
  return { resources: [index.recoveryPointArn], detail };
}

function ofScan(scan: ScanJobChange) {
  const by = scan.createdBy;
  const detail = withoutAbsent({
    accountId: scan.env.account,
    backupVaultArn: scan.backupVaultArn,
    backupVaultName: scan.backupVaultArn.split(':').at(-1),
    // The rule is called backupRuleId here, backupPlanRuleId in events of jobs.
    createdBy: by && {
      backupPlanArn: by.planArn,
      backupPlanId: by.planId,
      backupPlanVersion: by.planVersion,
      backupRuleId: by.ruleId,
    },
    creationDate: formatInstant(scan.createdAt),
    completionDate: dateText(scan.completedAt),
    iamRoleArn: scan.iamRoleArn,
    scannerRoleArn: scan.scannerRoleArn,
    recoveryPointArn: scan.recoveryPointArn,
    resourceArn: scan.resourceArn,
    resourceType: scan.resourceType,
    scanId: scan.scanId,
    scanJobId: scan.scanJobId,
    scanBaseRecoveryPointArn: scan.baseRecoveryPointArn,
    malwareScanner: scan.malwareScanner,
    scanResult: scan.result && { scanResultStatus: scan.result },
    state: scan.state,
    statusMessage: scan.statusMessage === '' ? undefined : scan.statusMessage,
  });
  return { resources: [scan.recoveryPointArn], detail };
}

/** Source B14.1/4: on-demand jobs have none. */
function creatorOf({ rule }: Origin): Detail | undefined {
  return rule === undefined
    ? undefined
    : {
        backupPlanId: rule.plan.id,
        backupPlanArn: rule.plan.arn,
        backupPlanVersion: rule.plan.versionId,
        backupPlanRuleId: rule.id,
      };
}

/** How often a job that is over looked for its resource until it ran or gave up. */
function triesOf({ jobs }: Ledger, row: number): number {
  const startedAt = floatAt(jobs.startedAts, row);
  const waited = (startedAt === NEVER ? floatAt(jobs.endAts, row) : startedAt) - floatAt(jobs.createdAts, row);
  return 1 + Math.floor(waited / BETWEEN_TRIES);
}

function messageOf(ledger: Ledger, row: number, reason: number): string | undefined {
  const message = jobMessage(ledger, row, reason);
  return message === '' ? undefined : message;
}

function dateText(instant: Instant | undefined): string | undefined {
  return instant === undefined || instant === NEVER ? undefined : formatInstant(instant);
}

/** `Jul 15, 2020 9:39:07 PM`, as the sample has the expected completion. */
export function clockText(instant: Instant): string {
  const [, year = '', month = '', day = '', hour = '', rest = ''] =
    /^(\d+)-(\d+)-(\d+)T(\d+):(\d+:\d+)/.exec(formatInstant(instant)) ?? [];
  const half = Number(hour) < 12 ? 'AM' : 'PM';
  return `${MONTHS[Number(month) - 1]} ${Number(day)}, ${year} ${Number(hour) % 12 || 12}:${rest} ${half}`;
}

function withoutAbsent(detail: Detail): Detail {
  return Object.fromEntries(Object.entries(detail).filter(([, value]) => value !== undefined));
}
