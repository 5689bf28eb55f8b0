/**
 * GetRecoveryPointIndexDetails.
 *
 * Source   B5.5/1. Assumed: the fault for a point without an index.
 * Gaps     TotalItemsIndexed is there for volumes whose content is held alone: nothing counts the objects of a bucket
 *          here.
 */
import type { GetRecoveryPointIndexDetailsInput, GetRecoveryPointIndexDetailsOutput } from '@aws-sdk/client-backup';
import { statusMessage } from '../../domain/reasons';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRecoveryPoint } from '../find-recovery-point';
import { findVaultToRead } from '../find-vault';
import { given, toDate } from './shapes';

export function getRecoveryPointIndexDetails(
  state: WorldState,
  caller: Caller,
  input: GetRecoveryPointIndexDetailsInput,
): GetRecoveryPointIndexDetailsOutput {
  const vault = findVaultToRead(state, caller, input.BackupVaultName);
  const index = state.indexes.tryFind(findRecoveryPoint(state, vault, input.RecoveryPointArn));
  if (index === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Recovery point ${input.RecoveryPointArn} has no index.`);
  }
  return given({
    RecoveryPointArn: index.pointArn,
    BackupVaultArn: vault.arn,
    SourceResourceArn: state.ledger.resourceOf(index.series).arn,
    IndexCreationDate: dateOf(index.createdAt),
    IndexCompletionDate: toDate(index.completedAt),
    IndexDeletionDate: toDate(index.deletedAt),
    IndexStatus: index.status,
    TotalItemsIndexed: index.items,
    IndexStatusMessage: statusMessage(index.reason) || undefined,
  });
}
