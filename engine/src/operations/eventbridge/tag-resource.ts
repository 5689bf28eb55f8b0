/**
 * TagResource: of a rule or a bus.
 *
 * Source   API of EventBridge 2015-10-07, TagResource.
 */
import type { TagResourceCommandInput, TagResourceCommandOutput } from '@aws-sdk/client-eventbridge';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { eventTags } from '../find-rule';
import { tagAll } from '../tag-map';

export function tagResource(
  state: WorldState,
  caller: Caller,
  input: TagResourceCommandInput,
): Omit<TagResourceCommandOutput, '$metadata'> {
  tagAll(eventTags(state, caller, input.ResourceARN), input.Tags);
  return {};
}
