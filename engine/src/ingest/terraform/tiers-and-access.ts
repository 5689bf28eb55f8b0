/**
 * Tiering configurations, and the calls of our function that asks for a restore access vault, as declarations.
 *
 * Pure.
 * Assumed  The type `aws_backup_tiering_configuration` and its arguments, as `TieringConfiguration` of provider/ writes them: no
 *          version of the AWS provider up to 6.66.0 has it.
 */
import type { RestoreAccessVault, TieringConfiguration } from '@holdfast/model';
import { withoutUndefined } from '../cloudformation/declaration';
import { isObject } from '../shape';
import { attempt } from '../listeners';
import { Given } from './given';
import { known } from './listeners';
import type { Resource } from './resource';
import { tagsOf } from './tags';

const TIERING = 'aws_backup_tiering_configuration';
const INVOCATION = 'aws_lambda_invocation';

export const TIER_AND_ACCESS_TYPES: readonly string[] = [TIERING, INVOCATION];

export function readTierings(resources: readonly Resource[]): TieringConfiguration[] {
  return readAll(resources, TIERING, (resource) =>
    withoutUndefined<TieringConfiguration>({
      tieringConfigurationName: Given.argument(resource, 'name').requiredText(),
      backupVaultName: Given.argument(resource, 'backup_vault_name').requiredText(),
      env: resource.env(),
      resourceSelection: Given.argument(resource, 'resource_selection')
        .items()
        .map((one) => ({
          resourceType: one.member('resource_type').requiredText(),
          resources: one.member('resources').texts() ?? [],
          tieringDownSettingsInDays: one.member('tiering_down_settings_in_days').requiredNumber(),
        })),
      tags: tagsOf(resource),
      declaredAt: resource.declaredAt,
    }),
  );
}

/** What our construct `RestoreAccessVault` has its function do; other invocations are nobody's. */
export function readRestoreAccess(resources: readonly Resource[]): RestoreAccessVault[] {
  return readAll(resources, INVOCATION, (resource) => {
    const input = Given.argument(resource, 'input').json();
    if (!isObject(input) || typeof input['SourceBackupVaultArn'] !== 'string') {
      resource.reading.skip(resource.declaredAt, resource.type, 'resources of this type are not modelled');
      return undefined;
    }
    const text = (name: string): string | undefined => (typeof input[name] === 'string' ? input[name] : undefined);
    return withoutUndefined<RestoreAccessVault>({
      sourceBackupVaultArn: input['SourceBackupVaultArn'],
      env: resource.env(),
      backupVaultName: text('BackupVaultName'),
      requesterComment: text('RequesterComment'),
      tags: isObject(input['BackupVaultTags']) ? (input['BackupVaultTags'] as Record<string, string>) : undefined,
      declaredAt: resource.declaredAt,
    });
  });
}

/** Those of a type; what is known only after deployment is listed. */
function readAll<T>(resources: readonly Resource[], type: string, read: (resource: Resource) => T | undefined): T[] {
  const found: T[] = [];
  for (const resource of resources.filter((one) => one.mode === 'managed' && one.type === type)) {
    const reason = attempt(() => {
      const one = known(resource, () => read(resource));
      if (one !== undefined) {
        found.push(one);
      }
    });
    if (reason !== undefined) {
      resource.reading.skip(resource.declaredAt, type, reason);
    }
  }
  return found;
}
