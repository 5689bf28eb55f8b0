/**
 * DescribeRegionSettings: every type, as it was set or as a World has it from the start.
 *
 * Source   B3.3. Assumed: everything is opted in until somebody says otherwise (region-settings.md).
 */
import type { DescribeRegionSettingsOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { supportedTypes } from './get-supported-resource-types';

/** Source B3.3/2: types that can be taken out of full management. */
const MANAGED_BY_CHOICE = ['DynamoDB', 'EFS'];

export function describeRegionSettings(state: WorldState, caller: Caller): DescribeRegionSettingsOutput {
  const settings = state.ledger.settings.at(caller);
  const all = (types: readonly string[], set: Readonly<Record<string, boolean>> | undefined) => ({
    ...Object.fromEntries(types.map((type) => [type, true])),
    ...set,
  });
  return {
    ResourceTypeOptInPreference: all(supportedTypes(), settings?.resourceTypeOptInPreference),
    ResourceTypeManagementPreference: all(MANAGED_BY_CHOICE, settings?.resourceTypeManagementPreference),
  };
}
