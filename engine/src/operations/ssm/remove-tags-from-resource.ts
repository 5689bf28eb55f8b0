/**
 * RemoveTagsFromResource: a parameter or document.
 *
 * Source   API of Systems Manager 2014-11-06.
 */
import type { RemoveTagsFromResourceCommandInput, RemoveTagsFromResourceCommandOutput } from '@aws-sdk/client-ssm';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTaggedSsm } from '../find-tagged-ssm';
import { withoutTags } from '../tag-list';

export function removeTagsFromResource(
  state: WorldState,
  caller: Caller,
  input: RemoveTagsFromResourceCommandInput,
): Omit<RemoveTagsFromResourceCommandOutput, '$metadata'> {
  const tagged = findTaggedSsm(state, caller, input.ResourceType, input.ResourceId);
  tagged.tags = withoutTags(tagged.tags, input.TagKeys);
  return {};
}
