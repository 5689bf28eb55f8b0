/**
 * The custom resource of our construct `RegionSettings` as a declaration: CloudFormation has no type for them.
 *
 * Pure.
 */
import type { RegionSettings } from '@holdfast/model';
import type { Declaration } from './declaration';
import { withoutUndefined } from './declaration';

export const REGION_SETTINGS = 'Custom::BackupRegionSettings';

export function readRegionSettings({ properties, env, declaredAt }: Declaration): RegionSettings {
  return withoutUndefined<RegionSettings>({
    env,
    resourceTypeOptInPreference: properties.member('ResourceTypeOptInPreference').truthMap(),
    resourceTypeManagementPreference: properties.member('ResourceTypeManagementPreference').truthMap(),
    declaredAt,
  });
}
