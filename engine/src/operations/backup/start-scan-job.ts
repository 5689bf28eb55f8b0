/**
 * StartScanJob.
 *
 * Source   B5.6/1 to B5.6/3, B7.6/5; B1.5: a repeated token is answered with what the first call made. Assumed: the texts.
 */
import type { StartScanJobInput, StartScanJobOutput } from '@aws-sdk/client-backup';
import { ScanMode } from '../../domain/scan-job';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRecoveryPoint } from '../find-recovery-point';
import { findVault, required } from '../find-vault';
import { scanJobsOf } from '../scan-job';

const MODES: readonly string[] = Object.values(ScanMode);

export function startScanJob(state: WorldState, caller: Caller, input: StartScanJobInput): StartScanJobOutput {
  const { scans } = state;
  const vault = findVault(state, caller, input.BackupVaultName);
  const row = findRecoveryPoint(state, vault, input.RecoveryPointArn);
  const scanner: string = required(input.MalwareScanner, 'MalwareScanner');
  const mode: string = required(input.ScanMode, 'ScanMode');
  const roleArn = required(input.IamRoleArn, 'IamRoleArn');
  const scannerRoleArn = required(input.ScannerRoleArn, 'ScannerRoleArn');
  if (scanner !== 'GUARDDUTY' || !MODES.includes(mode)) {
    throw new AwsFault('InvalidParameterValueException', `There is no ${mode} of ${scanner}.`);
  }
  const token = input.IdempotencyToken;
  // Source API: a token tells otherwise identical calls apart. Assumed: calls about one point are.
  const repeated = scanJobsOf(state, caller).find(
    ({ request }) => token !== undefined && request.token === token && request.row === row,
  );
  if (repeated !== undefined) {
    return { CreationDate: dateOf(repeated.createdAt), ScanJobId: repeated.id };
  }
  if (!scans.canBeScanned(row)) {
    throw new AwsFault('InvalidRequestException', 'Recovery point cannot be scanned.');
  }
  if (scans.isBeingScanned(row)) {
    throw new AwsFault('InvalidRequestException', 'Recovery point is being scanned.');
  }
  state.ledger.settle();
  const job = scans.begin({
    row,
    mode: mode === 'FULL_SCAN' ? ScanMode.FULL : ScanMode.INCREMENTAL,
    baseArn: input.ScanBaseRecoveryPointArn,
    roleArn,
    scannerRoleArn,
    scanner,
    token,
    origin: undefined,
  });
  return { CreationDate: dateOf(job.createdAt), ScanJobId: job.id };
}
