/**
 * AWS::Backup::TieringConfiguration as a declaration, and the custom resource of our construct `RestoreAccessVault`, for which
 * CloudFormation has no type.
 *
 * Pure.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216).
 */
import type { RestoreAccessVault, TieringConfiguration, TieringResourceSelection } from '@holdfast/model';
import { attempt } from '../listeners';
import type { Declaration } from './declaration';
import { withoutUndefined } from './declaration';
import { tagsOf } from './tag-list';

export const TIERING = 'AWS::Backup::TieringConfiguration';
export const RESTORE_ACCESS = 'Custom::RestoreAccessBackupVault';

/** Those of an artifact, in the order in which they are declared. */
export interface TiersAndAccess {
  readonly tieringConfigurations: TieringConfiguration[];
  readonly restoreAccessVaults: RestoreAccessVault[];
}

export function isTierOrAccess(type: string): boolean {
  return type === TIERING || type === RESTORE_ACCESS;
}

/** Takes a declaration in; answers why it is left out, if it is. */
export function readTierOrAccess(
  declaration: Declaration,
  { tieringConfigurations, restoreAccessVaults }: TiersAndAccess,
): string | undefined {
  return attempt(() => {
    if (declaration.type === TIERING) {
      tieringConfigurations.push(readTiering(declaration));
    } else {
      restoreAccessVaults.push(readRestoreAccess(declaration));
    }
  });
}

/** @throws IngestRefusal when something that is read cannot be known */
export function readTiering(declaration: Declaration): TieringConfiguration {
  const { properties, env, declaredAt } = declaration;
  const selections = properties.member('ResourceSelection').items();
  return withoutUndefined<TieringConfiguration>({
    tieringConfigurationName: properties.member('TieringConfigurationName').requiredText(),
    backupVaultName: properties.member('BackupVaultName').requiredText(),
    env,
    resourceSelection: selections.map((one): TieringResourceSelection => ({
      resourceType: one.member('ResourceType').requiredText(),
      resources: one.member('Resources').texts() ?? [],
      tieringDownSettingsInDays: one.member('TieringDownSettingsInDays').requiredNumber(),
    })),
    tags: declaration.withStackTags(tagsOf(properties.member('TieringConfigurationTags'))),
    declaredAt,
  });
}

function readRestoreAccess({ properties, env, declaredAt }: Declaration): RestoreAccessVault {
  return withoutUndefined<RestoreAccessVault>({
    sourceBackupVaultArn: properties.member('SourceBackupVaultArn').requiredText(),
    env,
    backupVaultName: properties.member('BackupVaultName').text(),
    requesterComment: properties.member('RequesterComment').text(),
    tags: properties.member('BackupVaultTags').textMap(),
    declaredAt,
  });
}
