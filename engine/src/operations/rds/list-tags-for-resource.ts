/**
 * ListTagsForResource.
 *
 * Source   API of RDS 2014-10-31.
 */
import type { ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findDatabaseTagged } from '../database-tags';
import { tagList } from '../stateful';

export function listTagsForResource(
  state: WorldState,
  caller: Caller,
  { ResourceName }: ListTagsForResourceCommandInput,
): Omit<ListTagsForResourceCommandOutput, '$metadata'> {
  return { TagList: tagList(findDatabaseTagged(state, caller, ResourceName).tags) };
}
