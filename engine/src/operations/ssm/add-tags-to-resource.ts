/**
 * AddTagsToResource: a parameter or document.
 *
 * Source   API of Systems Manager 2014-11-06.
 */
import type { AddTagsToResourceCommandInput, AddTagsToResourceCommandOutput } from '@aws-sdk/client-ssm';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTaggedSsm } from '../find-tagged-ssm';
import { tagsOf } from '../tag-list';

export function addTagsToResource(
  state: WorldState,
  caller: Caller,
  input: AddTagsToResourceCommandInput,
): Omit<AddTagsToResourceCommandOutput, '$metadata'> {
  const tagged = findTaggedSsm(state, caller, input.ResourceType, input.ResourceId);
  tagged.tags = { ...tagged.tags, ...tagsOf(input.Tags) };
  return {};
}
