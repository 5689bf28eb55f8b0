/**
 * UntagResource.
 *
 * Source   API model 2022-07-26 of mpa.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { findApprovalTagged } from '../approval-teams';
import { putTags } from '../put-tags';
import { needed } from '../validation';

export function untagResource(
  state: WorldState,
  caller: Caller,
  input: api.UntagResourceRequest,
): api.UntagResourceResponse {
  const keys = needed(input.TagKeys, 'TagKeys');
  const { arn, tags } = findApprovalTagged(state, caller, input.ResourceArn);
  putTags(state, caller, arn, Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key))));
  return {};
}
