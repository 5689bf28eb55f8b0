/**
 * DeleteRecoveryPoint.
 *
 * Source   B5.1/1, B5.1/3, B7.4/2: a lock refuses it for everybody, in both modes and during grace.
 */
import type { DeleteRecoveryPointInput } from '@aws-sdk/client-backup';
import { jobCreating } from '../../domain/creating-points';
import { DELETED_BY_CALLER } from '../../domain/reasons';
import { HELD } from '../../domain/recovery-points';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRecoveryPoint } from '../find-recovery-point';
import { findVault } from '../find-vault';
import { pointsToDelete, refuseClusterState } from '../refuse-composite';

export function deleteRecoveryPoint(state: WorldState, caller: Caller, input: DeleteRecoveryPointInput): void {
  const vault = findVault(state, caller, input.BackupVaultName);
  if (jobCreating(state.ledger, vault, input.RecoveryPointArn ?? '') !== undefined) {
    // Assumed: the text. Source B5.1/3.
    throw new AwsFault(
      'InvalidResourceStateException',
      'Recovery point cannot be deleted because it is being created.',
    );
  }
  const row = findRecoveryPoint(state, vault, input.RecoveryPointArn);
  if (vault.lock !== undefined) {
    // Assumed: the text.
    throw new AwsFault(
      'InvalidRequestException',
      'Recovery point cannot be deleted because its backup vault is locked.',
    );
  }
  if (state.ledger.points.has(row, HELD)) {
    // Assumed: the text. Source B5.4/4.
    throw new AwsFault('InvalidRequestException', 'Recovery point cannot be deleted because a legal hold keeps it.');
  }
  refuseClusterState(state, row, 'deleted');
  const rows = pointsToDelete(state, row);
  state.ledger.settle();
  // Source B5.1/1: the answer is the same where the deletion is not permitted.
  rows.forEach((one) => {
    state.retention.delete(one, DELETED_BY_CALLER);
  });
}
