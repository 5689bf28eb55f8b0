/**
 * UpdateKeyDescription.
 *
 * Source   KMS API reference, UpdateKeyDescription.
 */
import type { UpdateKeyDescriptionCommandInput } from '@aws-sdk/client-kms';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findCustomerKey, refusePending } from '../find-key';

export function updateKeyDescription(state: WorldState, caller: Caller, input: UpdateKeyDescriptionCommandInput): void {
  const key = findCustomerKey(state, caller, input.KeyId);
  refusePending(key);
  key.description = input.Description ?? '';
}
