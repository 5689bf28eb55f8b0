/**
 * ListTagsForResource.
 *
 * Source   API of FSx 2018-03-01: ResourceNotFound. File systems and volumes.
 */
import type { ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput } from '@aws-sdk/client-fsx';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findFsxByArn } from '../fsx-volumes';
import { pageOf } from '../page';
import { tagList, tagsOf } from '../stateful';

export function listTagsForResource(
  state: WorldState,
  caller: Caller,
  { ResourceARN, MaxResults, NextToken }: ListTagsForResourceCommandInput,
): Omit<ListTagsForResourceCommandOutput, '$metadata'> {
  const page = pageOf(tagList(tagsOf(findFsxByArn(state, caller, ResourceARN))), MaxResults, NextToken, {
    service: 'fsx',
    operation: 'ListTagsForResource',
    parent: ResourceARN,
    keyOf: ({ Key = '' }) => Key,
  });
  return given({ Tags: page.items, NextToken: page.nextToken });
}
