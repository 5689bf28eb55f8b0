/**
 * ListTagsForResource.
 *
 * Source   API of EventBridge 2015-10-07, ListTagsForResource.
 */
import type { ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput } from '@aws-sdk/client-eventbridge';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { eventTags } from '../find-rule';
import { tagList } from '../tag-map';

export function listTagsForResource(
  state: WorldState,
  caller: Caller,
  input: ListTagsForResourceCommandInput,
): Omit<ListTagsForResourceCommandOutput, '$metadata'> {
  return { Tags: tagList(eventTags(state, caller, input.ResourceARN)) };
}
