/**
 * AddTagsToResource.
 *
 * Source   API of RDS 2014-10-31.
 */
import type { AddTagsToResourceCommandInput, AddTagsToResourceCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findDatabaseTagged } from '../database-tags';
import { tagMap } from '../stateful';

export function addTagsToResource(
  state: WorldState,
  caller: Caller,
  { ResourceName, Tags }: AddTagsToResourceCommandInput,
): Omit<AddTagsToResourceCommandOutput, '$metadata'> {
  const tagged = findDatabaseTagged(state, caller, ResourceName);
  tagged.put({ ...tagged.tags, ...tagMap(Tags) });
  return {};
}
