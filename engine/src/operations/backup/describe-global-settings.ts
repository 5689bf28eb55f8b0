/**
 * DescribeGlobalSettings, for every member of an organization.
 *
 * Source   B11.7/1. Assumed: what was never set is shown as `false`.
 */
import type { DescribeGlobalSettingsInput, DescribeGlobalSettingsOutput } from '@aws-sdk/client-backup';
import { GlobalSettingsRules } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given, toDate } from './shapes';

export function describeGlobalSettings(
  state: WorldState,
  caller: Caller,
  _input: DescribeGlobalSettingsInput,
): DescribeGlobalSettingsOutput {
  const { organizations } = state.ledger;
  const organization = organizations.of(caller);
  const set = organizations.count === 0 ? organizations.impliedSettings : organization?.settings;
  const all = GlobalSettingsRules.keys().map((name) => [name, set?.get(name) ?? 'false']);
  return given({
    GlobalSettings: Object.fromEntries(all) as Record<string, string>,
    LastUpdateTime: toDate(organization?.settingsAt),
  });
}
