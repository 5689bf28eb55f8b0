/**
 * TagResource.
 *
 * Source   API of EFS 2015-02-01. Access points are not modelled.
 */
import type { TagResourceCommandInput, TagResourceCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import { findEfsTagged } from '../access-points';
import type { Caller } from '../caller';
import { tagMap } from '../stateful';

export function tagResource(
  state: WorldState,
  caller: Caller,
  { ResourceId, Tags }: TagResourceCommandInput,
): Omit<TagResourceCommandOutput, '$metadata'> {
  const tagged = findEfsTagged(state, caller, ResourceId);
  tagged.put({ ...tagged.tags, ...tagMap(Tags) });
  return {};
}
