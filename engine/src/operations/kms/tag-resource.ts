/**
 * TagResource.
 *
 * Source   KMS API reference, TagResource.
 */
import type { TagResourceCommandInput } from '@aws-sdk/client-kms';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findCustomerKey, refusePending } from '../find-key';
import { required } from '../find-vault';

export function tagResource(state: WorldState, caller: Caller, input: TagResourceCommandInput): void {
  const key = findCustomerKey(state, caller, input.KeyId);
  refusePending(key);
  for (const { TagKey, TagValue } of input.Tags ?? []) {
    key.tags.set(required(TagKey, 'TagKey'), TagValue ?? '');
  }
  state.ledger.policyVersion++;
}
