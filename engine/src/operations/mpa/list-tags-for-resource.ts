/**
 * ListTagsForResource.
 *
 * Source   API model 2022-07-26 of mpa.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { findApprovalTagged } from '../approval-teams';

export function listTagsForResource(
  state: WorldState,
  caller: Caller,
  input: api.ListTagsForResourceRequest,
): api.ListTagsForResourceResponse {
  return { Tags: findApprovalTagged(state, caller, input.ResourceArn).tags };
}
