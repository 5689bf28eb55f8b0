/**
 * A recovery point in the SDK's shape.
 *
 * Pure: reads the World.
 * Source   B1.3 RecoveryPoint, B7.1/1 (which key encrypts it), B8/6 (its last restore).
 */
import type { Lifecycle, RecoveryPointByBackupVault } from '@aws-sdk/client-backup';
import { arnOfCreating } from '../domain/creating-points';
import { encryptionOf, encryptionOfPoint } from '../domain/encryption';
import type { Ledger } from '../domain/ledger';
import type { Origin } from '../domain/origins';
import { statusMessage } from '../domain/reasons';
import { TEMPORARY } from '../domain/recovery-points';
import { lifecycleOf, pointView } from '../domain/show';
import type { WorldState } from '../domain/world-state';
import { floatAt, intAt } from '../kernel/columns';
import { dateOf } from '../kernel/instant';
import { jobKinship, pointKinship } from './composite';
import { aggregatedScan } from './scan-job';
import { creatorOf, fromLifecycle, given, toDate } from './backup/shapes';
import { vaultTypeOf } from './vault-shape';

/** A recovery point as lists have it; DescribeRecoveryPoint adds where it is stored. */
export function showRecoveryPoint(state: WorldState, row: number): RecoveryPointByBackupVault {
  const { ledger } = state;
  const view = pointView(ledger, row);
  const series = intAt(ledger.points.series, row);
  const vault = ledger.vaultOf(series);
  const { keyArn, keyType, encrypted } = encryptionOfPoint(ledger, row);
  const origin: Origin = ledger.origins.find(intAt(ledger.points.origins, row));
  const index = state.indexes.tryFind(row);
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
    // Assumed: a job is initiated when it begins, which is when its point is created (B4.1/5). Of a copy it is not kept.
    InitiationDate: view.copyOf === undefined ? dateOf(view.createdAt) : undefined,
    CompletionDate: dateOf(view.completedAt),
    BackupSizeInBytes: view.sizeBytes,
    CalculatedLifecycle: given({ MoveToColdStorageAt: toDate(view.coldAt), DeleteAt: toDate(view.deleteAt) }),
    Lifecycle: lifecycleShown(ledger, row),
    EncryptionKeyArn: keyArn,
    EncryptionKeyType: keyType,
    IsEncrypted: encrypted,
    LastRestoreTime: toDate(state.restores.lastRestoreOf(view.recoveryPointArn)),
    IndexStatus: index?.status,
    IndexStatusMessage: index && (statusMessage(index.reason) || undefined),
    AggregatedScanResult: aggregatedScan(state, row),
    ...pointKinship(state, row),
    VaultType: vaultTypeOf(vault),
  });
}

/** Source B2.3/6: a temporary point says that it goes once it is copied. */
function lifecycleShown(ledger: Ledger, row: number): Lifecycle | undefined {
  const lifecycle = fromLifecycle(lifecycleOf(ledger, row));
  return ledger.points.has(row, TEMPORARY) ? { ...lifecycle, DeleteAfterEvent: 'DELETE_AFTER_COPY' } : lifecycle;
}

/**
 * What lists find, as they have it.
 *
 * @param found the row of a point, or the complement of the row of a job that makes one
 */
export function showFound(state: WorldState, found: number): RecoveryPointByBackupVault {
  return isCreating(found) ? showCreating(state, ~found) : showRecoveryPoint(state, found);
}

/** Whether what a list found is a job that makes a point. */
export function isCreating(found: number): boolean {
  return found < 0;
}

/** A point that a running backup job makes, as lists have it. Assumed: of its size nothing is known yet. */
export function showCreating(state: WorldState, job: number): RecoveryPointByBackupVault {
  const { ledger } = state;
  const { jobs } = ledger;
  const vault = ledger.vaultOf(intAt(jobs.series, job));
  const resource = ledger.resources.find(intAt(jobs.resources, job));
  const origin = ledger.origins.find(intAt(jobs.origins, job));
  const { keyArn, keyType, encrypted } = encryptionOf(ledger, resource, vault, false);
  const { IsParent } = jobKinship(state, job);
  return given({
    RecoveryPointArn: arnOfCreating(ledger, job),
    BackupVaultName: vault.name,
    BackupVaultArn: vault.arn,
    ResourceArn: resource.arn,
    ResourceType: resource.service.resourceType,
    ResourceName: resource.declaration.name,
    CreatedBy: creatorOf(origin),
    IamRoleArn: origin.roleArn,
    Status: 'CREATING' as const,
    CreationDate: dateOf(floatAt(jobs.pointCreatedAts, job)),
    InitiationDate: dateOf(floatAt(jobs.pointCreatedAts, job)),
    CalculatedLifecycle: given({
      MoveToColdStorageAt: toDate(floatAt(jobs.coldAts, job)),
      DeleteAt: toDate(floatAt(jobs.deleteAts, job)),
    }),
    Lifecycle: fromLifecycle(origin.given.lifecycle),
    EncryptionKeyArn: keyArn,
    EncryptionKeyType: keyType,
    IsEncrypted: encrypted,
    IsParent,
    VaultType: vaultTypeOf(vault),
  });
}
