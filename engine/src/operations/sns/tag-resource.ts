/**
 * TagResource.
 *
 * Source   API of SNS 2010-03-31, TagResource.
 */
import type { TagResourceCommandInput, TagResourceCommandOutput } from '@aws-sdk/client-sns';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTagged } from '../find-topic';
import { tagAll } from '../tag-map';
import { refuseTopicTags } from '../topic-bounds';

export function tagResource(
  state: WorldState,
  _caller: Caller,
  input: TagResourceCommandInput,
): Omit<TagResourceCommandOutput, '$metadata'> {
  const { tags } = findTagged(state, input.ResourceArn);
  refuseTopicTags(input.Tags, tags.keys());
  tagAll(tags, input.Tags);
  return {};
}
