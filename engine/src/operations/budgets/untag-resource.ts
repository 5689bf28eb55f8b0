/**
 * UntagResource of a budget.
 *
 * Source   API of AWS Budgets 2016-10-20.
 */
import type { UntagResourceCommandInput } from '@aws-sdk/client-budgets';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTaggedBudget } from '../find-budget';
import { withoutTags } from '../tag-list';

export function untagResource(state: WorldState, caller: Caller, input: UntagResourceCommandInput): void {
  const budget = findTaggedBudget(state, caller, input.ResourceARN);
  budget.tags = withoutTags(budget.tags, input.ResourceTagKeys);
}
