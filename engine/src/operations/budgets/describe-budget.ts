/**
 * DescribeBudget.
 *
 * Source   API of AWS Budgets 2016-10-20.
 * Gaps     No CalculatedSpend: nothing is spent here.
 */
import type { DescribeBudgetCommandInput, DescribeBudgetCommandOutput } from '@aws-sdk/client-budgets';
import type { WorldState } from '../../domain/world-state';
import { budgetShape } from '../budget-shapes';
import type { Caller } from '../caller';
import { findBudget } from '../find-budget';

export function describeBudget(
  state: WorldState,
  caller: Caller,
  input: DescribeBudgetCommandInput,
): Omit<DescribeBudgetCommandOutput, '$metadata'> {
  return { Budget: budgetShape(findBudget(state, caller, input.AccountId, input.BudgetName)) };
}
