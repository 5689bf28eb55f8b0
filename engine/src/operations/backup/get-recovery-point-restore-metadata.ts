/**
 * GetRecoveryPointRestoreMetadata.
 *
 * Source   B8/2. Assumed: which keys the map has; restore-job.ts knows those that follow from a World.
 */
import type {
  GetRecoveryPointRestoreMetadataInput,
  GetRecoveryPointRestoreMetadataOutput,
} from '@aws-sdk/client-backup';
import { keyOfPoint } from '../../domain/encryption';
import { storedMetadata } from '../../domain/restore-job';
import { arnOfPoint } from '../../domain/show';
import type { WorldState } from '../../domain/world-state';
import { intAt } from '../../kernel/columns';
import type { Caller } from '../caller';
import { findRecoveryPoint } from '../find-recovery-point';
import { findVaultOfPoints } from '../find-vault';

export function getRecoveryPointRestoreMetadata(
  state: WorldState,
  caller: Caller,
  input: GetRecoveryPointRestoreMetadataInput,
): GetRecoveryPointRestoreMetadataOutput {
  const { ledger } = state;
  const vault = findVaultOfPoints(state, caller, input.BackupVaultName, input.BackupVaultAccountId);
  const row = findRecoveryPoint(state, vault, input.RecoveryPointArn);
  const { declaration } = ledger.resourceOf(intAt(ledger.points.series, row));
  const encrypted = keyOfPoint(ledger, row) !== undefined;
  return {
    BackupVaultArn: vault.arn,
    RecoveryPointArn: arnOfPoint(ledger, row),
    RestoreMetadata: { ...storedMetadata(declaration.resourceType, declaration.name, encrypted) },
    ResourceType: declaration.resourceType,
  };
}
