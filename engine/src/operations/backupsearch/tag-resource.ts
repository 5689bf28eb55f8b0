/**
 * TagResource.
 *
 * Source   API model 2018-05-10 of backup-search. Assumed: keys that begin with aws: are refused.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/backupsearch';
import type { Caller } from '../caller';
import { putTags } from '../put-tags';
import { findSearchTagged } from '../searches';
import { needed, refuseReservedKeys } from '../validation';

export function tagResource(state: WorldState, caller: Caller, input: api.TagResourceRequest): api.TagResourceResponse {
  const added = needed(input.Tags, 'Tags');
  const { arn, request } = findSearchTagged(state, caller, input.ResourceArn);
  refuseReservedKeys(Object.keys(added));
  putTags(state, caller, arn, { ...state.ledger.changedTags.of(arn, request.tags), ...added });
  return {};
}
