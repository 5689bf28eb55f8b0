/**
 * DisassociateRecoveryPointFromParent: a child goes on by itself, its parent without it.
 *
 * Source   B4.5/4; B4.5/5: the state of a cluster stays with it. Assumed: the texts.
 */
import type { DisassociateRecoveryPointFromParentInput } from '@aws-sdk/client-backup';
import { COMPOSITE } from '../../domain/recovery-points';
import type { WorldState } from '../../domain/world-state';
import { byteAt } from '../../kernel/columns';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRecoveryPoint } from '../find-recovery-point';
import { findVault } from '../find-vault';
import { refuseClusterState } from '../refuse-composite';

export function disassociateRecoveryPointFromParent(
  state: WorldState,
  caller: Caller,
  input: DisassociateRecoveryPointFromParentInput,
): void {
  const { ledger } = state;
  const { points, composites } = ledger;
  const vault = findVault(state, caller, input.BackupVaultName);
  const row = findRecoveryPoint(state, vault, input.RecoveryPointArn);
  const parent = composites.familyOfPoint(row);
  if (parent === undefined || composites.isParent(row)) {
    throw new AwsFault('InvalidRequestException', 'Recovery point has no parent to be disassociated from.');
  }
  refuseClusterState(state, row, 'disassociated');
  // Assumed, with its text: a lock keeps parents too, and this one would go with its last member.
  if (vault.lock !== undefined && parent.children.size === 1) {
    throw new AwsFault(
      'InvalidRequestException',
      'Recovery point cannot be disassociated because its backup vault is locked and its parent has no other.',
    );
  }
  ledger.settle();
  const family = composites.leave(row);
  points.flags[row] = byteAt(points.flags, row) & ~COMPOSITE;
  if (family !== undefined) {
    ledger.afterMember(family);
  }
}
