/**
 * UntagResource.
 *
 * Source   KMS API reference, UntagResource.
 */
import type { UntagResourceCommandInput } from '@aws-sdk/client-kms';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findCustomerKey, refusePending } from '../find-key';
import { untagAll } from '../tag-map';

export function untagResource(state: WorldState, caller: Caller, input: UntagResourceCommandInput): void {
  const key = findCustomerKey(state, caller, input.KeyId);
  refusePending(key);
  untagAll(key.tags, input.TagKeys);
  state.ledger.policyVersion++;
}
