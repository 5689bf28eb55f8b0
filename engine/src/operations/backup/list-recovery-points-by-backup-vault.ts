/**
 * ListRecoveryPointsByBackupVault, newest first.
 *
 * Source   B1.3 RecoveryPoint, B1.6 (filters).
 */
import type {
  ListRecoveryPointsByBackupVaultInput,
  ListRecoveryPointsByBackupVaultOutput,
} from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import { at } from '../../kernel/columns';
import type { Caller } from '../caller';
import { pointKinship } from '../composite';
import { findVaultOfPoints } from '../find-vault';
import { newestFirst } from '../newest-first';
import { pageOf } from '../page';
import { showRecoveryPoint } from '../recovery-point';
import { given } from './shapes';

export function listRecoveryPointsByBackupVault(
  state: WorldState,
  caller: Caller,
  input: ListRecoveryPointsByBackupVaultInput,
): ListRecoveryPointsByBackupVaultOutput {
  const { ledger } = state;
  const { points } = ledger;
  const vault = findVaultOfPoints(state, caller, input.BackupVaultName, input.BackupVaultAccountId);
  const after = input.ByCreatedAfter?.getTime() ?? -Infinity;
  const before = input.ByCreatedBefore?.getTime() ?? Infinity;
  const rows = ledger.series
    .inVault(vault)
    .filter((series) => {
      const resource = ledger.resourceOf(series);
      const type = input.ByResourceType ?? resource.service.resourceType;
      return (input.ByResourceArn ?? resource.arn) === resource.arn && type === resource.service.resourceType;
    })
    .flatMap((series) => points.rowsOf(series))
    .filter((row) => {
      const createdAt = at(points.createdAts, row);
      return createdAt > after && createdAt < before && passes(state, row, input);
    });
  const page = pageOf(newestFirst(rows, points.createdAts), input.MaxResults, input.NextToken);
  return given({ RecoveryPoints: page.items.map((row) => showRecoveryPoint(state, row)), NextToken: page.nextToken });
}

/** The filters that cost more than a look into a column. */
function passes(state: WorldState, row: number, input: ListRecoveryPointsByBackupVaultInput): boolean {
  const { points, origins } = state.ledger;
  const { ByBackupPlanId: planId, ByParentRecoveryPointArn: parent } = input;
  return (
    (planId === undefined || origins.find(at(points.origins, row)).rule?.plan.id === planId) &&
    (parent === undefined || pointKinship(state, row).ParentRecoveryPointArn === parent)
  );
}
