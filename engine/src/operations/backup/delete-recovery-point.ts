/**
 * DeleteRecoveryPoint.
 *
 * Source   B5.1/3, B7.4/2: a lock refuses it for everybody, in both modes and during grace.
 */
import type { DeleteRecoveryPointInput } from '@aws-sdk/client-backup';
import { DELETED_BY_CALLER } from '../../domain/reasons';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRecoveryPoint } from '../find-recovery-point';
import { findVault } from '../find-vault';

export function deleteRecoveryPoint(state: WorldState, caller: Caller, input: DeleteRecoveryPointInput): void {
  const vault = findVault(state, caller, input.BackupVaultName);
  const row = findRecoveryPoint(state, vault, input.RecoveryPointArn);
  if (vault.lock !== undefined) {
    // Assumed: the text.
    throw new AwsFault(
      'InvalidRequestException',
      'Recovery point cannot be deleted because its backup vault is locked.',
    );
  }
  state.ledger.settle();
  state.ledger.removePoint(row, DELETED_BY_CALLER);
}
