/**
 * RemoveTagsFromResource.
 *
 * Source   API of RDS 2014-10-31.
 */
import type { RemoveTagsFromResourceCommandInput, RemoveTagsFromResourceCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findDatabaseTagged } from '../database-tags';

export function removeTagsFromResource(
  state: WorldState,
  caller: Caller,
  { ResourceName, TagKeys = [] }: RemoveTagsFromResourceCommandInput,
): Omit<RemoveTagsFromResourceCommandOutput, '$metadata'> {
  const tagged = findDatabaseTagged(state, caller, ResourceName);
  tagged.put(Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !TagKeys.includes(key))));
  return {};
}
