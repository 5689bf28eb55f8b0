/**
 * DescribeRecoveryPoint.
 *
 * Source   B1.3 RecoveryPoint; B2.3/6 (DeleteAfterEvent).
 * Gaps     StatusMessage (its texts are not documented) is never there, nor InitiationDate of a copy.
 */
import type { DescribeRecoveryPointInput, DescribeRecoveryPointOutput } from '@aws-sdk/client-backup';
import { jobCreating } from '../../domain/creating-points';
import { COLD } from '../../domain/recovery-points';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRecoveryPoint } from '../find-recovery-point';
import { findVaultOfPoints } from '../find-vault';
import { showCreating, showRecoveryPoint } from '../recovery-point';
import { scanResults } from '../scan-job';
import { given } from './shapes';

export function describeRecoveryPoint(
  state: WorldState,
  caller: Caller,
  input: DescribeRecoveryPointInput,
): DescribeRecoveryPointOutput {
  const { points } = state.ledger;
  const vault = findVaultOfPoints(state, caller, input.BackupVaultName, input.BackupVaultAccountId);
  const job = jobCreating(state.ledger, vault, input.RecoveryPointArn ?? '');
  if (job !== undefined) {
    return { ...showCreating(state, job), StorageClass: 'WARM' };
  }
  const row = findRecoveryPoint(state, vault, input.RecoveryPointArn);
  const { AggregatedScanResult: _lists, ...shown } = showRecoveryPoint(state, row);
  return given({
    ...shown,
    ScanResults: scanResults(state, row),
    StorageClass: points.has(row, COLD) ? ('COLD' as const) : ('WARM' as const),
  });
}
