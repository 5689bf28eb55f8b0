/**
 * ListTagsForResource.
 *
 * Source   API of SNS 2010-03-31, ListTagsForResource.
 */
import type { ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput } from '@aws-sdk/client-sns';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTagged } from '../find-topic';
import { tagList } from '../tag-map';

export function listTagsForResource(
  state: WorldState,
  _caller: Caller,
  input: ListTagsForResourceCommandInput,
): Omit<ListTagsForResourceCommandOutput, '$metadata'> {
  return { Tags: tagList(findTagged(state, input.ResourceArn).tags) };
}
