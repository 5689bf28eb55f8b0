/**
 * Scan jobs in the SDK's shape.
 *
 * Pure: reads the World.
 * Source   API ScanJob, ScanResult, AggregatedScanResult.
 */
import type {
  AggregatedScanResult,
  MalwareScanner,
  ScanJob as SdkScanJob,
  ScanJobCreator,
  ScanResourceType,
  ScanResult,
} from '@aws-sdk/client-backup';
import { statusMessage } from '../domain/reasons';
import type { ScanJob } from '../domain/scan-runs';
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { given, toDate } from './backup/shapes';
import type { Caller } from './caller';

/** Most results that a point shows. */
const RESULTS = 5;

/** Those of the caller's account and Region, newest first. */
export function scanJobsOf({ scans, ledger }: WorldState, caller: Caller): ScanJob[] {
  const here = ({ series }: ScanJob) => placeOf(ledger.vaultOf(series).made.env) === placeOf(caller);
  return scans.list().filter(here).reverse();
}

export function showScanJob({ ledger }: WorldState, job: ScanJob): SdkScanJob {
  const vault = ledger.vaultOf(job.series);
  return {
    AccountId: vault.made.env.account,
    BackupVaultArn: vault.arn,
    BackupVaultName: vault.name,
    CreatedBy: creatorOf(job),
    CreationDate: dateOf(job.createdAt),
    IamRoleArn: job.request.roleArn,
    MalwareScanner: job.request.scanner as MalwareScanner,
    RecoveryPointArn: job.pointArn,
    ResourceArn: job.resource.arn,
    ResourceName: job.resource.declaration.name,
    ResourceType: job.resource.service.resourceType as ScanResourceType,
    ScanJobId: job.id,
    ScanId: job.scanId,
    ScanMode: job.mode,
    ScannerRoleArn: job.request.scannerRoleArn,
    State: job.state,
    ...given({
      CompletionDate: toDate(job.completedAt),
      ScanBaseRecoveryPointArn: job.baseArn,
      ScanResult: job.result && { ScanResultStatus: job.result },
      StatusMessage: statusMessage(job.reason) || undefined,
    }),
  };
}

/** Scans of a point that are over, newest first, as DescribeRecoveryPoint has them. */
export function scanResults({ scans }: WorldState, row: number): ScanResult[] | undefined {
  const over = scans.ofPoint(row).filter((job) => job.completedAt !== undefined);
  return over.length === 0 ? undefined : over.reverse().slice(0, RESULTS).map(resultOf);
}

/** What lists of points say of the scans of each. */
export function aggregatedScan({ scans }: WorldState, row: number): AggregatedScanResult | undefined {
  const over = scans.ofPoint(row).filter((job) => job.completedAt !== undefined);
  const last = over.at(-1);
  return last === undefined
    ? undefined
    : given({
        FailedScan: over.some(({ state }) => state === 'FAILED'),
        Findings: over.some(({ result }) => result === 'THREATS_FOUND') ? ['MALWARE' as const] : [],
        LastComputed: toDate(last.completedAt),
      });
}

function resultOf(job: ScanJob): ScanResult {
  return given({
    MalwareScanner: job.request.scanner as MalwareScanner,
    ScanJobState: job.state as NonNullable<ScanResult['ScanJobState']>,
    LastScanTimestamp: toDate(job.completedAt),
    Findings: job.result === 'THREATS_FOUND' ? ['MALWARE' as const] : [],
  });
}

function creatorOf({ request }: ScanJob): ScanJobCreator | undefined {
  const rule = request.origin?.rule;
  return rule === undefined
    ? undefined
    : {
        BackupPlanArn: rule.plan.arn,
        BackupPlanId: rule.plan.id,
        BackupPlanVersion: rule.plan.versionId,
        BackupRuleId: rule.id,
      };
}
