/**
 * UntagResource.
 *
 * Source   API of EFS 2015-02-01.
 */
import type { UntagResourceCommandInput, UntagResourceCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import { findEfsTagged } from '../access-points';
import type { Caller } from '../caller';
import { withoutTags } from '../tag-list';

export function untagResource(
  state: WorldState,
  caller: Caller,
  { ResourceId, TagKeys = [] }: UntagResourceCommandInput,
): Omit<UntagResourceCommandOutput, '$metadata'> {
  const tagged = findEfsTagged(state, caller, ResourceId);
  tagged.put(withoutTags(tagged.tags, TagKeys));
  return {};
}
