/**
 * Tiering configurations and restore access vaults to the operations that make them.
 *
 * Pure: changes nothing but the World it is given.
 */
import type { CreateTieringConfigurationOutput, TieringConfigurationInputForCreate } from '@aws-sdk/client-backup';
import type { RestoreAccessVault, TieringConfiguration } from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import { createRestoreAccessBackupVault } from '../operations/backup/create-restore-access-backup-vault';
import { createTieringConfiguration } from '../operations/backup/create-tiering-configuration';
import { given } from '../operations/backup/shapes';
import { call } from './deploy-call';

/** A declaration as the API has it. */
export function fromTiering(tiering: TieringConfiguration): TieringConfigurationInputForCreate {
  return {
    TieringConfigurationName: tiering.tieringConfigurationName,
    BackupVaultName: tiering.backupVaultName,
    ResourceSelection: tiering.resourceSelection.map((one) => ({
      ResourceType: one.resourceType,
      Resources: one.resources,
      TieringDownSettingsInDays: one.tieringDownSettingsInDays,
    })),
  };
}

export function deployTiering(state: WorldState, tiering: TieringConfiguration): CreateTieringConfigurationOutput {
  const { env, tieringConfigurationName, tags: TieringConfigurationTags } = tiering;
  const TieringConfiguration = fromTiering(tiering);
  return call(tiering.declaredAt ?? tieringConfigurationName, 'CreateTieringConfiguration', () =>
    createTieringConfiguration(state, env, given({ TieringConfiguration, TieringConfigurationTags })),
  );
}

/** Asks for the vault, where its source is there: whether the team agrees is no matter of a deployment. */
export function deployRestoreAccess(state: WorldState, vault: RestoreAccessVault): void {
  const { env, sourceBackupVaultArn: SourceBackupVaultArn, backupVaultName: BackupVaultName } = vault;
  if (state.ledger.vaults.tryFindByArn(SourceBackupVaultArn) === undefined) {
    return;
  }
  const { requesterComment: RequesterComment, tags: BackupVaultTags } = vault;
  const input = given({ SourceBackupVaultArn, BackupVaultName, RequesterComment, BackupVaultTags });
  call(vault.declaredAt ?? SourceBackupVaultArn, 'CreateRestoreAccessBackupVault', () =>
    createRestoreAccessBackupVault(state, env, input),
  );
}
