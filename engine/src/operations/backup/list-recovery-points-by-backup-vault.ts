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
      const planId = ledger.origins.find(at(points.origins, row)).rule?.plan.id;
      const parent = input.ByParentRecoveryPointArn;
      return (
        createdAt > after &&
        createdAt < before &&
        (input.ByBackupPlanId ?? planId) === planId &&
        (parent === undefined || pointKinship(state, row).ParentRecoveryPointArn === parent)
      );
    })
    .sort((a, b) => at(points.createdAts, b) - at(points.createdAts, a) || a - b);
  const page = pageOf(rows, input.MaxResults, input.NextToken);
  return given({ RecoveryPoints: page.items.map((row) => showRecoveryPoint(state, row)), NextToken: page.nextToken });
}
