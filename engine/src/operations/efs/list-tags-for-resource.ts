/**
 * ListTagsForResource.
 *
 * Source   API of EFS 2015-02-01.
 */
import type { ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import { findEfsTagged } from '../access-points';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { tagList } from '../stateful';

export function listTagsForResource(
  state: WorldState,
  caller: Caller,
  { ResourceId, MaxResults, NextToken }: ListTagsForResourceCommandInput,
): Omit<ListTagsForResourceCommandOutput, '$metadata'> {
  const page = pageOf(tagList(findEfsTagged(state, caller, ResourceId).tags), MaxResults, NextToken, {
    service: 'elasticfilesystem',
    operation: 'ListTagsForResource',
    parent: ResourceId,
    keyOf: ({ Key = '' }) => Key,
  });
  return given({ Tags: page.items, NextToken: page.nextToken });
}
