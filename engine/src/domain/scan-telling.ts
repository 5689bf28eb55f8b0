/**
 * A scan job as those who listen hear of it.
 *
 * Pure: reads a ledger.
 * Source   B14.1/1 (Scan Job State Change).
 */
import type { Ledger } from './ledger';
import { statusMessage } from './reasons';
import type { ScanJob } from './scan-runs';

/** Tells of the state that a scan has come to; the caller looks at `ledger.observers.listening` first. */
export function tellScan(ledger: Ledger, job: ScanJob): void {
  const vault = ledger.vaultOf(job.series);
  const rule = job.request.origin?.rule;
  ledger.tell({
    kind: 'scan-job',
    env: vault.made.env,
    scanJobId: job.id,
    scanId: job.scanId,
    state: job.state,
    result: job.result,
    createdAt: job.createdAt,
    completedAt: job.completedAt,
    backupVaultArn: vault.arn,
    recoveryPointArn: job.pointArn,
    baseRecoveryPointArn: job.baseArn,
    resourceArn: job.resource.arn,
    resourceType: job.resource.service.resourceType,
    iamRoleArn: job.request.roleArn ?? '',
    scannerRoleArn: job.request.scannerRoleArn ?? '',
    malwareScanner: job.request.scanner,
    statusMessage: statusMessage(job.reason),
    createdBy: rule && {
      planArn: rule.plan.arn,
      planId: rule.plan.id,
      planVersion: rule.plan.versionId,
      ruleId: rule.id,
    },
  });
}
