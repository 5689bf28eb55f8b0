/**
 * ListTagsOfResource.
 *
 * Source   API of DynamoDB 2012-08-10.
 */
import type { ListTagsOfResourceCommandInput, ListTagsOfResourceCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { tagList, tagsOf } from '../stateful';
import { findTableByArn } from '../tables';

export function listTagsOfResource(
  state: WorldState,
  caller: Caller,
  { ResourceArn }: ListTagsOfResourceCommandInput,
): Omit<ListTagsOfResourceCommandOutput, '$metadata'> {
  return { Tags: tagList(tagsOf(findTableByArn(state, caller, ResourceArn))) };
}
