/**
 * DisableKeyRotation.
 *
 * Source   KMS API reference, DisableKeyRotation.
 */
import type { DisableKeyRotationCommandInput } from '@aws-sdk/client-kms';
import { refuseUnrotatable } from '../key-rotation';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findCustomerKey } from '../find-key';

export function disableKeyRotation(state: WorldState, caller: Caller, input: DisableKeyRotationCommandInput): void {
  const key = findCustomerKey(state, caller, input.KeyId);
  refuseUnrotatable(key);
  key.rotatesFrom = undefined;
}
