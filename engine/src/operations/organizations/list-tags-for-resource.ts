/**
 * ListTagsForResource.
 *
 * Source   API reference of AWS Organizations, ListTagsForResource.
 */
import type { ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { findAdministered, organizationTags } from '../find-organization';
import { pageOf } from '../page';
import { tagList } from '../tag-map';

export function listTagsForResource(
  state: WorldState,
  caller: Caller,
  input: ListTagsForResourceCommandInput,
): Omit<ListTagsForResourceCommandOutput, '$metadata'> {
  const tags = organizationTags(findAdministered(state, caller), input.ResourceId);
  const page = pageOf(tagList(tags), undefined, input.NextToken, {
    service: 'organizations',
    operation: 'ListTagsForResource',
    parent: input.ResourceId,
    keyOf: ({ Key = '' }) => Key,
  });
  return given({ Tags: page.items, NextToken: page.nextToken });
}
