/**
 * DeleteBudget, with its notifications.
 *
 * Source   API of AWS Budgets 2016-10-20.
 */
import type { DeleteBudgetCommandInput } from '@aws-sdk/client-budgets';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findBudget } from '../find-budget';

export function deleteBudget(state: WorldState, caller: Caller, input: DeleteBudgetCommandInput): void {
  const { name } = findBudget(state, caller, input.AccountId, input.BudgetName);
  state.services.budgets.remove(caller.account, name);
}
