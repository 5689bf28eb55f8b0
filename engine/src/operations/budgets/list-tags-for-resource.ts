/**
 * ListTagsForResource of a budget.
 *
 * Source   API of AWS Budgets 2016-10-20.
 */
import type { ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput } from '@aws-sdk/client-budgets';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTaggedBudget } from '../find-budget';
import { tagList } from '../tag-list';

export function listTagsForResource(
  state: WorldState,
  caller: Caller,
  input: ListTagsForResourceCommandInput,
): Omit<ListTagsForResourceCommandOutput, '$metadata'> {
  return { ResourceTags: tagList(findTaggedBudget(state, caller, input.ResourceARN).tags) };
}
