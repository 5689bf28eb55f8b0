/**
 * TagResource.
 *
 * Source   API model 2018-05-10 of backup-search. Assumed: keys that begin with aws: are refused.
 */
import { TAGS_CHANGED } from '../../domain/event-codes';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { NEVER } from '../../kernel/instant';
import type * as api from '../generated/backupsearch';
import type { Caller } from '../caller';
import { findSearchTagged, invalid, needed } from '../searches';

export function tagResource(state: WorldState, caller: Caller, input: api.TagResourceRequest): api.TagResourceResponse {
  const added = needed(input.Tags, 'Tags');
  const { arn, request } = findSearchTagged(state, caller, input.ResourceArn);
  const reserved = Object.keys(added).find((key) => key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) {
    throw invalid(`Tag keys that begin with aws: are reserved: ${reserved}`);
  }
  putTags(state, caller, arn, { ...state.ledger.changedTags.of(arn, request.tags), ...added });
  return {};
}

/** All tags that a job has from now on. */
export function putTags({ ledger }: WorldState, caller: Caller, arn: string, tags: api.TagMap): void {
  ledger.changedTags.put(arn, tags);
  const place = ledger.names.intern(placeOf(caller));
  ledger.declare(TAGS_CHANGED, arn, place, JSON.stringify(Object.entries(tags).sort()), 0, NEVER);
}
