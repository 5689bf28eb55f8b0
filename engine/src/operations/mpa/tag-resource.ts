/**
 * TagResource.
 *
 * Source   API model 2022-07-26 of mpa. Assumed: 50 tags at most, as that many can be taken away at once.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { findApprovalTagged } from '../approval-teams';
import { AwsFault } from '../fault';
import { putTags } from '../put-tags';
import { needed, refuseReservedKeys } from '../validation';

const MOST_TAGS = 50;

export function tagResource(state: WorldState, caller: Caller, input: api.TagResourceRequest): api.TagResourceResponse {
  const added = needed(input.Tags, 'Tags');
  const { arn, tags } = findApprovalTagged(state, caller, input.ResourceArn);
  refuseReservedKeys(Object.keys(added));
  const all = { ...tags, ...added };
  if (Object.keys(all).length > MOST_TAGS) {
    const message = `${arn} would have more than ${MOST_TAGS} tags.`;
    throw new AwsFault('TooManyTagsException', message, { members: { ResourceName: arn } });
  }
  putTags(state, caller, arn, all);
  return {};
}
