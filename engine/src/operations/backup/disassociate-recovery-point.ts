/**
 * DisassociateRecoveryPoint: a continuous backup goes on in its service, without AWS Backup.
 *
 * Source   B5.1/2: snapshots are refused; a point of S3 stays as STOPPED. Assumed: the texts, and that others go at once.
 * Assumed  A lock refuses it: B7.4/2 keeps anybody from deleting, and the API reference calls this a deletion, too.
 */
import type { DisassociateRecoveryPointInput } from '@aws-sdk/client-backup';
import { DISASSOCIATED } from '../../domain/reasons';
import { CONTINUOUS, STOPPED } from '../../domain/recovery-points';
import type { WorldState } from '../../domain/world-state';
import { intAt } from '../../kernel/columns';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRecoveryPoint } from '../find-recovery-point';
import { findVault } from '../find-vault';

export function disassociateRecoveryPoint(
  state: WorldState,
  caller: Caller,
  input: DisassociateRecoveryPointInput,
): void {
  const { ledger } = state;
  const { points } = ledger;
  const vault = findVault(state, caller, input.BackupVaultName);
  const row = findRecoveryPoint(state, vault, input.RecoveryPointArn);
  if (!points.has(row, CONTINUOUS) || points.has(row, STOPPED)) {
    throw new AwsFault('InvalidRequestException', 'Recovery point is not continuous and cannot be disassociated.');
  }
  if (vault.lock !== undefined) {
    throw new AwsFault(
      'InvalidRequestException',
      'Recovery point cannot be disassociated because its backup vault is locked.',
    );
  }
  ledger.settle();
  const resource = ledger.resourceOf(intAt(points.series, row));
  if (resource.service.id === 's3') {
    state.retention.stop(row, DISASSOCIATED);
  } else {
    ledger.removePoint(row, DISASSOCIATED);
  }
}
