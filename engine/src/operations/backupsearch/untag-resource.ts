/**
 * UntagResource.
 *
 * Source   API model 2018-05-10 of backup-search.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/backupsearch';
import type { Caller } from '../caller';
import { putTags } from '../put-tags';
import { findSearchTagged } from '../searches';
import { needed } from '../validation';

export function untagResource(
  state: WorldState,
  caller: Caller,
  input: api.UntagResourceRequest,
): api.UntagResourceResponse {
  const keys = needed(input.TagKeys, 'TagKeys');
  const { arn, request } = findSearchTagged(state, caller, input.ResourceArn);
  const tags = Object.entries(state.ledger.changedTags.of(arn, request.tags));
  putTags(state, caller, arn, Object.fromEntries(tags.filter(([key]) => !keys.includes(key))));
  return {};
}
