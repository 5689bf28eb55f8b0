/**
 * ListRecoveryPointsByLegalHold.
 *
 * Source   B5.4/2, B1.2 (MaxResults).
 */
import type { ListRecoveryPointsByLegalHoldInput, ListRecoveryPointsByLegalHoldOutput } from '@aws-sdk/client-backup';
import { pointView } from '../../domain/show';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { findHold } from '../find-hold';
import { given } from './shapes';

export function listRecoveryPointsByLegalHold(
  state: WorldState,
  caller: Caller,
  input: ListRecoveryPointsByLegalHoldInput,
): ListRecoveryPointsByLegalHoldOutput {
  const hold = findHold(state, caller, input.LegalHoldId);
  const views = [...hold.rows]
    .map((row) => pointView(state.ledger, row))
    .sort((a, b) => (a.recoveryPointArn < b.recoveryPointArn ? -1 : 1));
  const { items, nextToken } = pageOf(views, input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListRecoveryPointsByLegalHold',
    parent: hold.id,
    keyOf: ({ recoveryPointArn }) => recoveryPointArn,
  });
  const points = items.map((view) => ({
    RecoveryPointArn: view.recoveryPointArn,
    ResourceArn: view.resourceArn,
    ResourceType: view.resourceType,
    BackupVaultName: view.backupVaultName,
  }));
  return given({ RecoveryPoints: points, NextToken: nextToken });
}
