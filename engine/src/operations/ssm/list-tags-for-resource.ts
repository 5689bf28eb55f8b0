/**
 * ListTagsForResource of a parameter or document.
 *
 * Source   API of Systems Manager 2014-11-06.
 */
import type { ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput } from '@aws-sdk/client-ssm';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTaggedSsm } from '../find-tagged-ssm';
import { tagList } from '../tag-list';

export function listTagsForResource(
  state: WorldState,
  caller: Caller,
  input: ListTagsForResourceCommandInput,
): Omit<ListTagsForResourceCommandOutput, '$metadata'> {
  return { TagList: tagList(findTaggedSsm(state, caller, input.ResourceType, input.ResourceId).tags) };
}
