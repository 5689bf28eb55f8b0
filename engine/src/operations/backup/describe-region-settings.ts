/**
 * DescribeRegionSettings: every key, as it was set or as a World has it from the start.
 *
 * Source   B3.3. Assumed: everything is opted in until somebody says otherwise (region-settings.md).
 */
import type { DescribeRegionSettingsOutput } from '@aws-sdk/client-backup';
import { RegionSettingsRules } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

export function describeRegionSettings(state: WorldState, caller: Caller): DescribeRegionSettingsOutput {
  const settings = state.ledger.settings.at(caller);
  const all = (keys: readonly string[], set: Readonly<Record<string, boolean>> | undefined) => ({
    ...Object.fromEntries(keys.map((key) => [key, true])),
    ...set,
  });
  return {
    ResourceTypeOptInPreference: all(RegionSettingsRules.optInKeys(), settings?.resourceTypeOptInPreference),
    ResourceTypeManagementPreference: all(
      RegionSettingsRules.managementKeys(),
      settings?.resourceTypeManagementPreference,
    ),
  };
}
