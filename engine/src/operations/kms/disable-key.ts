/**
 * DisableKey.
 *
 * Source   KMS API reference, DisableKey; B4.3/7.
 */
import type { DisableKeyCommandInput } from '@aws-sdk/client-kms';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findCustomerKey, refusePending } from '../find-key';

export function disableKey(state: WorldState, caller: Caller, input: DisableKeyCommandInput): void {
  const key = findCustomerKey(state, caller, input.KeyId);
  refusePending(key);
  state.keys.turn(key, 'Disabled');
}
