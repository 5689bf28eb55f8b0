/**
 * ListTagsForResource.
 *
 * Source   API model 2018-05-10 of backup-search.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/backupsearch';
import type { Caller } from '../caller';
import { findSearchTagged } from '../searches';

export function listTagsForResource(
  state: WorldState,
  caller: Caller,
  input: api.ListTagsForResourceRequest,
): api.ListTagsForResourceResponse {
  const { arn, request } = findSearchTagged(state, caller, input.ResourceArn);
  return { Tags: state.ledger.changedTags.of(arn, request.tags) };
}
