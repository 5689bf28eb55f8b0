/**
 * ListResourceTags.
 *
 * Source   KMS API reference, ListResourceTags.
 */
import type { ListResourceTagsCommandInput, ListResourceTagsCommandOutput } from '@aws-sdk/client-kms';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { findOwnKey } from '../find-key';
import { pageOf } from '../page';

export function listResourceTags(
  state: WorldState,
  caller: Caller,
  input: ListResourceTagsCommandInput,
): Omit<ListResourceTagsCommandOutput, '$metadata'> {
  const { tags } = findOwnKey(state, caller, input.KeyId);
  const all = [...tags].map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
  const page = pageOf(all, input.Limit, input.Marker, {
    service: 'kms',
    operation: 'ListResourceTags',
    parent: input.KeyId,
    keyOf: ({ TagKey }) => TagKey,
  });
  return given({ Tags: page.items, NextMarker: page.nextToken, Truncated: page.nextToken !== undefined });
}
