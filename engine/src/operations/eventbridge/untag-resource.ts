/**
 * UntagResource.
 *
 * Source   API of EventBridge 2015-10-07, UntagResource.
 */
import type { UntagResourceCommandInput, UntagResourceCommandOutput } from '@aws-sdk/client-eventbridge';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { eventTags } from '../find-rule';
import { untagAll } from '../tag-map';

export function untagResource(
  state: WorldState,
  caller: Caller,
  input: UntagResourceCommandInput,
): Omit<UntagResourceCommandOutput, '$metadata'> {
  untagAll(eventTags(state, caller, input.ResourceARN), input.TagKeys);
  return {};
}
