/**
 * ListRecoveryPointsByBackupVault, newest first.
 *
 * Source   B1.3 RecoveryPoint, B1.6 (filters).
 */
import type {
  ListRecoveryPointsByBackupVaultInput,
  ListRecoveryPointsByBackupVaultOutput,
  RecoveryPointByBackupVault,
} from '@aws-sdk/client-backup';
import type { Origin } from '../../domain/origins';
import { pointView } from '../../domain/show';
import type { WorldState } from '../../domain/world-state';
import { at } from '../../kernel/columns';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { findVaultToRead } from '../find-vault';
import { pageOf } from '../page';
import { creatorOf, fromLifecycle, given, toDate } from './shapes';

export function listRecoveryPointsByBackupVault(
  state: WorldState,
  caller: Caller,
  input: ListRecoveryPointsByBackupVaultInput,
): ListRecoveryPointsByBackupVaultOutput {
  const { ledger } = state;
  const { points } = ledger;
  const vault = findVaultToRead(state, caller, input.BackupVaultName);
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
      return createdAt > after && createdAt < before && (input.ByBackupPlanId ?? planId) === planId;
    })
    .sort((a, b) => at(points.createdAts, b) - at(points.createdAts, a) || a - b);
  const page = pageOf(rows, input.MaxResults, input.NextToken);
  return given({ RecoveryPoints: page.items.map((row) => show(state, row)), NextToken: page.nextToken });
}

function show(state: WorldState, row: number): RecoveryPointByBackupVault {
  const { ledger } = state;
  const view = pointView(ledger, row);
  const series = at(ledger.points.series, row);
  const vault = ledger.vaultOf(series);
  const origin: Origin = ledger.origins.find(at(ledger.points.origins, row));
  return given({
    RecoveryPointArn: view.recoveryPointArn,
    BackupVaultName: view.backupVaultName,
    BackupVaultArn: view.backupVaultArn,
    SourceBackupVaultArn: view.copyOf?.backupVaultArn,
    ResourceArn: view.resourceArn,
    ResourceType: view.resourceType,
    ResourceName: ledger.resourceOf(series).declaration.name,
    CreatedBy: creatorOf(origin),
    IamRoleArn: origin.roleArn,
    Status: view.status,
    CreationDate: dateOf(view.createdAt),
    CompletionDate: dateOf(view.completedAt),
    BackupSizeInBytes: view.sizeBytes,
    CalculatedLifecycle: given({ MoveToColdStorageAt: toDate(view.coldAt), DeleteAt: toDate(view.deleteAt) }),
    Lifecycle: fromLifecycle(origin.given.lifecycle),
    EncryptionKeyArn: vault.made.encryptionKeyArn,
    IsParent: false,
    VaultType: vault.made.airGapped ? ('LOGICALLY_AIR_GAPPED_BACKUP_VAULT' as const) : ('BACKUP_VAULT' as const),
  });
}
