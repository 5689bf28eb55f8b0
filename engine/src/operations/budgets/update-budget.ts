/**
 * UpdateBudget: the new one in the place of the old.
 *
 * Source   API of AWS Budgets 2016-10-20.
 */
import type { UpdateBudgetCommandInput } from '@aws-sdk/client-budgets';
import type { WorldState } from '../../domain/world-state';
import { withDefaults } from '../budget-shapes';
import type { Caller } from '../caller';
import { findBudget } from '../find-budget';
import { required } from '../find-vault';

export function updateBudget(state: WorldState, caller: Caller, input: UpdateBudgetCommandInput): void {
  const declared = required(input.NewBudget, 'NewBudget');
  const budget = findBudget(state, caller, input.AccountId, declared.BudgetName);
  budget.declared = withDefaults(declared, state.now);
  budget.updatedAt = state.now;
}
