/**
 * UpdateGlobalSettings, by the management account of an organization.
 *
 * Source   B11.7/1, B6.3/2. Assumed: where no organization was declared, anybody may, and all accounts follow.
 */
import type { UpdateGlobalSettingsInput } from '@aws-sdk/client-backup';
import { GlobalSettingsRules } from '@holdfast/model';
import { GLOBAL_SETTING_CHANGED } from '../../domain/event-codes';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { NEVER } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';

export function updateGlobalSettings(state: WorldState, caller: Caller, input: UpdateGlobalSettingsInput): void {
  const { ledger } = state;
  const settings = required(input.GlobalSettings, 'GlobalSettings');
  for (const [name, value] of Object.entries(settings)) {
    if (!GlobalSettingsRules.keys().includes(name) || !['true', 'false'].includes(value)) {
      // Assumed: the text.
      throw new AwsFault('InvalidParameterValueException', `Invalid global setting ${name}: ${value}`);
    }
  }
  const organization = ledger.organizations.of(caller);
  if (ledger.organizations.count === 0) {
    for (const [name, value] of Object.entries(settings)) {
      ledger.organizations.impliedSettings.set(name, value);
    }
  } else if (organization?.managementAccount !== caller.account) {
    // Assumed: the text.
    throw new AwsFault('InvalidRequestException', 'Only the management account can change global settings.');
  } else {
    organization.changeSettings(settings, state.now);
  }
  const what = JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));
  const place = ledger.names.intern(placeOf({ ...caller, region: '' }));
  ledger.declare(GLOBAL_SETTING_CHANGED, '', place, what, 0, NEVER);
}
