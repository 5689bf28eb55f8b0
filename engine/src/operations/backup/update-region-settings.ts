/**
 * UpdateRegionSettings.
 *
 * Source   B3.3/1, B3.3/2.
 */
import type { UpdateRegionSettingsInput } from '@aws-sdk/client-backup';
import { EstateRules, RegionSettings } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { refuse, WIRE } from '../refuse';
import { given } from './shapes';

export function updateRegionSettings(state: WorldState, caller: Caller, input: UpdateRegionSettingsInput): void {
  const settings = given({
    env: { partition: caller.partition, account: caller.account, region: caller.region },
    resourceTypeOptInPreference: input.ResourceTypeOptInPreference,
    resourceTypeManagementPreference: input.ResourceTypeManagementPreference,
  }) as RegionSettings;
  refuse(EstateRules.check({ regionSettings: [settings] }, WIRE));
  state.changeSettings(settings);
}
