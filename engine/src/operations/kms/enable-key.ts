/**
 * EnableKey.
 *
 * Source   KMS API reference, EnableKey; B4.3/7.
 */
import type { EnableKeyCommandInput } from '@aws-sdk/client-kms';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findCustomerKey, refusePending } from '../find-key';

export function enableKey(state: WorldState, caller: Caller, input: EnableKeyCommandInput): void {
  const key = findCustomerKey(state, caller, input.KeyId);
  refusePending(key);
  state.keys.turn(key, 'Enabled');
}
