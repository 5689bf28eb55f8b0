/**
 * TagResource of a budget.
 *
 * Source   API of AWS Budgets 2016-10-20.
 */
import type { TagResourceCommandInput } from '@aws-sdk/client-budgets';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTaggedBudget } from '../find-budget';
import { tagsOf } from '../tag-list';

export function tagResource(state: WorldState, caller: Caller, input: TagResourceCommandInput): void {
  const budget = findTaggedBudget(state, caller, input.ResourceARN);
  budget.tags = { ...budget.tags, ...tagsOf(input.ResourceTags) };
}
